use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use handfast::{Random, Result, Timestamp};

/// A clock whose hands the scenario turns. Clones are one clock.
#[derive(Clone, Debug)]
pub(super) struct SetClock(Arc<AtomicI64>);

impl SetClock {
    pub(super) fn at(start: Timestamp) -> Self {
        SetClock(Arc::new(AtomicI64::new(start.millis())))
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }

    pub(super) fn set(&self, at: Timestamp) {
        self.0.store(at.millis(), Ordering::Relaxed);
    }

    pub(super) fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

impl handfast::Clock for SetClock {
    fn now(&self) -> Timestamp {
        SetClock::now(self)
    }
}

/// Randomness that is the same in every run. Clones draw from one source.
#[derive(Clone, Debug)]
pub(super) struct Seeded(Arc<Mutex<fastrand::Rng>>);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Seeded(Arc::new(Mutex::new(fastrand::Rng::with_seed(seed))))
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
        Ok(())
    }
}
