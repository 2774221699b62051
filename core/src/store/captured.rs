//! A store that hands changes over instead of committing them, so that a host can commit them together with its own rows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store};
use crate::error::{Code, Error, Result};

/// Reads from a store and keeps what one decision would have committed to it.
#[derive(Clone)]
pub(crate) struct Captured {
    store: Arc<dyn Store>,
    changes: Arc<Mutex<Vec<Arc<Changes>>>>,
}

impl Captured {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Captured { store, changes: Arc::default() }
    }

    /// What was to be committed, which may be nothing. Errors: `internal`, when there was more than one commit, also where
    /// whoever made it went on: what comes after the first was decided without it.
    pub(crate) fn take(&self) -> Result<Arc<Changes>> {
        let mut kept = std::mem::take(&mut *self.kept());
        let first = kept.pop().unwrap_or_default();
        if kept.is_empty() { Ok(first) } else { Err(twice()) }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<Changes>>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn twice() -> Error {
    Error::because(Code::Internal, "a call that commits more than once cannot be part of a host's transaction")
}

impl Store for Captured {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.store.read(keys)
    }
    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.store.list(query)
    }
    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        let mut kept = self.kept();
        kept.push(changes);
        if kept.len() == 1 { Ok(()) } else { Err(twice().into()) }
    }
    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}
