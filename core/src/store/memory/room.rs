//! One table in memory, with its keys, its indexes and its words.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{self, Excluded, Included, Unbounded},
};

use crate::store::{Cell, CommitError, Direction, Index, Key, Query, Row, Table, Write, search};

pub(super) struct Room {
    table: &'static Table,
    rows: BTreeMap<Cell, Row>,
    /// Unique keys but the id: key, cells -> id.
    keys: BTreeMap<(usize, Vec<Cell>), Cell>,
    /// By index: the cells of its order; the last of them is the id.
    indexes: BTreeMap<Place, BTreeSet<Vec<Cell>>>,
    /// By search: word, id.
    words: BTreeMap<Place, BTreeSet<(String, Cell)>>,
}

/// Which index or search, and the cells that it fixes.
type Place = (usize, Vec<Cell>);

/// Between which entries of an order.
type Bounds = (Bound<Vec<Cell>>, Bound<Vec<Cell>>);

/// What stood under an id before a write.
pub(super) type Before = (Cell, Option<Row>);

fn pick(columns: &[usize], cells: &[Cell]) -> Vec<Cell> {
    columns.iter().filter_map(|at| cells.get(*at).cloned()).collect()
}

/// Between which entries of an order a page lies; `None` where nothing can. A bound is shorter than an entry, and so
/// sorts before all that begin with it.
fn bounds(query: &Query) -> Option<Bounds> {
    let [from, until] = [&query.from, &query.until].map(|bound| bound.clone().map(|cell| vec![cell]));
    let after = query.after.clone();
    let (begin, end) = match query.direction {
        Direction::Ascending => (after.map(Excluded).or(from.map(Included)), until),
        Direction::Descending => (from.map(Included), after.or(until)),
    };
    let (begin, end) = (begin.unwrap_or(Unbounded), end.map_or(Unbounded, Excluded));
    match (&begin, &end) {
        (Excluded(begin) | Included(begin), Excluded(end)) if begin >= end => None,
        _ => Some((begin, end)),
    }
}

fn page<'a>(rows: impl DoubleEndedIterator<Item = &'a Row>, query: &Query) -> Vec<Row> {
    let limit = query.limit as usize;
    match query.direction {
        Direction::Ascending => rows.take(limit).cloned().collect(),
        Direction::Descending => rows.rev().take(limit).cloned().collect(),
    }
}

impl Room {
    pub(super) fn new(table: &'static Table) -> Self {
        let (rows, keys, indexes, words) = Default::default();
        Room { table, rows, keys, indexes, words }
    }

    pub(super) fn find(&self, key: &Key) -> Option<&Row> {
        match key.key {
            0 => self.rows.get(key.cells.first()?),
            other => self.rows.get(self.keys.get(&(other, key.cells.clone()))?),
        }
    }

    pub(super) fn stands(&self, id: &Cell, version: i64) -> bool {
        self.rows.get(id).is_some_and(|row| row.version == version)
    }

    /// One page of the index `at`.
    pub(super) fn list(&self, at: usize, query: &Query) -> Vec<Row> {
        let order = self.indexes.get(&(at, query.fixed.clone()));
        let entries = order.zip(bounds(query)).into_iter().flat_map(|(order, bounds)| order.range(bounds));
        page(entries.filter_map(|entry| self.rows.get(entry.last()?)), query)
    }

    /// One page of all rows.
    pub(super) fn all(&self, query: &Query) -> Vec<Row> {
        let id = |entry: Vec<Cell>| entry.into_iter().next().unwrap_or(Cell::Null);
        let bounds = bounds(query).map(|(from, until)| (from.map(id), until.map(id)));
        page(bounds.into_iter().flat_map(|bounds| self.rows.range(bounds)).map(|(_, row)| row), query)
    }

    /// One page of what `words` find.
    pub(super) fn search(&self, search: usize, words: &[String], query: &Query) -> Vec<Row> {
        let declared = self.table.searches.get(search).zip(words.split_first());
        let (Some((declared, (first, others))), Some(entries)) =
            (declared, self.words.get(&(search, query.fixed.clone())))
        else {
            return Vec::new();
        };
        let begin = match query.after.as_deref() {
            Some([Cell::Text(word), id]) => Excluded((word.clone(), id.clone())),
            _ => Included((first.clone(), Cell::Null)),
        };
        let begins = |word: &str, prefix: &str| word.starts_with(prefix);
        let range = entries.range((begin, Unbounded)).take_while(|(word, _)| begins(word, first));
        let found = range.filter_map(|(word, id)| {
            let row = self.rows.get(id)?;
            let own = search::of_row(declared, &row.cells);
            let is_first = own.iter().find(|own| begins(own, first)) == Some(word);
            let has_others = others.iter().all(|prefix| own.iter().any(|own| begins(own, prefix)));
            (is_first && has_others).then_some(row)
        });
        found.take(query.limit as usize).cloned().collect()
    }

