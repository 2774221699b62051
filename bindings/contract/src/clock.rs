//! A clock that a test sets.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time,
};

use crate::scalar::{Duration, Timestamp};

/// A clock that stands still until it is set: for tests, in every language. Clones are one clock.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `at`.
    pub fn new(at: Timestamp) -> Self {
        ManualClock(Arc::new(AtomicI64::new(at.0)))
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    /// Sets it. A handle does not believe a clock that goes back.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.0, Ordering::SeqCst);
    }
}

impl handfast::Clock for ManualClock {
    fn now(&self) -> handfast::Timestamp {
        handfast::Timestamp::MIN + time::Duration::from_millis(u64::try_from(self.now().0).unwrap_or(0))
    }
}
