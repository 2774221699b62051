//! The calls of an operation, done by hand with `tokio-postgres` on a connection of its own.

use std::{collections::HashMap, hint::black_box};

use handfast_postgres_server::Safety;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, Statement, connect, types::ToSql};

use super::{
    recorder::Call,
    texts::{self, Ask, Value},
};
use crate::Result;

/// How statements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// One after the other in a transaction, as is usually done.
    Statements,
    /// One for all rows that are read together, and one (a CTE) for all that is written.
    One,
}

/// A connection, and what is prepared on it.
pub(super) struct Hand {
    runtime: Runtime,
    client: Client,
    known: HashMap<String, Statement>,
}

/// The statements of one job, prepared; a decision is made by whoever wrote them.
pub(super) struct Plan<'a> {
    steps: Vec<(Statement, Vec<Value<'a>>, bool)>,
    in_transaction: bool,
}

impl Hand {
    pub(super) fn open(address: &str, schema: &str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(async {
            let (client, connection) = connect(address, NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(&format!("SET search_path TO {schema}")).await?;
            Ok::<_, tokio_postgres::Error>(client)
        })?;
        Ok(Hand { runtime, client, known: HashMap::new() })
    }

    /// Whether a commit waits for the disk. What was written without is on the disk afterwards, and known to the planner.
    pub(super) fn set_safety(&self, safety: Safety) -> Result<()> {
        let on = if safety == Safety::Full { "on" } else { "off" };
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            self.run(&format!("ALTER SYSTEM SET {setting} = {on}"))?;
        }
        self.run("SELECT pg_reload_conf()")?;
        if safety == Safety::Full {
            self.run("VACUUM (ANALYZE)")?;
            self.run("CHECKPOINT")?;
        }
        Ok(())
    }

    pub(super) fn run(&self, sql: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    pub(super) fn plan<'a>(&mut self, style: Style, calls: &'a [Call]) -> Result<Plan<'a>> {
        let mut asks = Vec::new();
        for call in calls {
            match (call, style) {
                (Call::Read(keys), Style::Statements) => asks.extend(texts::reads(keys)),
                (Call::Read(keys), Style::One) => asks.push(texts::read_once(keys)),
                (Call::List(query), _) => asks.push(texts::list(query)?),
                (Call::Commit(changes), Style::Statements) => asks.extend(texts::changes(changes)),
                (Call::Commit(changes), Style::One) => asks.push(texts::changes_once(changes)),
            }
        }
        let writes = calls.iter().any(|call| matches!(call, Call::Commit(_)));
        let steps = asks.into_iter().map(|Ask { text, values, must_find }| {
            let statement = match self.known.get(&text) {
                Some(statement) => statement.clone(),
                None => {
                    let statement = self.runtime.block_on(self.client.prepare(&text))?;
                    self.known.insert(text, statement.clone());
                    statement
                }
            };
            Ok((statement, values, must_find))
        });
        Ok(Plan { steps: steps.collect::<Result<_>>()?, in_transaction: writes && style == Style::Statements })
    }

    pub(super) fn play(&self, plan: &Plan<'_>) -> Result<()> {
        self.runtime.block_on(self.steps(plan)).map_err(|error| match error.downcast_ref::<tokio_postgres::Error>() {
            Some(failed) => failed.as_db_error().map_or(error.to_string(), |answer| answer.to_string()).into(),
            None => error,
        })
    }

    async fn steps(&self, Plan { steps, in_transaction }: &Plan<'_>) -> Result<()> {
        if *in_transaction {
            self.client.batch_execute("BEGIN").await?;
        }
        for (statement, values, must_find) in steps {
            let values: Vec<_> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
            let found = match statement.columns().is_empty() {
                true => self.client.execute(statement, &values).await?,
                false => black_box(self.client.query(statement, &values).await?).len() as u64,
            };
            if *must_find && found == 0 {
                return Err("a row has changed".into());
            }
        }
        if *in_transaction {
            self.client.batch_execute("COMMIT").await?;
        }
        Ok(())
    }
}
