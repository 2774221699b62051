//! Which rows a commit locks before it writes, and in which order: the same for every commit, so that no two wait for
//! each other.
//!
//! Rows that many count in come last, after everything else is written: whoever counts there next waits for little more
//! than the disk.

use std::collections::{BTreeMap, HashSet};

use handfast::store::{Cell, CellType, Changes, CommitError, Expect, Table, Write};
use uuid::Uuid;

use crate::{
    cells::Param,
    failure::Failure,
    sql::{statement::Shape, texts::Texts},
    wire::Ask,
};

/// When the rows of a table are locked and written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Each row by few.
    First,
    /// A row by many, who count in it.
    Last,
}

impl Turn {
    /// Whether the rows of `table` have it.
    pub(super) fn is_of(self, table: &Table) -> bool {
        table.tallies.is_empty() == (self == Turn::First)
    }
}

/// A row that is locked, by the name of its table and its id: the order of the locks within a turn.
type Place = (&'static str, Uuid);

struct Lock<'a> {
    table: &'static Table,
    id: &'a Cell,
    /// The version that it must have.
    version: Option<i64>,
    /// Whether it is to be written.
    claimed: bool,
}

/// The statements that lock what has its turn.
pub(super) fn asks<'a>(texts: &Texts, changes: &'a Changes, turn: Turn) -> Result<Vec<Ask<'a>>, CommitError> {
    let mut locks = BTreeMap::new();
    for expect in &changes.expect {
        if let Expect::Version { table, id, version } = expect
            && turn.is_of(table)
        {
            let Some(place) = place(table, id) else { return Err(CommitError::Conflict) };
            let lock = Lock { table, id, version: Some(*version), claimed: false };
            // no row has two versions
            if locks.entry(place).or_insert(lock).version != Some(*version) {
                return Err(CommitError::Conflict);
            }
        }
    }
    let mut written = claim(&mut locks, changes, turn);
    let mut locks: Vec<_> = locks.into_iter().collect();
    // what is written last and in this very order anyway is locked by being written
    while let Some((place, lock)) = locks.last()
        && lock.claimed
        && lock.version.is_none()
        && written.last() == Some(place)
    {
        written.pop();
        locks.pop();
    }
    let locks: Vec<_> = locks.into_iter().map(|(_, lock)| lock).collect();
    let runs = locks.chunk_by(|one, other| one.table.is(other.table) && !one.claimed && !other.claimed);
    Ok(runs.map(|run| ask(texts, run)).collect::<Result<_, Failure>>()?)
}

/// Notes the rows that are written and were there before; gives them in the order of their first write.
fn claim<'a>(locks: &mut BTreeMap<Place, Lock<'a>>, changes: &'a Changes, turn: Turn) -> Vec<Place> {
    let (mut inserted, mut written, mut seen) = (HashSet::new(), Vec::new(), HashSet::new());
    for write in changes.writes.iter().filter(|write| turn.is_of(write.table())) {
        let (table, id) = (write.table(), super::id_of(write));
        let Some(place) = place(table, id) else { continue };
        if let Write::Insert { .. } = write {
            inserted.insert(place);
        } else if !inserted.contains(&place) {
            let lock = Lock { table, id, version: None, claimed: true };
            locks.entry(place).or_insert(lock).claimed = true;
            if seen.insert(place) {
                written.push(place);
            }
        }
    }
    written
}

fn place(table: &'static Table, id: &Cell) -> Option<Place> {
    if let Cell::Id(id) = id { Some((table.name, *id)) } else { None }
}

/// The statement for a run of locks: one that claims, or all that share.
fn ask<'a>(texts: &Texts, run: &[Lock<'a>]) -> Result<Ask<'a>, Failure> {
    let Some(first) = run.first() else { return Err(Failure::Misuse) };
    let id = Param::Cell(CellType::Id, first.id);
    let (shape, params) = match (run.len(), first.version) {
        (1, None) => (Shape::Claim, vec![id]),
        (1, Some(version)) if first.claimed => (Shape::ClaimAs, vec![id, Param::Int(version)]),
        (1, Some(version)) => (Shape::Share, vec![id, Param::Int(version)]),
        (many, _) => {
            let ids = Param::Cells(CellType::Id, run.iter().map(|lock| lock.id).collect());
            let versions = Param::Ints(run.iter().filter_map(|lock| lock.version).collect());
            let count = i64::try_from(many).map_err(|_| Failure::Misuse)?;
            (Shape::ShareAll, vec![ids, versions, Param::Int(count)])
        }
    };
    Ok(Ask { sql: texts.get(first.table, shape)?, params })
}
