//! How long and how often a call tries again.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::failure::Failure;

/// Collisions with other transactions after which a call gives up.
const COLLISIONS: u32 = 10;

/// The longest wait between two tries while the server is away.
const LONGEST: Duration = Duration::from_millis(250);

pub(crate) struct Retry {
    until: Instant,
    collisions: u32,
    outages: u32,
}

impl Retry {
    pub(crate) fn new(patience: Duration) -> Self {
        Retry { until: Instant::now() + patience, collisions: 0, outages: 0 }
    }

    /// Waits before the next try; `false` when there shall be none.
    pub(crate) async fn wait(&mut self, failure: Failure) -> bool {
        let longest = if failure.is_collision() || failure.is_taken() {
            self.collisions += 1;
            if self.collisions > COLLISIONS {
                return false;
            }
            Duration::from_millis(1 << self.collisions.min(6))
        } else if failure.is_outage() {
            self.outages += 1;
            if Instant::now() >= self.until {
                return false;
            }
            // most often only a connection was lost, and the next one is good
            if self.outages == 1 {
                Duration::ZERO
            } else {
                LONGEST.min(Duration::from_millis(4 << self.outages.min(7)))
            }
        } else {
            return false;
        };
        tracing::debug!(?failure, "PostgreSQL is asked again");
        sleep(longest.mul_f64(fastrand::f64())).await;
        true
    }
}
