use std::fs;

use handfast::{Code, Handfast, SCHEMA};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};

use crate::frozen::{Copy, fixtures};

#[test]
fn a_file_of_a_newer_schema_is_refused_and_left_as_it_is() {
    let copy = Copy::of(fixtures().last().unwrap());
    let newer = SCHEMA.version.0 + 6;
    let connection = Connection::open(&copy.path).unwrap();
    connection.execute("INSERT INTO handfast_schema VALUES ('handfast', ?1, 0)", [newer]).unwrap();
    connection.execute_batch("CREATE TABLE handfast_from_the_future (id TEXT)").unwrap();
    drop(connection);
    let before = fs::read(&copy.path).unwrap();
    let error = Handfast::builder(SqliteStore::open(&copy.path).unwrap()).build().unwrap_err();
    assert_eq!(error.code(), Code::NewerSchema);
    for version in [newer, SCHEMA.version.0] {
        assert!(error.message().contains(&format!("version {version}")), "{}", error.message());
    }
    assert!(fs::read(&copy.path).unwrap() == before, "the file was changed");
}
