//! The PostgreSQL store of handfast: any number of hosts on one database.
//!
//! ```no_run
//! use handfast::store::Store;
//! use handfast_postgres::PostgresStore;
//!
//! let store = PostgresStore::open("postgres://shop:secret@one.example,two.example/shop")?;
//! let store: std::sync::Arc<dyn Store> = std::sync::Arc::new(store);
//! # Ok::<_, handfast::Error>(())
//! ```

mod address;
mod cells;
mod commit;
mod failure;
mod hosts;
mod marks;
mod migrate;
mod options;
mod pool;
mod read;
mod retry;
mod shared;
mod sql;
mod tls;
mod wire;

use std::sync::Arc;

use handfast::{
    Result,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store},
};

pub use options::{Options, Pooler};
pub use tokio_postgres;

use migrate::Declared;
use shared::{Shared, Threads};
use tokio_postgres::Config;

/// Records in a PostgreSQL database, version 13 or newer, encoded in UTF8.
///
/// Any number of processes may use one database; all answer alike. Calls may come from any thread, also from one of
/// tokio's, which they hold up while they wait: an async host calls from its pool of blocking threads. After `fork` a
/// process opens a store of its own.
///
/// A commit is durable as the server is set: leave `fsync` and `synchronous_commit` on.
pub struct PostgresStore {
    shared: Arc<Shared>,
    threads: Threads,
}

impl PostgresStore {
    /// Opens the database at a `postgres://user:password@host:port/database` address. Nothing is asked of the server yet.
    ///
    /// Of several hosts (`one:5432,two:5432`) the one that takes writes is used: they are asked in turn, each a quarter of a
    /// second after the one before if that has said nothing yet, and given up after `connect_timeout` (5 seconds unless
    /// told). When another one takes over, calls find it by themselves. Beside the parameters of libpq
    /// (`sslmode`, `connect_timeout`, `target_session_attrs`, ..) it may have, after `?`: `schema`, `connections`,
    /// `pooler` (`session` or `transaction`), `sslrootcert`, and in seconds `statement_timeout`, `connection_wait` and
    /// `patience`; see [`Options`]. What leaves this machine is encrypted unless `sslmode=disable` is given, and
    /// certificates are always checked.
    ///
    /// Errors: `not_a_database` (the address), `store_failed` (no certificates).
    pub fn open(url: &str) -> Result<Self> {
        PostgresStore::options().open(url)
    }

    /// How to open a database otherwise: in which schema, how many connections, how long a call waits.
    pub fn options() -> Options {
        Options::default()
    }

    fn new(config: Config, options: Options) -> Result<Self> {
        Ok(PostgresStore { shared: Arc::new(Shared::new(config, options)?), threads: Threads::start()? })
    }

    /// The statements that create the tables of a schema as it is declared: what a migration is written from.
    pub fn ddl(schema: &Schema) -> String {
        sql::schema::ddl(schema)
    }

    /// Applies `changes` inside a transaction that the host has begun on `client`, a connection of its own to the same
    /// database (`transaction.client()`): what the library decides and what the host writes then happen together or not
    /// at all.
    ///
    /// After an error nothing of `changes` is in the transaction. Changes that were applied before are not applied
    /// again. Errors: those of [`Store::commit`] but `InDoubt`; after `Conflict` roll back and decide again.
    ///
    /// [`Handfast::together`](handfast::Handfast::together) gives the changes of a verb, and calls it again after `Conflict`:
    ///
    /// ```no_run
    /// # fn place(
    /// #     handfast: &handfast::Handfast,
    /// #     store: &handfast_postgres::PostgresStore,
    /// #     connection: &mut handfast_postgres::tokio_postgres::Client,
    /// #     runtime: &tokio::runtime::Handle,
    /// #     staff: handfast::Actor,
    /// #     customer: handfast::Id<handfast::customer::Customer>,
    /// # ) -> Result<(), handfast::HostError> {
    /// handfast.together(
    ///     |handfast| handfast.customers().activate(staff, customer),
    ///     |activated, changes| {
    ///         runtime.block_on(async {
    ///             let transaction = connection.transaction().await?;
    ///             let customer = activated.id.to_string();
    ///             transaction.execute("INSERT INTO credit_line (customer) VALUES ($1)", &[&customer]).await?;
    ///             store.apply(transaction.client(), changes).await?;
    ///             Ok(transaction.commit().await?)
    ///         })
    ///     },
    /// )?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn apply(&self, client: &tokio_postgres::Client, changes: &Changes) -> Result<(), CommitError> {
        commit::apply(&self.shared.texts, &self.shared.marks, client, changes).await
    }
}

impl Store for PostgresStore {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        let answers = self.threads.wait(read::read(Arc::clone(&self.shared), keys.to_vec()))??;
        Ok(read::rows(&self.shared, keys, &answers)?)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        let answers = self.threads.wait(read::list(Arc::clone(&self.shared), query.clone()))??;
        Ok(read::listed(query.table, &answers)?)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        let committed = self.threads.wait(commit::commit(Arc::clone(&self.shared), changes))?;
        if committed.is_ok() && self.shared.marks.are_due() {
            self.threads.spawn(marks::prune(Arc::clone(&self.shared)));
        }
        committed
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.threads.wait(migrate::migrate(Arc::clone(&self.shared), Declared::of(schema)))?
    }
}
