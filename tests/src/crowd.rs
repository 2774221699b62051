use std::{sync::Barrier, thread};

/// How many race.
pub const CROWD: usize = 64;

/// Lets `CROWD` threads begin `act` at the same moment; what came of each, in their order.
pub fn crowd<T: Send>(act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(CROWD);
    let (start, act) = (&start, &act);
    thread::scope(|scope| {
        let begun = (0..CROWD).map(|at| {
            scope.spawn(move || {
                start.wait();
                act(at)
            })
        });
        let begun: Vec<_> = begun.collect();
        begun.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
