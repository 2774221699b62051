//! How a file gets its tables: numbered migrations, each in one transaction.

use handfast::{
    Code, Error, Result,
    store::{Schema, SchemaVersion, Table},
};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::{
    failure::Failure,
    reword::reword,
    session::Session,
    sql::{
        schema::ddl,
        statement::{Shape, text},
    },
};

/// The migrations of the library's own schema, the first one first.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/001_foundation.sql"),
    include_str!("../migrations/002_people.sql"),
    include_str!("../migrations/003_partners.sql"),
    include_str!("../migrations/004_directory.sql"),
    include_str!("../migrations/005_checkout.sql"),
];

/// The schema that [`MIGRATIONS`] lead to. Every other one is a host's and is made as it is declared.
const OWN: &str = "handfast";

/// "hfst": what `file` and `PRAGMA application_id` tell of a file made by this library.
const APPLICATION: i64 = 0x6866_7374;

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS handfast_schema (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    applied INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID";

/// The version of a schema that a file has; `None` when it has none of it.
pub(crate) fn recorded(connection: &Connection, name: &str) -> Result<Option<SchemaVersion>, Failure> {
    let known = connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE name = 'handfast_schema'", [], |_| Ok(()))
        .optional()?;
    if known.is_none() {
        return Ok(None);
    }
    let newest = "SELECT max(version) FROM handfast_schema WHERE name = ?1";
    let version: Option<u32> = connection.query_row(newest, [name], |row| row.get(0))?;
    Ok(version.map(SchemaVersion))
}

/// Takes every step that the file lacks. Whoever else migrates at the same time waits and finds it done.
pub(crate) fn migrate(session: &mut Session, schema: &Schema) -> Result<()> {
    loop {
        // dropped without a commit, it undoes what it did
        let transaction = session.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(Failure::from)?;
        if step(&transaction, schema)? {
            return Ok(());
        }
        transaction.commit().map_err(Failure::from)?;
    }
}

/// Takes the next step; whether none was left to take.
fn step(connection: &Connection, schema: &Schema) -> Result<bool> {
    let found = recorded(connection, schema.name)?;
    if !schema.is_behind(found)? {
        return Ok(true);
    }
    let (next, sql) = next(schema, found.map_or(0, |found| found.0))?;
    run(connection, schema, next, &sql)?;
    if next == schema.version.0 {
        schema.tables.iter().try_for_each(|table| compare(connection, table))?;
        reword(connection, schema)?;
    }
    Ok(false)
}

/// Checks that a table has the columns it is declared with: a host's table of an older version is the host's to change.
fn compare(connection: &Connection, table: &Table) -> Result<()> {
    let read = text(table, Shape::Read { key: 0 }).ok_or(Failure::Misuse)?;
    if connection.prepare(&read).is_ok() {
        return Ok(());
    }
    let message = format!("the table of `{}` is not as it is declared: migrate it first", table.name);
    Err(Error::because(Code::StoreFailed, message))
}

/// The number and the text of the step after `found`.
fn next(schema: &Schema, found: u32) -> Result<(u32, String)> {
    if schema.name != OWN {
        // what is there stays as it is; what is missing is made
        return Ok((schema.version.0, ddl(schema)));
    }
    let next = found + 1;
    match MIGRATIONS.get(found as usize) {
        Some(sql) => Ok((next, (*sql).to_owned())),
        None => Err(Error::because(Code::Internal, format!("this store has no migration {next} of `{OWN}`"))),
    }
}

fn run(connection: &Connection, schema: &Schema, next: u32, sql: &str) -> Result<(), Failure> {
    connection.execute_batch(VERSIONS)?;
    connection.execute_batch(sql)?;
    let record = "INSERT INTO handfast_schema (name, version, applied) \
                  VALUES (?1, ?2, CAST(unixepoch('subsec') * 1000 AS INTEGER))";
    connection.execute(record, (schema.name, next))?;
    // a file that the host made keeps the mark of the host
    let mark: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if mark == 0 {
        connection.pragma_update(None, "application_id", APPLICATION)?;
    }
    Ok(())
}
