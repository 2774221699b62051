//! How a store is opened.

use std::{path::PathBuf, time::Duration};

use handfast::Result;

use crate::{PostgresStore, address};

/// How a store is opened. Begin with [`PostgresStore::options`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Options {
    pub(crate) schema: String,
    pub(crate) connections: usize,
    pub(crate) pooler: Pooler,
    pub(crate) statement_timeout: Duration,
    pub(crate) connection_wait: Duration,
    pub(crate) patience: Duration,
    pub(crate) remember: Duration,
    pub(crate) authority: Option<PathBuf>,
}

/// What stands between the store and the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pooler {
    /// Nothing, or a pooler that gives each connection a server of its own: statements are prepared once and kept.
    #[default]
    Session,
    /// A pooler that gives a server for one transaction at a time (pgbouncer's `pool_mode = transaction`): nothing is
    /// kept from one transaction to the next, and a commit takes two round trips instead of one.
    Transaction,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            schema: "handfast".to_owned(),
            connections: 16,
            pooler: Pooler::Session,
            statement_timeout: Duration::from_secs(30),
            connection_wait: Duration::from_secs(5),
            patience: Duration::from_secs(10),
            remember: Duration::from_secs(24 * 60 * 60),
            authority: None,
        }
    }
}

impl Options {
    /// The schema that holds the tables; made when it is not there. `handfast` unless told. 1 to 63 bytes.
    pub fn schema(mut self, name: impl Into<String>) -> Self {
        self.schema = name.into();
        self
    }

    /// The most connections that are open at once, at least 1; 16 unless told. They are opened when they are needed.
    pub fn connections(mut self, most: usize) -> Self {
        self.connections = most.max(1);
        self
    }

    /// What stands between the store and the server; nothing unless told.
    pub fn pooler(mut self, pooler: Pooler) -> Self {
        self.pooler = pooler;
        self
    }

    /// How long a statement may run before the call fails with `store_busy`; 30 seconds unless told, at least a
    /// millisecond. Migrations take as long as they take.
    pub fn statement_timeout(mut self, limit: Duration) -> Self {
        self.statement_timeout = limit.max(Duration::from_millis(1));
        self
    }

    /// How long a call waits for a connection when all are busy before it fails with `store_busy`; 5 seconds unless told.
    pub fn connection_wait(mut self, wait: Duration) -> Self {
        self.connection_wait = wait;
        self
    }

    /// How long a call tries again by itself while the server is away (it restarts, another one takes over) before it
    /// fails with `store_busy`, or a commit with `in_doubt`; 10 seconds unless told.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How long it is remembered which changes were committed, so that those whose answer was lost are not applied twice;
    /// a day unless told, for ever if `Duration::MAX`. It must be longer than anyone would send the same changes again.
    pub fn remember(mut self, time: Duration) -> Self {
        self.remember = time;
        self
    }

    /// A file of certificates (PEM) that are trusted instead of those that the system trusts.
    pub fn authority(mut self, file: impl Into<PathBuf>) -> Self {
        self.authority = Some(file.into());
        self
    }

    /// Opens the database at `url`; see [`PostgresStore::open`] for what it may hold. What it says of a matter goes before
    /// what was said here.
    ///
    /// Errors: `not_a_database` (the address), `store_failed` (no certificates).
    pub fn open(self, url: &str) -> Result<PostgresStore> {
        let (config, options) = address::read(url, self)?;
        PostgresStore::new(config, options)
    }
}
