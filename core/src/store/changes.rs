//! What is read by key, and what is committed.

use std::{
    error, fmt,
    hash::{Hash, Hasher},
};

use uuid::Uuid;

use super::{Cell, ID, Index, Search, Table, search};
use crate::error::{Code, Error};

/// A unique key of a table, with its values.
#[derive(Clone, Debug)]
pub struct Key {
    /// The table.
    pub table: &'static Table,
    /// Position in `table.keys`; 0 is the id.
    pub key: usize,
    /// One cell for each column of the key.
    pub cells: Vec<Cell>,
}

impl Key {
    /// The key of an id.
    pub fn id(table: &'static Table, id: Cell) -> Self {
        Key { table, key: 0, cells: vec![id] }
    }

    /// The declaration of this key.
    pub fn declared(&self) -> &'static Index {
        self.table.keys.get(self.key).unwrap_or(&ID)
    }

    /// Whether `cells` are the row of this key's table that it names. NULL equals nothing.
    pub fn names(&self, cells: &[Cell]) -> bool {
        let mut parts = self.declared().columns.iter().zip(&self.cells);
        parts.all(|(at, cell)| *cell != Cell::Null && cells.get(*at) == Some(cell))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.table.is(other.table) && self.key == other.key && self.cells == other.cells
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.table.name, self.key, &self.cells).hash(state);
    }
}

/// A stored record.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1 when inserted, one more at every update.
    pub version: i64,
    /// One cell for each column of the table.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The id.
    pub fn id(&self) -> &Cell {
        self.cells.first().unwrap_or(&Cell::Null)
    }
}

/// All that one decision changes, and what it rests on.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Names this very set of changes, so that a store can tell whether it has applied it already.
    pub id: Uuid,
    /// What must still hold.
    pub expect: Vec<Expect>,
    /// What is written, in order.
    pub writes: Vec<Write>,
}

impl Changes {
    /// The rows that they rest on, with the version that each had; none where nothing was.
    pub(crate) fn grounds(&self) -> impl Iterator<Item = (Key, Option<i64>)> + '_ {
        let expected = self.expect.iter().map(|expect| match expect {
            Expect::Version { table, id, version } => (Key::id(table, id.clone()), Some(*version)),
            Expect::Absent(key) => (key.clone(), None),
        });
        expected.chain(self.writes.iter().filter_map(|write| match write {
            Write::Update { table, version, cells, .. } => {
                Some((Key::id(table, cells.first()?.clone()), Some(*version)))
            }
            Write::Delete { table, version, id, .. } => Some((Key::id(table, id.clone()), Some(*version))),
            Write::Insert { .. } | Write::Add { .. } => None,
        }))
    }
}

/// What must still hold for the writes to happen.
#[derive(Clone, Debug)]
pub enum Expect {
    /// The row still has this version.
    Version {
        /// The table.
        table: &'static Table,
        /// The row's id.
        id: Cell,
        /// Its version when it was read.
        version: i64,
    },
    /// Nothing is there.
    Absent(Key),
}

/// One write.
#[derive(Clone, Debug)]
pub enum Write {
    /// A new row, of version 1.
    Insert {
        /// The table.
        table: &'static Table,
        /// One cell for each column.
        cells: Vec<Cell>,
        /// The words by which it is to be found.
        words: Vec<Words>,
    },
    /// New cells for a row that still has `version`; its version grows by one.
    Update {
        /// The table.
        table: &'static Table,
        /// The version that was read.
        version: i64,
        /// One cell for each column.
        cells: Vec<Cell>,
        /// A bit for each column that differs, the first column lowest. The others keep what is stored.
        changed: u64,
        /// How the words by which it is found change.
        words: Vec<Words>,
    },
    /// Removes a row that still has `version`.
    Delete {
        /// The table.
        table: &'static Table,
        /// The version that was read.
        version: i64,
        /// The row's id.
        id: Cell,
        /// The words by which it was found.
        words: Vec<Words>,
    },
    /// Adds to a number, whatever it is now: many can count at once and none loses. The row's version
    /// stays, and no key or index holds the column. The number stops at the ends of its 64 bits; NULL stays
    /// NULL. `Conflict` when there is no such row.
    Add {
        /// The table.
        table: &'static Table,
        /// The row's id.
        id: Cell,
        /// Position in `table.columns`.
        column: usize,
        /// What is added.
        amount: i64,
    },
}

/// Words by which a row is found from now on, or no longer.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Position in `table.searches`.
    pub search: usize,
    /// The cells of the columns that the search fixes.
    pub fixed: Vec<Cell>,
    /// Found by these from now on; folded, none twice.
    pub gained: Vec<String>,
    /// Found by these no longer.
    pub lost: Vec<String>,
}

impl Write {
    /// A new row.
    pub fn insert(table: &'static Table, cells: Vec<Cell>) -> Self {
        Write::Insert { words: search::difference(table, None, Some(&cells)), table, cells }
    }

    /// What makes `cells` of `row`; `None` when they are the same.
    pub fn update(table: &'static Table, row: &Row, cells: Vec<Cell>) -> Option<Self> {
        let pairs = row.cells.iter().zip(&cells).enumerate();
        let changed = pairs.filter(|(_, (old, new))| old != new).fold(0, |bits, (at, _)| bits | 1 << at);
        let searched = table.searches.iter().flat_map(Search::columns);
        let words = match searched.fold(0, |bits, at| bits | 1 << at) & changed {
            0 => Vec::new(),
            _ => search::difference(table, Some(&row.cells), Some(&cells)),
        };
        (changed != 0).then_some(Write::Update { table, version: row.version, cells, changed, words })
    }

    /// The removal of `row`.
    pub fn delete(table: &'static Table, row: &Row) -> Self {
        let words = search::difference(table, Some(&row.cells), None);
        Write::Delete { table, version: row.version, id: row.id().clone(), words }
    }

    /// The table that is written.
    pub fn table(&self) -> &'static Table {
        match self {
            Write::Insert { table, .. }
            | Write::Update { table, .. }
            | Write::Delete { table, .. }
            | Write::Add { table, .. } => table,
        }
    }
}

/// Why nothing, or nothing known, was committed.
#[derive(Debug)]
pub enum CommitError {
    /// Something read has changed since: decide again.
    Conflict,
    /// Another row holds this unique key.
    Duplicate {
        /// The table.
        table: &'static Table,
        /// Position in `table.keys`.
        key: usize,
    },
    /// The answer was lost: send the same changes again.
    InDoubt,
    /// The store failed; nothing was written.
    Store(Error),
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommitError::Conflict => f.write_str(Code::Contention.sentence()),
            CommitError::Duplicate { table, key } => {
                let name = table.keys.get(*key).map_or("key", |key| key.name);
                write!(f, "another `{}` has the same `{name}`", table.name)
            }
            CommitError::InDoubt => f.write_str(Code::InDoubt.sentence()),
            CommitError::Store(error) => error.fmt(f),
        }
    }
}

impl error::Error for CommitError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        if let CommitError::Store(error) = self { error::Error::source(error) } else { None }
    }
}

impl From<Error> for CommitError {
    fn from(error: Error) -> Self {
        CommitError::Store(error)
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict => Error::new(Code::Contention),
            CommitError::Duplicate { .. } => Error::because(Code::AlreadyThere, error.to_string()),
            CommitError::InDoubt => Error::new(Code::InDoubt),
            CommitError::Store(error) => error,
        }
    }
}
