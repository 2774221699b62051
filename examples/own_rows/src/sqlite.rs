//! On SQLite: the host's table is in the library's file.

use handfast::{Actor, Handfast, HostError, Id, Result, customer::Customer};
use handfast_sqlite::{
    SqliteStore,
    rusqlite::{Connection, TransactionBehavior::Immediate},
};

/// The host's own table. It refuses a credit below nothing, and a second one.
pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS credit_line (
    customer TEXT PRIMARY KEY,
    cents INTEGER NOT NULL CHECK (cents >= 0)
) STRICT";

/// Activates a customer with a line of credit. Errors: those of `activate`, and the host's own.
pub fn activate(
    handfast: &Handfast,
    own: &mut Connection,
    staff: Actor,
    customer: Id<Customer>,
    cents: i64,
) -> Result<Customer, HostError> {
    handfast.together(
        |handfast| handfast.customers().activate(staff, customer),
        |activated, changes| {
            // begun as one that writes: SQLite refuses what has only read before when others have written meanwhile
            let transaction = own.transaction_with_behavior(Immediate)?;
            let line = (activated.id.to_string(), cents);
            transaction.execute("INSERT INTO credit_line (customer, cents) VALUES (?1, ?2)", line)?;
            SqliteStore::apply(&transaction, changes)?;
            Ok(transaction.commit()?)
        },
    )
}
