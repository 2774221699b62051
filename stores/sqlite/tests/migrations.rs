//! How a file gets its tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{collections::BTreeMap, thread};

use handfast::{
    Code,
    store::{Schema, SchemaVersion, Store},
};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use support::*;

/// What stands in the brackets that a text begins with.
fn bracketed(text: &str) -> &str {
    let mut open = 0;
    let end = text.find(|letter| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        open == 0
    });
    &text[..=end.unwrap()]
}

/// Every table with its columns, and every index with whether it is unique and what it holds.
fn shape(connection: &Connection) -> BTreeMap<String, Vec<String>> {
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let names = rows("SELECT name FROM sqlite_schema WHERE name LIKE 'handfast_%' AND name != 'handfast_schema'");
    let shape = names.into_iter().map(|name| {
        let mut parts = rows(&format!(
            "SELECT concat_ws(' ', name, type, \"notnull\", pk) FROM pragma_table_info('{name}') ORDER BY cid"
        ));
        parts.extend(rows(&format!("SELECT concat(strict, wr) FROM pragma_table_list('{name}')")));
        parts.extend(rows(&format!("SELECT name FROM pragma_index_info('{name}') ORDER BY seqno")));
        parts.extend(rows(&format!(
            "SELECT concat_ws(' ', l.name, l.\"unique\", l.partial) FROM sqlite_schema AS s, \
             pragma_index_list(s.tbl_name) AS l WHERE s.name = '{name}' AND l.name = '{name}'"
        )));
        let checks = rows(&format!("SELECT sql FROM sqlite_schema WHERE name = '{name}' AND type = 'table'"));
        parts
            .extend(checks.iter().flat_map(|sql| sql.split("CHECK ").skip(1)).map(|check| bracketed(check).to_owned()));
        (name, parts)
    });
    shape.collect()
}

#[test]
fn migrations_make_the_declared_tables() {
    let folder = tempfile::tempdir().unwrap();
    open(&folder).migrate(&handfast::SCHEMA).unwrap();
    let declared = Connection::open_in_memory().unwrap();
    declared.execute_batch(&SqliteStore::ddl(&handfast::SCHEMA)).unwrap();
    let (migrated, declared) = (shape(&Connection::open(path(&folder)).unwrap()), shape(&declared));
    assert!(declared.len() > handfast::SCHEMA.tables.len());
    for (name, parts) in &declared {
        assert_eq!(migrated.get(name), Some(parts), "{name}: `cargo run -p handfast-sqlite --example ddl` prints it");
    }
    assert_eq!(migrated.keys().collect::<Vec<_>>(), declared.keys().collect::<Vec<_>>());
}

#[test]
fn migrating_again_changes_nothing() {
    let shop = Shop::open();
    commit(&shop.store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    let connection = Connection::open(shop.path()).unwrap();
    let state = || {
        let version: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0)).unwrap();
        let steps: i64 = connection.query_row("SELECT count(*) FROM handfast_schema", [], |row| row.get(0)).unwrap();
        (version, steps)
    };
    let before = state();
    assert_eq!(shop.store.migrate(&SHOP).unwrap(), SHOP.version);
    assert_eq!(open(&shop.folder).migrate(&SHOP).unwrap(), SHOP.version);
    assert_eq!(state(), before);
    assert!(read(&shop.store, id::<Buyer>(1)).is_some());
}

#[test]
fn stores_that_migrate_at_once_do_it_once() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let store = open(&folder);
                    store.migrate(&SHOP).unwrap();
                    store.migrate(&handfast::SCHEMA).unwrap();
                });
            }
        });
        let connection = Connection::open(path(&folder)).unwrap();
        let steps = "SELECT group_concat(name || version, ' ' ORDER BY name, version) FROM handfast_schema";
        let steps: String = connection.query_row(steps, [], |row| row.get(0)).unwrap();
        let own: String = (1..=handfast::SCHEMA.version.0).map(|step| format!("handfast{step} ")).collect();
        assert_eq!(steps, format!("{own}shop1"));
    }
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let shop = Shop::open();
    let newer = Schema { version: SchemaVersion(3), ..SHOP };
    shop.store.migrate(&newer).unwrap();
    let before = shape(&Connection::open(shop.path()).unwrap());
    let error = shop.store.migrate(&SHOP).unwrap_err();
    assert_eq!(error.code(), Code::NewerSchema);
    assert_eq!(error.message(), "the database has version 3 of `shop`, and this program knows version 1");
    assert_eq!(shape(&Connection::open(shop.path()).unwrap()), before);
}

#[test]
fn a_step_that_fails_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(path(&folder)).unwrap();
    // someone has a table of that name, with other columns
    connection.execute_batch("CREATE TABLE handfast_remark (id TEXT)").unwrap();
    let error = open(&folder).migrate(&SHOP).unwrap_err();
    assert_eq!(error.code(), Code::StoreFailed, "{error:?}");
    assert_eq!(shape(&connection).into_keys().collect::<Vec<_>>(), ["handfast_remark"]);
}

#[test]
fn an_older_table_of_the_host_is_not_taken_for_the_declared_one() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(path(&folder)).unwrap();
    let older = SqliteStore::ddl(&SHOP).replace("    \"to\" TEXT NOT NULL,\n", "");
    connection.execute_batch(&older).unwrap();
    let error = open(&folder).migrate(&SHOP).unwrap_err();
    assert_eq!(error.message(), "the table of `remark` is not as it is declared: migrate it first");
}

#[test]
fn tables_of_the_host_stay_beside_ours() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(path(&folder)).unwrap();
    let mark = |connection: &Connection| -> i64 {
        connection.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap()
    };
    connection
        .execute_batch("PRAGMA application_id = 7; CREATE TABLE orders (note TEXT); INSERT INTO orders VALUES ('x')")
        .unwrap();
    let store = open(&folder);
    store.migrate(&SHOP).unwrap();
    commit(&store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    let note: String = connection.query_row("SELECT note FROM orders", [], |row| row.get(0)).unwrap();
    assert_eq!((note.as_str(), mark(&connection)), ("x", 7));
    let shop = Shop::open();
    assert_eq!(mark(&Connection::open(shop.path()).unwrap()), 0x6866_7374, "a file of ours is marked");
}