    /// The unique keys of a row that say something: a NULL in one makes it equal to no other.
    fn unique(&self, cells: &[Cell]) -> Vec<(usize, Vec<Cell>)> {
        let keys = self.table.keys.iter().enumerate().skip(1);
        let picked = keys.map(|(at, key)| (at, pick(key.columns, cells)));
        picked.filter(|(_, cells)| !cells.contains(&Cell::Null)).collect()
    }

    /// The unique key of `row` that another row holds.
    fn clash(&self, row: &Row) -> Option<usize> {
        let held = |key: &(usize, Vec<Cell>)| self.keys.get(key).is_some_and(|id| id != row.id());
        self.unique(&row.cells).into_iter().find(held).map(|(key, _)| key)
    }

    /// Makes `row` what stands under `id`; gives what stood there.
    pub(super) fn set(&mut self, id: Cell, row: Option<Row>) -> Option<Row> {
        let before = self.rows.remove(&id);
        if let Some(row) = &before {
            for key in self.unique(&row.cells) {
                self.keys.remove(&key);
            }
            self.file(row, |order, entry| _ = order.remove(&entry), |words, entry| _ = words.remove(&entry));
        }
        if let Some(row) = row {
            for key in self.unique(&row.cells) {
                self.keys.insert(key, id.clone());
            }
            self.file(&row, |order, entry| _ = order.insert(entry), |words, entry| _ = words.insert(entry));
            self.rows.insert(id, row);
        }
        before
    }

    /// Hands every index entry and every word of `row` to `order` and `words`, with the set it belongs to.
    fn file(
        &mut self,
        row: &Row,
        order: impl Fn(&mut BTreeSet<Vec<Cell>>, Vec<Cell>),
        words: impl Fn(&mut BTreeSet<(String, Cell)>, (String, Cell)),
    ) {
        for (at, Index { columns, fixed, .. }) in self.table.indexes.iter().enumerate() {
            let (fixed, rest) = columns.split_at(*fixed);
            let set = self.indexes.entry((at, pick(fixed, &row.cells))).or_default();
            order(set, pick(rest, &row.cells));
        }
        for (at, declared) in self.table.searches.iter().enumerate() {
            let set = self.words.entry((at, pick(declared.fixed, &row.cells))).or_default();
            for word in search::of_row(declared, &row.cells) {
                words(set, (word, row.id().clone()));
            }
        }
    }

    /// Does one write; gives what undoes it.
    pub(super) fn write(&mut self, write: &Write) -> Result<Before, CommitError> {
        let (id, row) = self.outcome(write)?;
        if let Some(key) = row.as_ref().and_then(|row| self.clash(row)) {
            return Err(CommitError::Duplicate { table: self.table, key });
        }
        let before = self.set(id.clone(), row);
        Ok((id, before))
    }

    /// The row that a write leaves under an id.
    fn outcome(&self, write: &Write) -> Result<(Cell, Option<Row>), CommitError> {
        let standing = |id: &Cell, version: Option<i64>| {
            let row = self.rows.get(id).filter(|row| version.is_none_or(|version| row.version == version));
            row.cloned().ok_or(CommitError::Conflict)
        };
        match write {
            Write::Insert { cells, .. } => {
                let row = Row { version: 1, cells: cells.clone() };
                match self.rows.contains_key(row.id()) {
                    true => Err(CommitError::Duplicate { table: self.table, key: 0 }),
                    false => Ok((row.id().clone(), Some(row))),
                }
            }
            Write::Update { version, cells, changed, .. } => {
                let mut row = standing(cells.first().unwrap_or(&Cell::Null), Some(*version))?;
                let pairs = row.cells.iter_mut().zip(cells).enumerate().filter(|(at, _)| changed >> at & 1 == 1);
                pairs.for_each(|(_, (old, new))| old.clone_from(new));
                row.version += 1;
                Ok((row.id().clone(), Some(row)))
            }
            Write::Delete { version, id, .. } => standing(id, Some(*version)).map(|row| (row.id().clone(), None)),
            Write::Add { id, column, amount, .. } => {
                let mut row = standing(id, None)?;
                if let Some(Cell::Int(number)) = row.cells.get_mut(*column) {
                    *number = number.saturating_add(*amount);
                }
                Ok((row.id().clone(), Some(row)))
            }
        }
    }
}
