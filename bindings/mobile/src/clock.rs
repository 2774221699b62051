use handfast_contract::{Duration, Timestamp};

use crate::callback::{Clock, HostFailure};

/// A clock that stands still until it is set: for tests.
#[derive(uniffi::Object)]
pub struct ManualClock(handfast_contract::ManualClock);

#[uniffi::export]
impl ManualClock {
    /// A clock that shows `at`.
    #[uniffi::constructor]
    pub fn new(at: Timestamp) -> Self {
        ManualClock(handfast_contract::ManualClock::new(at))
    }

    /// Sets it. An open library does not believe a clock that goes back.
    pub fn set(&self, at: Timestamp) {
        self.0.set(at);
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.0.advance(by);
    }
}

#[uniffi::export]
impl Clock for ManualClock {
    fn now(&self) -> Result<Timestamp, HostFailure> {
        Ok(self.0.now())
    }
}
