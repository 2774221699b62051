//! Signals that callers report at the same time, decided in one change.
//!
//! There is no thread for it: the first of a group decides for all, as soon as the group before it is done. Nobody waits
//! for others to come: the change before makes them come.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

/// The group that is forming, and the right to decide for one.
#[derive(Debug)]
pub(crate) struct Together<T, A> {
    deciding: Mutex<()>,
    forming: Mutex<Forming<T, A>>,
}

#[derive(Debug)]
struct Forming<T, A> {
    members: Vec<Arc<T>>,
    told: Arc<Told<A>>,
}

/// What the members of a group wait for: the answer of each, in the order they joined.
#[derive(Debug)]
struct Told<A>(OnceLock<Vec<Mutex<Option<A>>>>);

impl<T, A> Default for Forming<T, A> {
    fn default() -> Self {
        Forming { members: Vec::new(), told: Arc::new(Told(OnceLock::new())) }
    }
}

impl<T, A> Default for Together<T, A> {
    fn default() -> Self {
        Together { deciding: Mutex::default(), forming: Mutex::default() }
    }
}

impl<T, A> Together<T, A> {
    /// The answer to `member`, as somebody's `decide` gave it for its whole group, in order. Nothing where it gave none,
    /// or panicked: then each decides alone.
    pub(super) fn answer(&self, member: Arc<T>, decide: impl Fn(&[Arc<T>]) -> Vec<Option<A>>) -> Option<A> {
        let (told, place) = self.join(member);
        if place == 0 {
            let mut led = Led { told: &told, members: 0, answers: Vec::new() };
            let _alone = locked(&self.deciding);
            let members = mem::take(&mut *locked(&self.forming)).members;
            led.members = members.len();
            led.answers = decide(&members);
        }
        told.0.wait().get(place).and_then(|answer| locked(answer).take())
    }

    /// Joins the group that is forming; gives the place in it.
    fn join(&self, member: Arc<T>) -> (Arc<Told<A>>, usize) {
        let mut forming = locked(&self.forming);
        forming.members.push(member);
        (Arc::clone(&forming.told), forming.members.len() - 1)
    }
}

/// A group while it is led; dropped, it tells every member, even when the leader panicked.
struct Led<'a, A> {
    told: &'a Told<A>,
    members: usize,
    answers: Vec<Option<A>>,
}

impl<A> Drop for Led<'_, A> {
    fn drop(&mut self) {
        let mut answers: Vec<_> = self.answers.drain(..).map(Mutex::new).collect();
        answers.resize_with(self.members, Mutex::default);
        // nobody else tells this group
        let _ = self.told.0.set(answers);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::mpsc,
        thread,
    };

    use super::*;

    /// The answers to a first caller, and to two who come while it is decided for and decide by `second`.
    fn three(second: impl Fn(&[Arc<u32>]) -> Vec<Option<u32>> + Sync) -> Vec<Option<u32>> {
        let (together, (begun, begins)) = (Together::default(), mpsc::channel());
        let (together, second) = (&together, &second);
        let first = move |members: &[Arc<u32>]| {
            begun.send(()).unwrap();
            while locked(&together.forming).members.len() < 2 {
                thread::yield_now();
            }
            doubled(members)
        };
        thread::scope(|scope| {
            let leads = scope.spawn(move || together.answer(Arc::new(1), first));
            begins.recv().unwrap();
            let follow = [2, 3].map(|number| scope.spawn(move || together.answer(Arc::new(number), second)));
            [leads].into_iter().chain(follow).map(|caller| caller.join().unwrap()).collect()
        })
    }

    fn doubled(members: &[Arc<u32>]) -> Vec<Option<u32>> {
        members.iter().map(|member| Some(**member * 2)).collect()
    }

    #[test]
    fn who_comes_while_a_group_is_decided_is_decided_together() {
        let sizes = Mutex::new(Vec::new());
        let second = |members: &[Arc<u32>]| {
            sizes.lock().unwrap().push(members.len());
            doubled(members)
        };
        assert_eq!(three(second), [Some(2), Some(4), Some(6)]);
        assert_eq!(*sizes.lock().unwrap(), [2]);
    }

    #[test]
    fn who_gets_no_answer_is_told_so() {
        assert_eq!(three(|_| Vec::new()), [Some(2), None, None]);
    }

    #[test]
    fn a_leader_that_panics_keeps_nobody_waiting() {
        let together = Together::default();
        let panics = || together.answer(Arc::new(1), |_| -> Vec<Option<u32>> { panic!("on purpose") });
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        assert_eq!(together.answer(Arc::new(2), doubled), Some(4));
    }
}
