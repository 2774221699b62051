use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use handfast::{
    Code, Error, Result,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store},
};

/// The store of a process that dies after its first commit: whatever it asks then is not answered.
pub(crate) struct Mortal {
    store: Arc<dyn Store>,
    dead: AtomicBool,
}

impl Mortal {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Mortal { store, dead: AtomicBool::default() }
    }

    fn alive(&self) -> Result<&dyn Store> {
        match self.dead.load(Ordering::SeqCst) {
            true => Err(Error::new(Code::StoreBusy)),
            false => Ok(&*self.store),
        }
    }
}

impl Store for Mortal {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.alive()?.read(keys)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.alive()?.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.alive()?.commit(changes)?;
        self.dead.store(true, Ordering::SeqCst);
        Ok(())
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}
