//! How a schema gets its tables: numbered migrations, all in one transaction, one host at a time.

use std::sync::Arc;

use handfast::{
    Code, Error, Result,
    store::{Schema, SchemaVersion, Table},
};
use tokio_postgres::{Client, types::Type};
use uuid::Uuid;

use crate::{
    cells::Param,
    failure::Failure,
    marks::NOW,
    retry::Retry,
    shared::Shared,
    sql::{schema::ddl, statement::Shape},
    wire::{self, Ask, Prepared},
};

/// The migrations of the library's own schema, the first one first. Each leads to the version that its number says.
const MIGRATIONS: &[(u32, &str)] = &[(5, include_str!("../migrations/005_first.sql"))];

/// The schema that [`MIGRATIONS`] lead to. Every other one is a host's and is made as it is declared.
const OWN: &str = "handfast";

/// The version of a schema that the database has; `None` when it has none of it.
async fn recorded(shared: &Shared, client: &Client, name: &str) -> Result<Option<SchemaVersion>, Failure> {
    let table = shared.texts.place.own("schema");
    // the row of version 0 is there to be locked
    let newest = format!("SELECT max(version) FROM {table} WHERE name = $1 AND version > 0");
    let found = match client.query_typed(&newest, &[(&name, Type::TEXT)]).await.map_err(Failure::from) {
        Ok(rows) => rows,
        Err(failure) if failure.is_missing() => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let version: Option<i32> = found.first().and_then(|row| row.try_get(0).ok()).flatten();
    Ok(version.and_then(|version| u32::try_from(version).ok()).map(SchemaVersion))
}

/// Takes every step that the database lacks. Whoever else migrates at the same time waits and finds it done.
pub(crate) async fn migrate(shared: Arc<Shared>, declared: Declared) -> Result<SchemaVersion> {
    let schema = declared.schema();
    let mut retry = Retry::new(shared.patience);
    loop {
        let migrated = match shared.pool.take().await {
            Ok(lent) => at_once(&shared, lent.client()?, &schema).await,
            Err(failure) => Err(Stopped::Failed(failure)),
        };
        match migrated {
            Ok(()) => return Ok(schema.version),
            Err(Stopped::Refused(error)) => return Err(error),
            Err(Stopped::Failed(failure)) if retry.wait(failure).await => {}
            Err(Stopped::Failed(failure)) => return Err(failure.into()),
        }
    }
}

/// A schema that is asked for, taken along to another thread.
pub(crate) struct Declared {
    name: &'static str,
    version: SchemaVersion,
    tables: &'static [&'static Table],
}

impl Declared {
    pub(crate) fn of(schema: &Schema) -> Self {
        Declared { name: schema.name, version: schema.version, tables: schema.tables }
    }

    fn schema(&self) -> Schema {
        Schema { name: self.name, version: self.version, tables: self.tables }
    }
}

enum Stopped {
    Refused(Error),
    Failed(Failure),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Stopped::Refused(error)
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Stopped::Failed(failure)
    }
}

impl From<tokio_postgres::Error> for Stopped {
    fn from(error: tokio_postgres::Error) -> Self {
        Stopped::Failed(error.into())
    }
}

