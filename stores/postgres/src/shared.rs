//! What all calls of a store share, on the threads that wait for PostgreSQL.

use std::{
    future::Future,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use handfast::{Code, Error, Result};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::Config;

use crate::{
    failure::Failure,
    marks::Marks,
    options::{Options, Pooler},
    pool::Pool,
    sql::texts::Texts,
    tls,
    wire::Frame,
};

pub(crate) struct Shared {
    pub(crate) pool: Arc<Pool>,
    pub(crate) texts: Texts,
    pub(crate) marks: Marks,
    pub(crate) frames: Frames,
    pub(crate) patience: Duration,
    pub(crate) remember: Duration,
    pub(crate) schema: String,
}

/// How transactions begin.
///
/// All of a commit is sent before it is known whether its transaction has begun. Where that fails, what follows must not
/// be done one by one: a connection of our own only reads but in transactions that say that they write ([`greeting`]).
/// On a server that a pooler lends nothing can be set for longer, so the time-out is set in each transaction, and its
/// beginning is waited for.
pub(crate) struct Frames {
    write: String,
    read: String,
    waits: bool,
}

/// What a connection is told first; `None` where a pooler would tell it to someone else.
pub(crate) fn greeting(limit: Duration, pooler: Pooler) -> Option<String> {
    let timeout = limit_is(limit);
    (pooler == Pooler::Session).then(|| format!("SET default_transaction_read_only = on; SET {timeout}; {STEADY}"))
}

/// Every statement is written to run along the index that is declared for it, row by row, whatever is in the tables: so it
/// is planned once for a connection, and not by what the server believes of the words and companies that were bound first, or
/// of a table that was empty then. What an engine does not know is not set.
const STEADY: &str = "SELECT pg_catalog.set_config(known.name, steady.value, false) \
    FROM pg_catalog.pg_settings AS known JOIN (VALUES ('plan_cache_mode', 'force_generic_plan'), ('enable_seqscan', 'off'), \
    ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), \
    ('max_parallel_workers_per_gather', '0'), ('jit', 'off')) AS steady (name, value) ON known.name = steady.name";

fn limit_is(limit: Duration) -> String {
    format!("statement_timeout = {}", limit.as_millis().clamp(1, 2_000_000_000))
}

impl Frames {
    fn new(limit: Duration, pooler: Pooler) -> Self {
        let begin = |how: &str| match pooler {
            Pooler::Session => format!("BEGIN ISOLATION LEVEL {how}"),
            Pooler::Transaction => format!("BEGIN ISOLATION LEVEL {how}; SET LOCAL {}", limit_is(limit)),
        };
        Frames {
            write: begin("READ COMMITTED READ WRITE"),
            read: begin("REPEATABLE READ READ ONLY"),
            waits: pooler == Pooler::Transaction,
        }
    }

    /// What writes.
    pub(crate) fn write(&self) -> Frame<'_> {
        Frame { begin: &self.write, end: "COMMIT", undo: "ROLLBACK", waits: self.waits }
    }

    /// What does as if it wrote, and undoes it.
    pub(crate) fn look(&self) -> Frame<'_> {
        Frame { begin: &self.write, end: "ROLLBACK", undo: "ROLLBACK", waits: self.waits }
    }

    /// What reads, all as of one moment.
    pub(crate) fn read(&self) -> Frame<'_> {
        Frame { begin: &self.read, end: "COMMIT", undo: "ROLLBACK", waits: false }
    }
}

impl Shared {
    pub(crate) fn new(config: Config, options: Options) -> Result<Self> {
        let tls = tls::connector(config.get_ssl_mode(), &options)?;
        let texts = Texts::new(&options.schema);
        Ok(Shared {
            pool: Arc::new(Pool::new(&config, tls, &options)),
            marks: Marks::new(&texts.place),
            texts,
            frames: Frames::new(options.statement_timeout, options.pooler),
            patience: options.patience,
            remember: options.remember,
            schema: options.schema,
        })
    }
}

/// The threads that wait for PostgreSQL. They are the store's own, so that it works from any thread, also from one of a
/// host that runs tokio, where waiting for a runtime would panic.
pub(crate) struct Threads(Option<Runtime>);

/// Threads are few: they only carry messages.
const MOST: usize = 4;

impl Threads {
    pub(crate) fn start() -> Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let runtime = Builder::new_multi_thread()
            .worker_threads(cores.min(MOST))
            .thread_name("handfast-postgres")
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| Error::new(Code::Internal).caused_by(error))?;
        Ok(Threads(Some(runtime)))
    }

    /// Runs `work` and waits for it, on this thread, for what comes of it.
    pub(crate) fn wait<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Result<T, Failure> {
        let (told, outcome) = mpsc::sync_channel(1);
        self.spawn(async move {
            // whoever asked still waits
            let _ = told.send(work.await);
        });
        outcome.recv().map_err(|_| Failure::Misuse)
    }

    /// Runs `work` without waiting for it.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.0 {
            runtime.spawn(work);
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // not waited for: the last owner may be a task of the host's own runtime
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
