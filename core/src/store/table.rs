//! The declared shape of a table: what every store builds its schema and its statements from.

use super::{CellType, Field};
use crate::error::{Code, Error, Result};

/// A set of tables and the version they have reached.
#[derive(Debug)]
pub struct Schema {
    /// What it belongs to: `handfast` for the library's own.
    pub name: &'static str,
    /// How many numbered migrations lead to it.
    pub version: SchemaVersion,
    /// All tables.
    pub tables: &'static [&'static Table],
}

impl Schema {
    /// Whether a database of version `found`, or of none, lacks something of it. Errors: `newer_schema`.
    pub fn is_behind(&self, found: Option<SchemaVersion>) -> Result<bool> {
        let Some(found) = found else { return Ok(true) };
        if found <= self.version {
            return Ok(found < self.version);
        }
        let (name, found, known) = (self.name, found.0, self.version.0);
        let message = format!("the database has version {found} of `{name}`, and this program knows version {known}");
        Err(Error::because(Code::NewerSchema, message))
    }
}

/// The number of a schema: 1 for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaVersion(pub u32);

/// One kind of record.
#[derive(Debug)]
pub struct Table {
    /// Its name; SQL stores put `handfast_` before it.
    pub name: &'static str,
    /// The columns; the first is the id. Beside them every store keeps the row's version.
    pub columns: &'static [Column],
    /// The unique keys; the first is the id.
    pub keys: &'static [Index],
    /// The orders that can be listed; each ends with the id.
    pub indexes: &'static [Index],
    /// What can be found by words.
    pub searches: &'static [Search],
    /// The numbers that many may add to at once: positions in `Table::columns`. No key and no list holds one. Such a row is
    /// written by many, so a store that locks rows does well to lock it last.
    pub tallies: &'static [usize],
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name, in every store.
    pub name: &'static str,
    /// What it holds.
    pub ty: CellType,
    /// Whether it may be empty.
    pub optional: bool,
}

/// A unique key, or an order that can be listed.
#[derive(Debug)]
pub struct Index {
    /// Its name, unique in its table.
    pub name: &'static str,
    /// Positions in `Table::columns`.
    pub columns: &'static [usize],
    /// How many leading columns a list fixes; the rest is its order. All of them for a key.
    pub fixed: usize,
}

/// Records that can be found by the words in some of their columns.
#[derive(Debug)]
pub struct Search {
    /// Its name, unique in its table.
    pub name: &'static str,
    /// The columns that a search fixes: positions in `Table::columns`.
    pub fixed: &'static [usize],
    /// The columns whose words are found: positions in `Table::columns`.
    pub over: &'static [usize],
    /// The columns of telephone numbers, found by their digits however they are written.
    pub digits: &'static [usize],
    /// What a search can be narrowed by.
    pub marks: &'static [Mark],
}

impl Search {
    /// The columns that its words come from.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        let plain = self.fixed.iter().chain(self.over).chain(self.digits).copied();
        plain.chain(self.marks.iter().map(|mark| mark.column))
    }
}

/// A column that marks its row: a search can ask for the rows that have a value there.
#[derive(Debug)]
pub struct Mark {
    /// The column's name, which stands in the mark.
    pub name: &'static str,
    /// Position in `Table::columns`.
    pub column: usize,
    /// Whether it holds a list in JSON, each entry a mark of its own.
    pub many: bool,
}

/// The order of a whole table.
const BY_ID: Index = Index { name: "id", columns: &[0], fixed: 0 };

/// The key that every table has.
pub const ID: Index = Index { name: "id", columns: &[0], fixed: 1 };

impl Table {
    /// The order of an index by its position, or of the whole table, which is that of the ids.
    pub fn order(&self, index: Option<usize>) -> Option<&'static Index> {
        index.map_or(Some(&BY_ID), |at| self.indexes.get(at))
    }

    /// The tally of this name.
    pub(crate) fn tally(&self, name: &str) -> Option<usize> {
        let is_named = |at: &usize| self.columns.get(*at).is_some_and(|column| column.name == name);
        self.tallies.iter().copied().find(is_named)
    }

    /// Whether both are the same table.
    pub fn is(&self, other: &Table) -> bool {
        std::ptr::eq(self, other) || self.name == other.name
    }
}

impl Column {
    /// The column of a field.
    pub const fn of<T: Field>(name: &'static str) -> Self {
        Column { name, ty: T::TYPE, optional: T::OPTIONAL }
    }
}

// The checks below run while compiling: a wrong declaration does not build, so their panics reach nobody.

/// The position of a column.
#[allow(clippy::panic)]
pub const fn position(columns: &[Column], name: &str) -> usize {
    let mut at = 0;
    while at < columns.len() {
        if same(columns[at].name.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("a key, an index or a search names a column that the record does not have")
}

/// Whether there is a column of this name.
pub const fn has(columns: &[Column], name: &str) -> bool {
    let mut at = 0;
    while at < columns.len() {
        if same(columns[at].name.as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// The position of a column that a list can be ordered by: stores disagree on where NULL sorts, and text
/// order is not the order of decimals.
pub const fn ordered(columns: &[Column], name: &str) -> usize {
    let at = position(columns, name);
    assert!(!columns[at].optional, "a list cannot be ordered by an optional column");
    assert!(
        !matches!(columns[at].ty, CellType::Decimal | CellType::Json | CellType::Secret),
        "a list cannot be ordered by a decimal, JSON or a secret"
    );
    at
}

/// The position of a column that a search can be fixed to: its words are stored under it.
pub const fn scoped(columns: &[Column], name: &str) -> usize {
    let at = position(columns, name);
    assert!(!columns[at].optional, "a search cannot be fixed to an optional column");
    at
}

/// The position of a column whose words can be found.
pub const fn searched(columns: &[Column], name: &str) -> usize {
    let at = position(columns, name);
    assert!(matches!(columns[at].ty, CellType::Text), "only text can be searched");
    at
}

/// A column that a search can be narrowed by.
pub const fn marking(columns: &[Column], name: &'static str) -> Mark {
    let column = position(columns, name);
    let many = matches!(columns[column].ty, CellType::Json);
    assert!(
        many || matches!(columns[column].ty, CellType::Text | CellType::Id),
        "only a text, an id or a list of them can mark a row"
    );
    Mark { name, column, many }
}

/// The position of a column that is added to without being read: a number that is always there, and that no key and no
/// list holds.
pub const fn counted(columns: &[Column], held: &[&[Index]], name: &str) -> usize {
    let at = position(columns, name);
    assert!(matches!(columns[at].ty, CellType::Int) && !columns[at].optional, "only a number that is there counts");
    let mut of = 0;
    while of < held.len() {
        let mut index = 0;
        while index < held[of].len() {
            let mut part = 0;
            while part < held[of][index].columns.len() {
                assert!(held[of][index].columns[part] != at, "what counts is in no key and no list");
                part += 1;
            }
            index += 1;
        }
        of += 1;
    }
    at
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
