//! How a file gets its tables: numbered migrations, each in one transaction.

use handfast::{
    Code, Error, Result,
    store::{Schema, SchemaVersion},
};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::{failure::Failure, session::Session, sql::schema::ddl};

/// The migrations of the library's own schema, the first one first.
const MIGRATIONS: &[&str] = &[include_str!("../migrations/001_foundation.sql")];

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

/// Whether the file has `schema` already. Errors: `newer_schema`.
pub(crate) fn is_current(connection: &Connection, schema: &Schema) -> Result<bool> {
    match recorded(connection, schema.name)? {
        Some(found) if found > schema.version => Err(newer(schema, found)),
        found => Ok(found == Some(schema.version)),
    }
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
    if is_current(connection, schema)? {
        return Ok(true);
    }
    let found = recorded(connection, schema.name)?.map_or(0, |found| found.0);
    let (next, sql) = next(schema, found)?;
    run(connection, schema, next, &sql)?;
    Ok(false)
}

/// The number and the text of the step after `found`.
fn next(schema: &Schema, found: u32) -> Result<(u32, String)> {
    if schema.name != OWN {
        // new tables are added; what has changed in an old one is for the host to migrate
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

fn newer(schema: &Schema, found: SchemaVersion) -> Error {
    let (name, found, known) = (schema.name, found.0, schema.version.0);
    Error::because(
        Code::NewerSchema,
        format!("the database has version {found} of `{name}`, and this program knows version {known}"),
    )
}
