//! The embedded SQLite store of handfast: one file, any number of threads and processes.
//!
//! ```
//! use handfast::store::Store;
//! use handfast_sqlite::SqliteStore;
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("shop.db");
//! let store = SqliteStore::open(path)?;
//! let store: std::sync::Arc<dyn Store> = std::sync::Arc::new(store);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod apply;
mod cells;
mod connect;
mod failure;
mod group;
mod list;
mod migrate;
mod options;
mod readers;
mod reword;
mod session;
mod sql;
#[cfg(test)]
mod tests;
mod versions;
mod writer;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use handfast::{
    Result,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store},
};

pub use options::{Durability, Options};
pub use rusqlite;

use apply::Applier;
use connect::Origin;
use readers::Readers;
use session::{Statements, Texts};
use versions::Versions;
use writer::Writer;

/// Records in a SQLite file.
///
/// Threads read side by side, each on a connection of its own, and are never kept waiting by who writes. What they
/// commit at the same time goes into one transaction. Other processes may use the same file; who writes waits for
/// them up to the [busy timeout](Options::busy_timeout). Other tables in the file are left alone: those of the
/// library begin with `handfast_`.
///
/// The last store of a file to be dropped, in whichever process, folds the write-ahead log (`-wal`) into the file.
pub struct SqliteStore {
    readers: Readers,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the file at `path`, and makes it, readable by its owner alone, when there is none.
    ///
    /// Errors: `store_failed` (no database, no such folder), `store_full` (cannot be written), `store_busy`, `corrupt`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        SqliteStore::options().open(path)
    }

    /// How to open a file otherwise: what a commit survives, how long a call waits.
    pub fn options() -> Options {
        Options::default()
    }

    fn new(path: &Path, options: Options) -> Result<Self> {
        let origin = Origin::new(path, options)?;
        let writer = Writer::new(origin.writer()?);
        Ok(SqliteStore { readers: Readers::new(origin), writer })
    }

    /// The statements that create the tables of a schema as it is declared: what a migration is written from.
    pub fn ddl(schema: &Schema) -> String {
        sql::schema::ddl(schema)
    }

    /// Applies `changes` inside a transaction of the host, on a connection of the host's to the same file: what the
    /// library decides and what the host writes then happen together or not at all.
    ///
    /// [`Handfast::together`](handfast::Handfast::together) gives the changes of a verb, and calls it again after `Conflict`:
    ///
    /// ```no_run
    /// # fn place(
    /// #     handfast: &handfast::Handfast,
    /// #     connection: &mut handfast_sqlite::rusqlite::Connection,
    /// #     staff: handfast::Actor,
    /// #     customer: handfast::Id<handfast::customer::Customer>,
    /// # ) -> Result<(), handfast::HostError> {
    /// use handfast_sqlite::{SqliteStore, rusqlite::TransactionBehavior::Immediate};
    ///
    /// handfast.together(
    ///     |handfast| handfast.customers().activate(staff, customer),
    ///     |activated, changes| {
    ///         let transaction = connection.transaction_with_behavior(Immediate)?;
    ///         transaction.execute("INSERT INTO credit_line (customer) VALUES (?1)", [activated.id.to_string()])?;
    ///         SqliteStore::apply(&transaction, changes)?;
    ///         Ok(transaction.commit()?)
    ///     },
    /// )?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// After an error nothing of `changes` is in the transaction. Errors: those of [`Store::commit`]; after `Conflict`
    /// roll back and decide again.
    pub fn apply(transaction: &rusqlite::Transaction<'_>, changes: &Changes) -> Result<(), CommitError> {
        let mut texts = Texts::default();
        let mut applier = Applier::new(Statements::new(transaction, &mut texts), Versions::unkept());
        applier.statements.say("SAVEPOINT handfast")?;
        let applied = applier.apply(changes);
        // SQLite gives up the whole transaction when the disk is full
        if applied.is_err() && !applier.statements.is_idle() {
            applier.undo("ROLLBACK TO handfast")?;
        }
        if !applier.statements.is_idle() {
            applier.statements.say("RELEASE handfast")?;
        }
        applied
    }
}

impl Store for SqliteStore {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        Ok(self.readers.with(|session| readers::read(session, keys))?)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        Ok(self.readers.with(|session| list::list(session, query))?)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.writer.commit(changes)
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        // most often there is nothing to do, and then nobody is kept from writing
        let found = self.readers.with(|session| migrate::recorded(&session.connection, schema.name))?;
        if schema.is_behind(found)? {
            self.writer.with(|session| migrate::migrate(session, schema))?;
        }
        Ok(schema.version)
    }
}

/// Locks; a panic elsewhere leaves nothing half done behind these locks.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The examples of the README are compiled with the others.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
