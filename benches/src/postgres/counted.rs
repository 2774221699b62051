//! How often what was decided could not be committed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use handfast::store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store};

/// Counts the commits of a store.
#[derive(Clone)]
pub(super) struct Counted {
    store: Arc<dyn Store>,
    counts: Arc<Counts>,
}

#[derive(Default)]
pub(super) struct Counts {
    commits: AtomicU64,
    /// Those that had to be decided again.
    again: AtomicU64,
}

impl Counts {
    /// Commits so far, and how many of them had to be decided again.
    pub(super) fn now(&self) -> [u64; 2] {
        [self.commits.load(Relaxed), self.again.load(Relaxed)]
    }
}

impl Counted {
    pub(super) fn new(store: Arc<dyn Store>, counts: Arc<Counts>) -> Self {
        Counted { store, counts }
    }
}

impl Store for Counted {
    fn read(&self, keys: &[Key]) -> handfast::Result<Vec<Option<Row>>> {
        self.store.read(keys)
    }

    fn list(&self, query: &Query) -> handfast::Result<Vec<Row>> {
        self.store.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.counts.commits.fetch_add(1, Relaxed);
        let committed = self.store.commit(changes);
        if committed.is_err() {
            self.counts.again.fetch_add(1, Relaxed);
        }
        committed
    }

    fn migrate(&self, schema: &Schema) -> handfast::Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}
