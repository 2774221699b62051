//! What becomes of a commit.

use std::sync::atomic::Ordering::SeqCst;

use handfast::{
    Result,
    store::{Cell, Changes, CommitError, Expect, Index, Key, Row, Table, Write},
};

use super::{Naive, State, pick};
use crate::{flaws::Flaw::*, mangle};

impl Naive {
    /// The key of `row` that another row holds.
    fn clash(&self, state: &State, table: &'static Table, row: &Row) -> Option<usize> {
        let others = state.rows.get(table.name).into_iter().flatten();
        let others: Vec<_> = others.filter(|other| other.id() != row.id() || self.has(ClashesWithItself)).collect();
        let mut keys: Vec<_> = table.keys.iter().enumerate().skip(1).collect();
        if self.has(NamesTheLastKey) {
            keys.reverse();
        }
        let taken = |(at, key): (usize, &Index)| {
            let mine = pick(key.columns, &row.cells);
            let held = self.has(NeverFreesKeys) && state.held.contains(&(table.name, at, mine.clone()));
            let by_other = others.iter().any(|other| self.same_key(&mine, &pick(key.columns, &other.cells)));
            (held || by_other).then_some(at)
        };
        keys.into_iter().find_map(taken)
    }

    pub(super) fn expects(&self, state: &State, expect: &Expect) -> bool {
        match expect {
            Expect::Version { .. } if self.has(ForgetsVersionsExpected) => true,
            Expect::Version { table, id, version } => {
                self.find(state, &Key::id(table, id.clone())).is_some_and(|row| row.version == *version)
            }
            Expect::Absent(_) if self.has(ForgetsAbsences) => true,
            Expect::Absent(key) => self.find(state, key).is_none(),
        }
    }

    /// The row that a write leaves, `None` for none.
    fn outcome(&self, state: &State, write: &Write) -> Result<Option<Row>, CommitError> {
        let standing = |id: &Cell, version: i64| {
            let row = self.find(state, &Key::id(write.table(), id.clone())).cloned();
            row.filter(|row| version == row.version || version == 0 || self.has(ForgetsVersions))
                .ok_or(CommitError::Conflict)
        };
        Ok(match write {
            Write::Insert { table, cells, .. } => {
                let row = Row { version: i64::from(!self.has(BeginsAtVersionZero)), cells: cells.clone() };
                let there = self.find(state, &Key::id(table, row.id().clone())).is_some();
                if there && !self.has(ReplacesRows) {
                    return Err(CommitError::Duplicate { table, key: 0 });
                }
                Some(row)
            }
            Write::Update { version, cells, changed, .. } => {
                let mut row = standing(&cells[0], *version)?;
                for (at, (old, new)) in row.cells.iter_mut().zip(cells).enumerate() {
                    let kept = self.has(KeepsEmptiedColumns) && *new == Cell::Null;
                    if (changed >> at & 1 == 1 || self.has(WritesAllColumns)) && !kept {
                        *old = new.clone();
                    }
                }
                row.version += i64::from(!self.has(KeepsVersions));
                Some(row)
            }
            Write::Delete { id, version, .. } => {
                standing(id, *version)?;
                None
            }
            Write::Add { id, column, amount, .. } => {
                let mut row = standing(id, 0)?;
                row.cells[*column] = match &row.cells[*column] {
                    Cell::Int(number) if self.has(AddsBeyond) => Cell::Int(number.wrapping_add(*amount)),
                    Cell::Int(number) => Cell::Int(number.saturating_add(*amount)),
                    Cell::Null if self.has(AddsToNull) => Cell::Int(*amount),
                    other => other.clone(),
                };
                row.version += i64::from(self.has(AddsWithANewVersion));
                Some(row)
            }
        })
    }

