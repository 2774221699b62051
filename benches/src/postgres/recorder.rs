//! What an operation asks of its store, remembered, so that the same can be done by hand.

use std::sync::{Arc, Mutex, PoisonError};

use handfast::store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store};

/// One call of a store.
pub(super) enum Call {
    Read(Vec<Key>),
    List(Query),
    Commit(Arc<Changes>),
}

/// Reads from a store and commits nothing.
#[derive(Clone)]
pub(super) struct Recorder {
    store: Arc<dyn Store>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Recorder {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Recorder { store, calls: Arc::default() }
    }

    /// The calls since the last time, in order.
    pub(super) fn take(&self) -> Vec<Call> {
        std::mem::take(&mut *self.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, call: Call) {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

impl Store for Recorder {
    fn read(&self, keys: &[Key]) -> handfast::Result<Vec<Option<Row>>> {
        self.note(Call::Read(keys.to_vec()));
        self.store.read(keys)
    }

    fn list(&self, query: &Query) -> handfast::Result<Vec<Row>> {
        self.note(Call::List(query.clone()));
        self.store.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.note(Call::Commit(changes));
        Ok(())
    }

    fn migrate(&self, schema: &Schema) -> handfast::Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}
