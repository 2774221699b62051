//! How a schema gets its tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{collections::BTreeMap, thread};

use handfast::{
    Code,
    store::{
        Record, Schema, SchemaVersion, Store,
        conformance::{SCHEMA, Shop},
    },
};
use handfast_postgres::PostgresStore;
use support::*;

/// Every table with its columns in order, and every index with what it holds.
fn shape(beside: &Beside, schema: &str) -> BTreeMap<String, Vec<String>> {
    let infrastructure = "('handfast_schema', 'handfast_change')";
    let columns = format!(
        "SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable, column_default) \
         FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name NOT IN {infrastructure} \
         ORDER BY table_name, ordinal_position"
    );
    let indexes = format!(
        "SELECT replace(concat_ws(' ', tablename, indexdef), '{schema}', 'S') FROM pg_indexes \
         WHERE schemaname = '{schema}' AND tablename NOT IN {infrastructure} ORDER BY indexname"
    );
    let mut shape = BTreeMap::<_, Vec<_>>::new();
    for line in beside.rows(&columns).into_iter().chain(beside.rows(&indexes)) {
        let (table, part) = line.split_once(' ').unwrap();
        shape.entry(table.to_owned()).or_default().push(part.to_owned());
    }
    shape
}

fn steps(beside: &Beside, schema: &str) -> Vec<String> {
    beside.rows(&format!(
        "SELECT name || version FROM \"{schema}\".handfast_schema WHERE version > 0 ORDER BY name, version"
    ))
}

#[test]
fn migrations_make_the_declared_tables() {
    or_left_out!();
    let (store, schema) = store();
    store.migrate(&handfast::SCHEMA).unwrap();
    let (beside, declared) = (Beside::new(), handfast_postgres_server::schema());
    beside.run(&format!("CREATE SCHEMA {declared}; SET search_path TO {declared}"));
    beside.run(&PostgresStore::ddl(&handfast::SCHEMA));
    beside.run(&PostgresStore::ddl(&SCHEMA));
    let (migrated, declared) = (shape(&beside, &schema), shape(&beside, &declared));
    assert!(declared.len() > handfast::SCHEMA.tables.len());
    for (name, parts) in &declared {
        assert_eq!(migrated.get(name), Some(parts), "{name}: `cargo run -p handfast-postgres --example ddl` prints it");
    }
    assert_eq!(migrated.keys().collect::<Vec<_>>(), declared.keys().collect::<Vec<_>>());
}

#[test]
fn no_name_is_longer_than_postgresql_takes() {
    for schema in [&handfast::SCHEMA, &SCHEMA] {
        let ddl = PostgresStore::ddl(schema);
        assert_eq!(ddl.split('"').skip(1).step_by(2).find(|name| name.len() > 63), None);
    }
}

#[test]
fn hosts_that_start_at_once_migrate_once() {
    or_left_out!();
    for _ in 0..3 {
        let schema = handfast_postgres_server::schema();
        let start = std::sync::Barrier::new(12);
        thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    let options = PostgresStore::options().schema(&schema).connections(2);
                    let store = options.open(handfast_postgres_server::shared()).unwrap();
                    start.wait();
                    assert_eq!(store.migrate(&handfast::SCHEMA).unwrap(), handfast::SCHEMA.version);
                    assert_eq!(store.migrate(&SCHEMA).unwrap(), SCHEMA.version);
                });
            }
        });
        let own = format!("handfast{}", handfast::SCHEMA.version.0);
        assert_eq!(steps(&Beside::new(), &schema), ["conformance1".to_owned(), own]);
    }
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    or_left_out!();
    let (store, schema) = store();
    let newer = Schema { name: SCHEMA.name, version: SchemaVersion(3), tables: SCHEMA.tables };
    store.migrate(&newer).unwrap();
    let beside = Beside::new();
    let before = shape(&beside, &schema);
    let error = store.migrate(&SCHEMA).unwrap_err();
    assert_eq!(error.code(), Code::NewerSchema);
    assert_eq!(error.message(), "the database has version 3 of `conformance`, and this program knows version 1");
    assert_eq!(shape(&beside, &schema), before);
}

#[test]
fn a_step_that_fails_is_undone() {
    or_left_out!();
    let (beside, schema) = (Beside::new(), handfast_postgres_server::schema());
    // someone has a table of that name, with other columns
    beside.run(&format!("CREATE SCHEMA {schema}; CREATE TABLE {schema}.handfast_conformance_shop (id text)"));
    let store = PostgresStore::options().schema(&schema).open(handfast_postgres_server::shared()).unwrap();
    let error = store.migrate(&SCHEMA).unwrap_err();
    assert_eq!(error.code(), Code::StoreFailed, "{error:?}");
    assert_eq!(shape(&beside, &schema).into_keys().collect::<Vec<_>>(), ["handfast_conformance_shop"]);
    assert_eq!(steps(&beside, &schema), [""; 0]);
}

#[test]
fn an_older_table_of_the_host_is_not_taken_for_the_declared_one() {
    or_left_out!();
    let (beside, schema) = (Beside::new(), handfast_postgres_server::schema());
    let shops = Schema { name: "shops", version: SchemaVersion(1), tables: &[Shop::TABLE] };
    let older = PostgresStore::ddl(&shops).replace(",\n    \"visits\" bigint NOT NULL", "");
    beside.run(&format!("CREATE SCHEMA {schema}; SET search_path TO {schema}; {older}"));
    let store = PostgresStore::options().schema(&schema).open(handfast_postgres_server::shared()).unwrap();
    let error = store.migrate(&shops).unwrap_err();
    assert_eq!(error.message(), "the table of `conformance_shop` is not as it is declared: migrate it first");
}

#[test]
fn who_may_not_make_a_schema_uses_one_that_is_there() {
    or_left_out!();
    let (beside, schema) = (Beside::new(), handfast_postgres_server::schema());
    beside.run(&format!("CREATE ROLE {schema} LOGIN; CREATE SCHEMA {schema} AUTHORIZATION {schema}"));
    let address = handfast_postgres_server::shared().replace("//postgres@", &format!("//{schema}@"));
    let store = PostgresStore::options().schema(&schema).open(&address).unwrap();
    store.migrate(&SCHEMA).unwrap();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let other = PostgresStore::options().schema(format!("{schema}_other")).open(&address).unwrap();
    assert_eq!(other.migrate(&SCHEMA).unwrap_err().code(), Code::StoreFull, "it may not be written");
}

#[test]
fn a_schema_may_have_any_name_and_another_is_apart() {
    or_left_out!();
    let name = format!("My \"shop\"; {}", handfast_postgres_server::schema());
    let one = PostgresStore::options().schema(&name).open(handfast_postgres_server::shared()).unwrap();
    one.migrate(&SCHEMA).unwrap();
    commit(&one, vec![insert(&shop(1))]).unwrap();
    assert_eq!((visits(&one, 1), read(&store().0, 1)), (0, None));
}