    fn write(&self, state: &mut State, write: &Write) -> Result<(), CommitError> {
        let table = write.table();
        let row = match self.outcome(state, write) {
            Err(CommitError::Conflict) if self.has(IgnoresMissingRows) => return Ok(()),
            outcome => outcome?,
        };
        let id = match (&row, write) {
            (Some(row), _) => row.id().clone(),
            (None, Write::Delete { id, .. }) => id.clone(),
            (None, _) => return Ok(()),
        };
        let row = row.map(|row| Row { cells: mangle::stored(self.flaw, table, row.cells), ..row });
        let update = matches!(write, Write::Update { .. });
        let unchecked = self.has(AllowsDuplicates) || self.has(ChecksKeysOfInsertsOnly) && update;
        if let Some(key) = row.as_ref().filter(|_| !unchecked).and_then(|row| self.clash(state, table, row)) {
            return Err(CommitError::Duplicate { table, key });
        }
        self.note_words(state, write, &id);
        let rows = state.rows.entry(table.name).or_default();
        if row.is_some() || !self.has(KeepsDeletedRows) {
            rows.retain(|other| *other.id() != id);
        }
        for (at, key) in table.keys.iter().enumerate().filter(|_| row.is_some()) {
            let mine = row.as_ref().map(|row| pick(key.columns, &row.cells)).unwrap_or_default();
            state.held.insert((table.name, at, mine));
        }
        rows.extend(row);
        Ok(())
    }

    fn note_words(&self, state: &mut State, write: &Write, id: &Cell) {
        let (Write::Insert { words, .. } | Write::Update { words, .. } | Write::Delete { words, .. }) = write else {
            return;
        };
        let table = write.table();
        if let (true, Write::Update { cells, .. }) = (self.has(LosesSharedWords), write) {
            let name = |cells: &[Cell]| match &cells[table.searches[0].over[0]] {
                Cell::Text(text) => handfast::value::words(text),
                _ => Vec::new(),
            };
            let old = self.find(state, &Key::id(table, id.clone())).map(|row| name(&row.cells)).unwrap_or_default();
            let new = name(cells);
            state.words.retain(|found| found.4 != *id || !old.contains(&found.3) || new.contains(&found.3));
        }
        for words in words {
            let entry = |word: &String| (table.name, words.search, words.fixed.clone(), word.clone(), id.clone());
            if !self.has(KeepsOldWords) {
                let lost: Vec<_> = words.lost.iter().map(entry).collect();
                state.words.retain(|found| !lost.contains(found));
            }
            state.words.extend(words.gained.iter().map(entry));
        }
    }

    /// A commit during which others can read, and commit.
    pub(super) fn commit_unlocked(&self, changes: &Changes) -> Result<(), CommitError> {
        let before = self.state().clone();
        self.linger();
        match self.changed(&before, changes) {
            Ok(after) => *self.state() = after,
            Err(error) => {
                if self.has(ShowsWhatFails) {
                    *self.state() = before;
                }
                return Err(error);
            }
        }
        self.commits.fetch_add(1, SeqCst);
        Ok(())
    }

    /// `state` with `changes` in it.
    pub(super) fn changed(&self, state: &State, changes: &Changes) -> Result<State, CommitError> {
        let mut after = state.clone();
        let mut writes: Vec<_> = changes.writes.iter().collect();
        if self.has(DropsTheLastWrite) {
            writes.pop();
        }
        if self.has(ReordersWrites) {
            writes.sort_by_key(|write| !matches!(write, Write::Add { .. }));
        }
        if self.has(AddsOnce) {
            let mut seen = Vec::new();
            writes.retain(|write| {
                let known = format!("{write:?}");
                let again = matches!(write, Write::Add { .. }) && seen.contains(&known);
                seen.push(known);
                !again
            });
        }
        for write in writes {
            if self.has(ChecksKeysTooEarly) {
                let row = self.outcome(&after, write)?;
                if let Some(key) = row.and_then(|row| self.clash(state, write.table(), &row)) {
                    return Err(CommitError::Duplicate { table: write.table(), key });
                }
            }
            if let Err(error) = self.write(&mut after, write) {
                if self.has(CommitsHalf) {
                    *self.state() = after;
                }
                return Err(error);
            }
            if self.has(ShowsWhatFails) {
                *self.state() = after.clone();
                self.linger();
            }
        }
        Ok(after)
    }
}
