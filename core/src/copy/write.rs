//! What one batch writes, and what is done about a key that is in its way.

use std::{sync::Arc, thread, time::Duration};

use uuid::Uuid;

use super::target::{holds_its_own, stays};
use crate::{
    error::Result,
    random::{self, SystemRandom},
    store::{Cell, Changes, CommitError, Key, Row, Store, Table, Write},
};

/// How often a commit whose answer was lost is sent again.
const ASKED_AGAIN: u32 = 4;
/// The wait before the first time; each further one doubles it.
const WAIT: Duration = Duration::from_millis(10);

/// What became of a batch.
pub(super) enum Wrote {
    /// It is done.
    All { written: u64, removed: u64 },
    /// Somebody else changed the target: look again.
    Nothing,
    /// Rows that held keys of the batch were removed: look again. They come later, unless they lie behind.
    Room { removed: u64, behind: bool },
}

/// Writes a batch of rows after the id `after`. Errors: `not_a_copy`, `in_doubt`, the stores' own.
pub(super) fn write(from: &dyn Store, to: &dyn Store, writes: Vec<Write>, after: Option<&Cell>) -> Result<Wrote> {
    let gone = writes.iter().filter(|write| matches!(write, Write::Delete { .. })).count();
    let (removed, written) = (gone as u64, (writes.len() - gone) as u64);
    let changes = changes(writes)?;
    match commit(to, &changes) {
        Ok(()) => Ok(Wrote::All { written, removed }),
        // an id that is there by now is no more than a row that changed
        Err(CommitError::Conflict | CommitError::Duplicate { key: 0, .. }) => Ok(Wrote::Nothing),
        Err(CommitError::Duplicate { table, key }) => {
            let holders = holders(to, &changes.writes, table, key)?;
            make_room(from, to, table, &holders, after)
        }
        Err(error) => Err(error.into()),
    }
}

/// Commits, and sends the same again while the answer is lost; of nothing, does nothing.
pub(super) fn commit(to: &dyn Store, changes: &Arc<Changes>) -> Result<(), CommitError> {
    if changes.writes.is_empty() {
        return Ok(());
    }
    for asked in 0..ASKED_AGAIN {
        match to.commit(Arc::clone(changes)) {
            Err(CommitError::InDoubt) => thread::sleep(WAIT * (1 << asked)),
            known => return known,
        }
    }
    to.commit(Arc::clone(changes))
}

pub(super) fn changes(writes: Vec<Write>) -> Result<Arc<Changes>> {
    let id = Uuid::from_bytes(random::bytes(&SystemRandom)?);
    Ok(Arc::new(Changes { id, expect: Vec::new(), writes }))
}

/// The rows that hold a key which the batch gives to other rows.
fn holders(to: &dyn Store, writes: &[Write], table: &'static Table, key: usize) -> Result<Vec<Row>> {
    let columns = table.keys.get(key).map_or([].as_slice(), |key| key.columns);
    let put = writes.iter().filter_map(|write| match write {
        Write::Insert { cells, .. } | Write::Update { cells, .. } => Some(cells),
        Write::Delete { .. } | Write::Add { .. } => None,
    });
    let named = |cells: &Vec<Cell>| columns.iter().filter_map(|at| cells.get(*at).cloned()).collect();
    let asked = put.map(|cells| (cells.first(), Key { table, key, cells: named(cells) }));
    let (ids, keys): (Vec<_>, Vec<_>) = asked.unzip();
    let found = ids.into_iter().zip(to.read(&keys)?);
    Ok(found.filter_map(|(id, row)| row.filter(|row| Some(row.id()) != id)).collect())
}

/// Removes rows that hold keys of others: the keys have moved between rows of the source, so that these have others by
/// now, or are gone.
fn make_room(
    from: &dyn Store,
    to: &dyn Store,
    table: &'static Table,
    holders: &[Row],
    after: Option<&Cell>,
) -> Result<Wrote> {
    let keys: Vec<_> = holders.iter().map(|row| Key::id(table, row.id().clone())).collect();
    if stays(table) && from.read(&keys)?.contains(&None) {
        return Err(holds_its_own(table));
    }
    let behind = holders.iter().any(|row| Some(row.id()) <= after);
    match commit(to, &changes(holders.iter().map(|row| Write::delete(table, row)).collect())?) {
        Ok(()) => Ok(Wrote::Room { removed: holders.len() as u64, behind }),
        Err(CommitError::Conflict) => Ok(Wrote::Nothing),
        Err(error) => Err(error.into()),
    }
}
