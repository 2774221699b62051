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
/// has not.
pub const PASSING: &[&Table] =
    &[Limit::TABLE, AddressChange::TABLE, TwoFactor::TABLE, StoredCode::TABLE, Ticket::TABLE, TagMark::TABLE];

/// Errors: `not_a_copy`, the stores' own.
pub(super) fn check(from: &dyn Store, to: &dyn Store) -> Result<()> {
    let (mut newest, mut names) = (Vec::new(), Vec::new());
    for table in SCHEMA.tables.iter().filter(|table| !PASSING.iter().any(|passing| passing.is(table))) {
        let last = to.list(&Query { direction: Direction::Descending, ..Query::all(table, 1) })?;
        // whatever is done leaves an event, whose ids sort by time: a copy that was used has one that is newer
        newest.extend(last.iter().map(|row| Key::id(table, row.id().clone())));
        names.extend(last.iter().map(|_| table.name));
    }
    let known = from.read(&newest)?;
    if let Some((_, name)) = known.iter().zip(names).find(|(row, _)| row.is_none()) {
        let message =
            format!("the target holds a `{name}` that the source does not: it is another database, or was used");
        return Err(Error::because(Code::NotACopy, message));
    }
    match are_one(from, to)? {
        false => Ok(()),
        true => Err(Error::because(Code::NotACopy, "source and target are one database")),
    }
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
