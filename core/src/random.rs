//! Where ids, codes and tokens get their randomness: the operating system, or a seeded source in tests.

use crate::error::{Code, Error, Result};

/// Fills bytes with randomness that nobody can predict.
pub trait Random: Send + Sync {
    /// Fills `bytes`. Errors: `no_randomness`.
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

impl<F: Fn(&mut [u8]) -> Result<()> + Send + Sync> Random for F {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        self(bytes)
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::new(Code::NoRandomness).caused_by(error.to_string()))
    }
}

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}
