use std::sync::{Arc, Mutex, PoisonError};

use handfast::{Random, Result};

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