async fn at_once(shared: &Shared, client: &Client, schema: &Schema) -> Result<(), Stopped> {
    // most often there is nothing to do, and then nobody waits
    if !schema.is_behind(recorded(shared, client, schema.name).await?)? {
        return Ok(());
    }
    found(shared, client).await?;
    // dropped with its connection, a transaction that fails is undone
    client.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = 0").await?;
    let done = steps(shared, client, schema).await;
    client.batch_execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

/// Makes the schema and the tables that migrating itself needs. `IF NOT EXISTS` alone does not keep two who make the
/// same at once from failing: one of them looks again.
async fn found(shared: &Shared, client: &Client) -> Result<(), Stopped> {
    let (schema, place) = (shared.texts.place.schema(), &shared.texts.place);
    let text = client.query_typed("SELECT 1 WHERE current_setting('server_encoding') = 'UTF8'", &[]).await?;
    if text.is_empty() {
        let message = "the database is not encoded in UTF8: it cannot hold every text".to_owned();
        return Err(Error::because(Code::StoreFailed, message).into());
    }
    // asked first, because who may not make a schema may use one that is there
    let known = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1";
    let known = !client.query_typed(known, &[(&shared.schema, Type::TEXT)]).await?.is_empty();
    let made = if known { String::new() } else { format!("CREATE SCHEMA IF NOT EXISTS {schema};") };
    let (versions, changes) = (place.own("schema"), place.own("change"));
    let tables = format!(
        "BEGIN READ WRITE; {made} CREATE TABLE IF NOT EXISTS {versions} (name text COLLATE \"C\" NOT NULL, version integer NOT NULL, \
         applied bigint NOT NULL, PRIMARY KEY (name, version)); \
         CREATE TABLE IF NOT EXISTS {changes} (id uuid NOT NULL, applied boolean NOT NULL, at bigint NOT NULL, \
         PRIMARY KEY (id)); \
         CREATE INDEX IF NOT EXISTS handfast_change_at ON {changes} (at); COMMIT"
    );
    let mut tries = 0;
    loop {
        tries += 1;
        match client.batch_execute(&tables).await.map_err(Failure::from) {
            Ok(()) => return Ok(()),
            Err(failure) => {
                client.batch_execute("ROLLBACK").await?;
                if tries > ONCE_MORE || !failure.is_made_meanwhile() {
                    return Err(failure.into());
                }
            }
        }
    }
}

/// How often others can have made one of three things meanwhile, and then some.
const ONCE_MORE: usize = 8;

/// Takes the steps that are lacking, alone.
async fn steps(shared: &Shared, client: &Client, schema: &Schema) -> Result<(), Stopped> {
    let versions = shared.texts.place.own("schema");
    let row = format!("INSERT INTO {versions} (name, version, applied) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING");
    client.execute_typed(&row, &[(&schema.name, Type::TEXT)]).await?;
    let lock = format!("SELECT 1 FROM {versions} WHERE name = $1 AND version = 0 FOR UPDATE");
    client.query_typed(&lock, &[(&schema.name, Type::TEXT)]).await?;
    let found = recorded(shared, client, schema.name).await?;
    if !schema.is_behind(found)? {
        return Ok(());
    }
    client.batch_execute(&format!("SET LOCAL search_path TO {}", shared.texts.place.schema())).await?;
    for (number, sql) in lacking(schema, found.map_or(0, |found| found.0))? {
        client.batch_execute(&sql).await?;
        let record = format!("INSERT INTO {versions} (name, version, applied) VALUES ($1, $2, {NOW})");
        let number = i32::try_from(number).map_err(|_| Failure::Misuse)?;
        client.execute_typed(&record, &[(&schema.name, Type::TEXT), (&number, Type::INT4)]).await?;
    }
    for table in schema.tables {
        compare(shared, client, table).await?;
    }
    Ok(())
}

/// The steps after version `found`, with their numbers.
fn lacking(schema: &Schema, found: u32) -> Result<Vec<(u32, String)>> {
    if schema.name != OWN {
        // what is there stays as it is; what is missing is made
        return Ok(vec![(schema.version.0, ddl(schema))]);
    }
    let steps = MIGRATIONS.iter().filter(|(number, _)| *number > found && *number <= schema.version.0);
    let steps: Vec<_> = steps.map(|(number, sql)| (*number, (*sql).to_owned())).collect();
    match steps.last() {
        Some((last, _)) if *last == schema.version.0 => Ok(steps),
        _ => {
            let message = format!("this store has no migration {} of `{OWN}`", schema.version.0);
            Err(Error::because(Code::Internal, message))
        }
    }
}

/// Checks that a table has the columns it is declared with: a host's table of an older version is the host's to change.
async fn compare(shared: &Shared, client: &Client, table: &'static Table) -> Result<(), Stopped> {
    // asked for the row of an id that none has; nothing is prepared, because a pooler may be between
    let ask = Ask { sql: shared.texts.get(table, Shape::Read { key: 0 })?, params: vec![Param::Uuid(Uuid::nil())] };
    match wire::send(client, &Prepared::default(), None, &[ask]).await {
        Ok(_) => Ok(()),
        Err((_, failure)) if failure.is_outage() => Err(failure.into()),
        Err(_) => {
            let message = format!("the table of `{}` is not as it is declared: migrate it first", table.name);
            Err(Error::because(Code::StoreFailed, message).into())
        }
    }
}
