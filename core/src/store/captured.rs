//! A store that hands changes over instead of committing them, so that a host can apply them together
//! with its own rows in its own transaction.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store};
use crate::error::Result;

/// Reads from a store and keeps what would have been committed to it.
///
/// Build a [`Handfast`](crate::Handfast) on it, call one verb, [`take`](Captured::take) the changes and apply
/// them inside your transaction (`SqliteStore::apply`). Applying says `Conflict` when something the verb
/// read has changed meanwhile: roll back and call the verb again.
#[derive(Clone)]
pub struct Captured {
    store: Arc<dyn Store>,
    changes: Arc<Mutex<Vec<Arc<Changes>>>>,
}

impl Captured {
    /// Reads from `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Captured { store, changes: Arc::default() }
    }

    /// What was to be committed since the last time, in order.
    pub fn take(&self) -> Vec<Arc<Changes>> {
        std::mem::take(&mut *self.changes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for Captured {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.store.read(keys)
    }
    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.store.list(query)
    }
    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).push(changes);
        Ok(())
    }
    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}
