//! Whether a database may be written over: only what is empty or an earlier state of the source.

use super::write::{changes, commit};
use crate::{
    SCHEMA,
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    limit::Limit,
    login::AddressChange,
    one_use::Ticket,
    random::{self, SystemRandom},
    store::{Direction, Key, Query, Record, Store, Table, ToCell, Write},
    tag::TagMark,
    two_factor::{StoredCode, TwoFactor},
};

/// Tables whose rows come and go. Those of all others stay, so an earlier state of the source has none that the source
/// has not, and a copy removes none.
pub const PASSING: &[&Table] =
    &[Limit::TABLE, AddressChange::TABLE, TwoFactor::TABLE, StoredCode::TABLE, Ticket::TABLE, TagMark::TABLE];

/// Rows of each table by which a target is recognised: enough to find what was written by a clock that is a bit behind.
const NEWEST: u32 = 100;

/// Errors: `not_a_copy`, the stores' own.
pub(super) fn check(from: &dyn Store, to: &dyn Store) -> Result<()> {
    for table in SCHEMA.tables.iter().filter(|table| stays(table)) {
        // whatever is done leaves an event, and the ids of events sort by time
        let newest = to.list(&Query { direction: Direction::Descending, ..Query::all(table, NEWEST) })?;
        let keys: Vec<_> = newest.iter().map(|row| Key::id(table, row.id().clone())).collect();
        if from.read(&keys)?.contains(&None) {
            return Err(holds_its_own(table));
        }
    }
    match are_one(from, to)? {
        false => Ok(()),
        true => Err(Error::because(Code::NotACopy, "source and target are one database")),
    }
}

/// Whether a row of this table, once there, is there for good.
pub(super) fn stays(table: &Table) -> bool {
    !PASSING.iter().any(|passing| passing.is(table))
}

/// Errors: `not_a_copy`, where a write would lose what only the target has.
pub(super) fn loses_nothing(writes: &[Write]) -> Result<()> {
    let loses = |write: &&Write| matches!(write, Write::Delete { .. }) && stays(write.table());
    writes.iter().find(loses).map_or(Ok(()), |write| Err(holds_its_own(write.table())))
}

pub(super) fn holds_its_own(table: &Table) -> Error {
    let name = table.name;
    let message =
        format!("the target holds a `{name}` that the source does not: it is another database, or was used since");
    Error::because(Code::NotACopy, message)
}

/// Whether what is written to the one stands in the other. A count that nobody asks for is written, and removed again.
fn are_one(from: &dyn Store, to: &dyn Store) -> Result<bool> {
    let random = random::bytes(&SystemRandom)?;
    let (id, epoch) = (Id::new(Timestamp::from_millis(0), 0, random), Timestamp::from_millis(0));
    let limit = Limit { id, scope: format!("copy {id}"), count: 0, since: epoch, latest: epoch, until: None };
    commit(to, &changes(vec![Write::insert(Limit::TABLE, limit.cells())])?)?;
    let key = [Key::id(Limit::TABLE, id.to_cell())];
    let seen = from.read(&key);
    let written = to.read(&key)?.into_iter().flatten();
    commit(to, &changes(written.map(|row| Write::delete(Limit::TABLE, &row)).collect())?)?;
    Ok(seen?.iter().any(Option::is_some))
}
