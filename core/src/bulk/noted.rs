use std::{
    collections::{HashMap, hash_map::RandomState},
    hash::{BuildHasher, Hash},
};

/// What a dry run remembers of the rows before, which it has not written, as hashes: two that fall together would refuse a
/// row wrongly, once in ten million dry runs of 500,000 rows.
#[derive(Default)]
pub(crate) struct Noted {
    hashes: RandomState,
    noted: HashMap<u64, u32>,
}

/// Hashes that are noted at most: some 40 MB.
const MOST_NOTED: usize = 1_500_000;

impl Noted {
    /// The number that was noted of it.
    pub(crate) fn of(&self, what: impl Hash) -> Option<u32> {
        self.noted.get(&self.hashes.hash_one(what)).copied()
    }

    /// Notes a number of it, as long as there is room.
    pub(crate) fn note(&mut self, what: impl Hash, number: u32) {
        let hash = self.hashes.hash_one(what);
        if self.noted.len() < MOST_NOTED || self.noted.contains_key(&hash) {
            self.noted.insert(hash, number);
        }
    }
}
