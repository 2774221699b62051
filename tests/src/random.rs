use std::sync::atomic::{AtomicU64, Ordering};

use handfast::{Random, Result};

/// Randomness that is the same in every run and never repeats itself: SplitMix64 over a counter, which gives each
/// 64-bit number once.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    /// Begins at `seed`; two sources differ if their seeds are far apart.
    pub fn new(seed: u64) -> Self {
        Seeded(AtomicU64::new(seed << 40))
    }

    fn next(&self) -> u64 {
        let at = self.0.fetch_add(1, Ordering::Relaxed);
        let mut mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next().to_be_bytes()[..part.len()]);
        }
        Ok(())
    }
}
