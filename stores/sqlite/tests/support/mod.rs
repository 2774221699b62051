//! A small shop to store.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::expect_used)]

use std::sync::Arc;

use handfast::{
    Id, Timestamp, record,
    store::{Cell, Changes, CommitError, Expect, Record, Row, Schema, SchemaVersion, Store, ToCell, Write},
};
use handfast_sqlite::{Durability, SqliteStore};
use tempfile::TempDir;

pub struct Company;

record! {
    /// A buyer.
    pub struct Buyer in "buyer" {
        /// The id.
        id: Id<Buyer>,
        /// Whose buyer it is.
        company: Id<Company>,
        /// What it is called.
        name: String,
        /// Unique in the company, when it is known.
        tax_id: Option<String>,
        /// Whether it may buy.
        active: bool,
        /// How often it has bought.
        bought: i64,
        /// When it came.
        created: Timestamp,
    }
    unique by_tax_id(company: Id<Company>, tax_id: &str);
    unique by_name(company: Id<Company>, name: &str);
    index of_company(company: Id<Company>) by (created);
    index by_activity(company: Id<Company>, active: bool) by (name, created);
    index with_tax_id(company: Id<Company>, tax_id: &str) by ();
    search find(company: Id<Company>) over (name);
}

record! {
    /// A remark, with a column named as a word of SQL.
    pub struct Remark in "remark" {
        /// The id.
        id: Id<Remark>,
        /// Whose it is.
        company: Id<Company>,
        /// Whom it is for.
        to: String,
    }
    index of_company(company: Id<Company>) by ();
}

pub const SHOP: Schema = Schema { name: "shop", version: SchemaVersion(1), tables: &[Buyer::TABLE, Remark::TABLE] };

/// The `number`-th id of its kind.
pub fn id<T>(number: u64) -> Id<T> {
    Id::new(Timestamp::from_millis(1_700_000_000_000 + number as i64), 0, number.to_be_bytes())
}

pub fn buyer(number: u64, name: &str, tax_id: Option<&str>) -> Buyer {
    let (id, company, created) = (id(number), id(1), Timestamp::from_millis(number as i64 * 10));
    Buyer { id, company, name: name.into(), tax_id: tax_id.map(Into::into), active: true, bought: 0, created }
}

pub fn insert<T: Record>(record: &T) -> Write {
    Write::insert(T::TABLE, record.cells())
}

/// What makes `after` of `before`, which has `version`.
pub fn update<T: Record>(version: i64, before: &T, after: &T) -> Write {
    let row = Row { version, cells: before.cells() };
    Write::update(T::TABLE, &row, after.cells()).expect("a difference")
}

pub fn delete<T: Record>(version: i64, record: &T) -> Write {
    Write::delete(T::TABLE, &Row { version, cells: record.cells() })
}

pub fn version<T: Record>(record: &T, version: i64) -> Expect {
    Expect::Version { table: T::TABLE, id: record.id().to_cell(), version }
}

pub fn changes(expect: Vec<Expect>, writes: Vec<Write>) -> Arc<Changes> {
    Arc::new(Changes { expect, writes, ..Changes::default() })
}

pub fn commit(store: &SqliteStore, writes: Vec<Write>) -> Result<(), CommitError> {
    store.commit(changes(Vec::new(), writes))
}

pub fn read<T: Record>(store: &SqliteStore, id: Id<T>) -> Option<(i64, T)> {
    let rows = store.read(&[handfast::store::Key::id(T::TABLE, id.to_cell())]).expect("reads");
    let row = rows.into_iter().next().flatten()?;
    Some((row.version, T::load(&row.cells).expect("loads")))
}

pub fn cell(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// A shop in a folder of its own.
pub struct Shop {
    pub folder: TempDir,
    pub store: SqliteStore,
}

impl Shop {
    pub fn open() -> Shop {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(&folder);
        store.migrate(&SHOP).expect("migrates");
        Shop { folder, store }
    }

    pub fn path(&self) -> std::path::PathBuf {
        path(&self.folder)
    }
}

pub fn path(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("shop.db")
}

/// One more store on the file in `folder`.
pub fn open(folder: &TempDir) -> SqliteStore {
    SqliteStore::options().durability(Durability::Process).open(path(folder)).expect("opens")
}
