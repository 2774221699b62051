//! A gate that lets only so many through at once.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets a number of callers in and has the others wait until one leaves.
pub(super) struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A place inside; given back when dropped.
pub(super) struct Place<'gate>(&'gate Gate);

impl Gate {
    pub(super) fn new(places: usize) -> Self {
        Gate { free: Mutex::new(places.max(1)), freed: Condvar::new() }
    }

    /// Waits for a place. A panic inside gives its place back too, so a poisoned lock holds a true count.
    pub(super) fn enter(&self) -> Place<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Barrier,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
    };

    use super::*;

    #[test]
    fn no_more_are_inside_than_there_are_places() {
        let (gate, start) = (Gate::new(2), Barrier::new(8));
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    for _ in 0..50 {
                        let _place = gate.enter();
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.into_inner() <= 2);
        assert_eq!(gate.free.into_inner().unwrap(), 2, "every place was given back");
    }

    #[test]
    fn a_gate_of_no_places_still_lets_one_through() {
        drop(Gate::new(0).enter());
    }

    #[test]
    fn a_panic_inside_gives_the_place_back() {
        let gate = Gate::new(1);
        let panicked = thread::scope(|scope| {
            let inside = || {
                let _place = gate.enter();
                panic!("on purpose");
            };
            scope.spawn(inside).join()
        });
        assert!(panicked.is_err());
        drop(gate.enter());
    }
}
