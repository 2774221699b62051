//! How a store is opened.

use std::{path::Path, time::Duration};

use handfast::Result;

use crate::SqliteStore;

/// What a commit survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// The power failing: the commit is on the disk (`synchronous=FULL`).
    #[default]
    Full,
    /// The process failing, not the power, which may damage the file (`synchronous=OFF`). For tests, and for
    /// measuring all but the disk.
    Process,
}

/// How a store is opened. Begin with [`SqliteStore::options`].
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Options {
    pub(crate) durability: Durability,
    pub(crate) busy_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options { durability: Durability::Full, busy_timeout: Duration::from_secs(5) }
    }
}

impl Options {
    /// What a commit survives; the power failing unless told.
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// How long a call waits for another process that writes before it fails with `store_busy`; 5 seconds unless told.
    pub fn busy_timeout(mut self, wait: Duration) -> Self {
        self.busy_timeout = wait;
        self
    }

    /// Opens the file at `path`, and makes it, readable by its owner alone, when there is none.
    ///
    /// Errors: `store_failed` (no database, no such folder), `store_full` (cannot be written), `store_busy`, `corrupt`.
    pub fn open(self, path: impl AsRef<Path>) -> Result<SqliteStore> {
        SqliteStore::new(path.as_ref(), self)
    }
}
