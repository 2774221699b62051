//! On PostgreSQL: the host's table is in the library's database, its connection one of its own.

use handfast::{Actor, Handfast, HostError, Id, Result, customer::Customer};
use handfast_postgres::{PostgresStore, tokio_postgres::Client};
use tokio::runtime::Handle;

/// The host's own table. It refuses a credit below nothing, and a second one.
pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS credit_line (
    customer uuid PRIMARY KEY,
    cents bigint NOT NULL CHECK (cents >= 0)
)";

/// A host: the library, its store, and a connection of the host's with the runtime that it lives in. Verbs wait, so it is
/// called from a thread that may: in tokio, from `spawn_blocking`.
pub struct Host<'a> {
    /// The library.
    pub handfast: &'a Handfast,
    /// What it is on.
    pub store: &'a PostgresStore,
    /// The host's connection.
    pub own: &'a mut Client,
    /// What carries it.
    pub runtime: &'a Handle,
}

impl Host<'_> {
    /// Activates a customer with a line of credit. Errors: those of `activate`, and the host's own.
    pub fn activate(&mut self, staff: Actor, customer: Id<Customer>, cents: i64) -> Result<Customer, HostError> {
        self.handfast.together(
            |handfast| handfast.customers().activate(staff, customer),
            |activated, changes| {
                self.runtime.block_on(async {
                    let transaction = self.own.transaction().await?;
                    let insert = "INSERT INTO credit_line (customer, cents) VALUES ($1::text::uuid, $2)";
                    transaction.execute(insert, &[&activated.id.to_string(), &cents]).await?;
                    self.store.apply(transaction.client(), changes).await?;
                    Ok(transaction.commit().await?)
                })
            },
        )
    }
}
