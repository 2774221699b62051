//! Stores in schemas of their own, a few changes, and SQL beside the store.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used)]

pub mod proxy;

use std::sync::Arc;

use handfast::{
    Id, Timestamp,
    store::{
        Changes, CommitError, Expect, Key, Record, Row, Store, ToCell, Write,
        conformance::{SCHEMA, Shop},
    },
};
use handfast_postgres::{
    Options, PostgresStore,
    tokio_postgres::{Client, NoTls, SimpleQueryMessage},
};
use tokio::runtime::{Builder, Runtime};

/// What a test without a server does: nothing, where all such tests are left out.
#[macro_export]
macro_rules! or_left_out {
    () => {
        if handfast_postgres_server::is_left_out() {
            return;
        }
    };
}

/// A store that has the schema of the promises, and the name of the database's schema.
pub fn store() -> (PostgresStore, String) {
    store_at(handfast_postgres_server::shared(), PostgresStore::options())
}

pub fn store_at(address: &str, options: Options) -> (PostgresStore, String) {
    let schema = handfast_postgres_server::schema();
    let store = options.schema(&schema).open(address).unwrap();
    store.migrate(&SCHEMA).unwrap();
    (store, schema)
}

pub fn id<T>(number: i64) -> Id<T> {
    Id::new(Timestamp::from_millis(number), 0, [0; 8])
}

pub fn shop(number: i64) -> Shop {
    Shop { id: id(number), name: format!("shop {number}"), visits: 0 }
}

pub fn insert<T: Record>(record: &T) -> Write {
    Write::insert(T::TABLE, record.cells())
}

/// One visit more to a shop.
pub fn visit(number: i64) -> Write {
    Write::Add { table: Shop::TABLE, id: id::<Shop>(number).to_cell(), column: 2, amount: 1 }
}

pub fn rename(number: i64, version: i64, name: &str) -> Write {
    let row = Row { version, cells: shop(number).cells() };
    Write::update(Shop::TABLE, &row, Shop { name: name.into(), ..shop(number) }.cells()).unwrap()
}

pub fn stands(number: i64, version: i64) -> Expect {
    Expect::Version { table: Shop::TABLE, id: id::<Shop>(number).to_cell(), version }
}

/// Changes of an id of their own.
pub fn changes(expect: Vec<Expect>, writes: Vec<Write>) -> Arc<Changes> {
    let id = uuid::Builder::from_random_bytes(std::array::from_fn(|_| fastrand::u8(..))).into_uuid();
    Arc::new(Changes { id, expect, writes })
}

pub fn commit(store: &PostgresStore, writes: Vec<Write>) -> Result<(), CommitError> {
    store.commit(changes(Vec::new(), writes))
}

pub fn read(store: &PostgresStore, number: i64) -> Option<(i64, Shop)> {
    let rows = store.read(&[Key::id(Shop::TABLE, id::<Shop>(number).to_cell())]).unwrap();
    let row = rows.into_iter().next().flatten()?;
    Some((row.version, Shop::load(&row.cells).unwrap()))
}

pub fn visits(store: &PostgresStore, number: i64) -> i64 {
    read(store, number).unwrap().1.visits
}

/// A connection beside the store.
pub struct Beside {
    pub runtime: Runtime,
    pub client: Client,
}

impl Beside {
    pub fn new() -> Self {
        Beside::at(handfast_postgres_server::shared())
    }

    pub fn at(address: &str) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let (client, connection) = handfast_postgres::tokio_postgres::connect(address, NoTls).await.unwrap();
            tokio::spawn(connection);
            client
        });
        Beside { runtime, client }
    }

    /// The first column of all rows.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let messages = self.runtime.block_on(self.client.simple_query(sql)).unwrap();
        let row = |message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
            _ => None,
        };
        messages.into_iter().filter_map(row).collect()
    }

    pub fn run(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }
}

/// The address of the same database by another port.
pub fn through(port: u16) -> String {
    let address = handfast_postgres_server::shared();
    let (before, _) = address.rsplit_once(':').unwrap();
    let (_, database) = address.rsplit_once('/').unwrap();
    format!("{before}:{port}/{database}")
}

/// The port of the server that all share.
pub fn port() -> u16 {
    let address = handfast_postgres_server::shared();
    let (_, rest) = address.rsplit_once(':').unwrap();
    rest.split('/').next().unwrap().parse().unwrap()
}
