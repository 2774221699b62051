//! PostgreSQL for tests: one server, and schemas that are used again, for making one takes longer than most tests.

use std::sync::{Arc, Mutex, OnceLock};

use handfast::{
    Result, SCHEMA,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store},
};
use handfast_postgres::{
    PostgresStore,
    tokio_postgres::{Client, NoTls, SimpleQueryMessage, connect},
};
use tokio::runtime::{Builder, Runtime};

/// Whether the tests on PostgreSQL are left out: there is none here, and whoever runs the tests knows.
pub fn is_left_out() -> bool {
    handfast_postgres_server::is_left_out()
}

/// A store that is empty but for its tables, and is emptied again when nobody holds it any more.
pub struct Rented(Option<Arc<Empty>>);

/// A store with nothing in its tables.
struct Empty {
    store: PostgresStore,
    /// The statements that empty it.
    empty: String,
}

static EMPTY: Mutex<Vec<Arc<Empty>>> = Mutex::new(Vec::new());

impl Rented {
    /// One that is free, or a new one.
    pub fn take() -> Self {
        let free = EMPTY.lock().unwrap().pop();
        Rented(Some(free.unwrap_or_else(|| Arc::new(Empty::new()))))
    }

    fn store(&self) -> &PostgresStore {
        &self.0.as_ref().unwrap().store
    }
}

impl Drop for Rented {
    fn drop(&mut self) {
        // after a test that failed the rows may be of interest
        if let Some(rented) = self.0.take().filter(|_| !std::thread::panicking()) {
            Beside::get().run(&rented.empty);
            EMPTY.lock().unwrap().push(rented);
        }
    }
}

impl Empty {
    fn new() -> Self {
        let schema = handfast_postgres_server::schema();
        let store = PostgresStore::options().schema(&schema).open(handfast_postgres_server::shared()).unwrap();
        store.migrate(&SCHEMA).unwrap();
        let tables = format!(
            "SELECT string_agg(format('DELETE FROM %I.%I', schemaname, tablename), ';') FROM pg_tables \
             WHERE schemaname = '{schema}' AND tablename <> 'handfast_schema'"
        );
        Empty { store, empty: Beside::get().value(&tables) }
    }
}

/// A connection beside the stores.
struct Beside {
    runtime: Runtime,
    client: Client,
}

impl Beside {
    fn get() -> &'static Self {
        static BESIDE: OnceLock<Beside> = OnceLock::new();
        BESIDE.get_or_init(|| {
            let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let client = runtime.block_on(async {
                let (client, connection) = connect(handfast_postgres_server::shared(), NoTls).await.unwrap();
                tokio::spawn(connection);
                client
            });
            Beside { runtime, client }
        })
    }

    fn run(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    fn value(&self, sql: &str) -> String {
        let messages = self.runtime.block_on(self.client.simple_query(sql)).unwrap();
        let row = messages.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        row.unwrap().to_owned()
    }
}

impl Store for Rented {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.store().read(keys)
    }
    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.store().list(query)
    }
    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.store().commit(changes)
    }
    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store().migrate(schema)
    }
}
