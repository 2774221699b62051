//! Documents that are generated from the code, so that they are never wrong.

mod errors;
mod operations;
mod scenario;
mod states;
mod words;

use std::fs;

use handfast::SCHEMA;
use handfast_sqlite::SqliteStore;

use crate::generated::{Generated, Writer, path};

const WRITER: Writer = Writer { command: "cargo xtask docs", folder: "tests" };

/// Every document, where it stands and what it should hold.
fn documents() -> Vec<Generated> {
    let mut documents = vec![
        Generated::new("docs/errors.md", errors::page()),
        Generated::new("docs/states.md", states::page()),
        Generated::new("docs/operations.md", operations::page()),
    ];
    documents.extend(scenario::schema());
    documents
}

/// Writes every document.
pub(crate) fn write() -> Result<(), String> {
    WRITER.write(&documents())
}

/// Whether every document is what it should be.
pub(crate) fn check() -> Result<(), String> {
    WRITER.check(&documents())?;
    newest_migration()
}

/// The first migration is written from the declared tables until it is released; then a second one begins.
fn newest_migration() -> Result<(), String> {
    let name = "stores/sqlite/migrations/001_foundation.sql";
    let stored = fs::read_to_string(path(name)).map_err(|error| format!("{name}: {error}"))?;
    match stored.trim_end() == SqliteStore::ddl(&SCHEMA).trim_end() {
        true => Ok(()),
        false => Err(format!("{name} does not make the declared tables: cargo run -p handfast-sqlite --example ddl")),
    }
}
