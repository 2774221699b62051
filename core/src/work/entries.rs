//! The rows that a decision knows, and the keys that it found nothing under. What is found does not depend on how many
//! there are: a few are looked through, many are found by an index.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry as Slot},
    iter,
};

use crate::store::{Cell, Key, Row, Table};

/// So many are looked through faster than an index of them is made; most decisions know fewer.
const FEW: usize = 24;

/// A row as it was when read, and as it should be.
pub(super) struct Entry {
    pub(super) table: &'static Table,
    pub(super) id: Cell,
    pub(super) was: Option<Row>,
    pub(super) is: Is,
}

/// What a decision makes of a row.
pub(super) enum Is {
    Untouched,
    Put(Vec<Cell>),
    Gone,
}

impl Entry {
    /// The row as this work has left it.
    pub(super) fn cells(&self) -> Option<&Vec<Cell>> {
        match &self.is {
            Is::Untouched => self.was.as_ref().map(|row| &row.cells),
            Is::Put(cells) => Some(cells),
            Is::Gone => None,
        }
    }

    fn is_named_by(&self, key: &Key) -> bool {
        self.table.is(key.table) && self.cells().is_some_and(|cells| key.names(cells))
    }

    /// The id's key, by which it is found for good, and the others that it stands under now.
    fn keys(&self) -> impl Iterator<Item = Key> {
        let table = self.table;
        let others = table.keys.iter().enumerate().skip(1).filter_map(move |(key, declared)| {
            let cell = |at: &usize| self.cells()?.get(*at).filter(|cell| **cell != Cell::Null).cloned();
            Some(Key { table, key, cells: declared.columns.iter().map(cell).collect::<Option<_>>()? })
        });
        iter::once(Key::id(table, self.id.clone())).chain(others)
    }
}

/// Rows in the order in which they became known.
#[derive(Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    /// Under each key that a row stood under once, the first row that still does; empty while there are few rows.
    index: HashMap<Key, usize>,
}

impl Entries {
    pub(super) fn all(&self) -> &[Entry] {
        &self.all
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.all.push(entry);
        if self.all.len() > FEW {
            let first = if self.index.is_empty() { 0 } else { self.all.len() - 1 };
            (first..self.all.len()).for_each(|at| self.note(at));
        }
    }

    /// Changes a row that is known; whether it is.
    pub(super) fn set(&mut self, table: &'static Table, id: &Cell, is: Is) -> bool {
        let Some(at) = self.place(table, id) else { return false };
        if let Some(entry) = self.all.get_mut(at) {
            entry.is = is;
        }
        if !self.index.is_empty() {
            self.note(at);
        }
        true
    }

    /// The entry of an id, also where the row is to go.
    pub(super) fn of_id(&self, table: &'static Table, id: &Cell) -> Option<&Entry> {
        self.all.get(self.place(table, id)?)
    }

    /// The row that stands under a key now.
    pub(super) fn under(&self, key: &Key) -> Option<&Entry> {
        let first = || self.all.iter().find(|entry| entry.is_named_by(key));
        if self.index.is_empty() {
            return first();
        }
        let entry = self.all.get(*self.index.get(key)?)?;
        // one that has left the key may have left it to another
        if entry.is_named_by(key) { Some(entry) } else { first() }
    }

    pub(super) fn drain(&mut self) -> impl Iterator<Item = Entry> {
        self.index.clear();
        self.all.drain(..)
    }

    fn place(&self, table: &'static Table, id: &Cell) -> Option<usize> {
        match self.index.is_empty() {
            true => self.all.iter().position(|entry| entry.table.is(table) && entry.id == *id),
            false => self.index.get(&Key::id(table, id.clone())).copied(),
        }
    }

    /// Keeps the keys of a row in the index: of two rows the first counts, and an id is one row's for good.
    fn note(&mut self, at: usize) {
        let Some(entry) = self.all.get(at) else { return };
        for key in entry.keys() {
            match self.index.entry(key) {
                Slot::Vacant(free) => drop(free.insert(at)),
                // an id is one row's for good
                Slot::Occupied(taken) if taken.key().key == 0 => {}
                Slot::Occupied(mut taken) => {
                    let stands = |entry: &Entry| entry.is_named_by(taken.key());
                    let first = match self.all.get(*taken.get()).is_some_and(stands) {
                        true => at.min(*taken.get()),
                        // who left it may have left it to another than this
                        false => self.all.iter().position(stands).unwrap_or(at),
                    };
                    taken.insert(first);
                }
            }
        }
    }
}

/// Keys that nothing was found under, in the order in which they were looked up.
#[derive(Default)]
pub(super) struct Absent {
    all: Vec<Key>,
    /// The same; empty while there are few.
    index: HashSet<Key>,
}

impl Absent {
    pub(super) fn all(&self) -> &[Key] {
        &self.all
    }

    pub(super) fn push(&mut self, key: Key) {
        self.all.push(key);
        if self.all.len() > FEW {
            let first = if self.index.is_empty() { 0 } else { self.all.len() - 1 };
            self.index.extend(self.all.iter().skip(first).cloned());
        }
    }

    pub(super) fn contains(&self, key: &Key) -> bool {
        if self.index.is_empty() { self.all.contains(key) } else { self.index.contains(key) }
    }
}

#[cfg(test)]
mod tests;
