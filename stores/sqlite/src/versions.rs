//! What a transaction knows of the versions of rows, so that none is asked for twice.

use std::collections::HashMap;

use handfast::store::{Cell, Table, Write};
use uuid::Uuid;

use crate::session::Declared;

/// Versions as they are inside one transaction: what was read, and what was written since.
///
/// Many who commit together rest on the same few rows (the company, the staff), and who comes too late is told so
/// before anything of his is written.
pub(crate) struct Versions(Option<HashMap<(Declared, Uuid), Option<i64>>>);

impl Versions {
    /// Keeps what it learns.
    pub(crate) fn kept() -> Self {
        Versions(Some(HashMap::new()))
    }

    /// Keeps nothing: for a single set of changes, which asks for every row once.
    pub(crate) fn unkept() -> Self {
        Versions(None)
    }

    /// The version of a row, `Some(None)` when there is no such row; `None` when that is not known.
    pub(crate) fn known(&self, table: &'static Table, id: &Cell) -> Option<Option<i64>> {
        self.0.as_ref()?.get(&key(table, id)?).copied()
    }

    /// Notes the version of a row that was read or written.
    pub(crate) fn learn(&mut self, table: &'static Table, id: &Cell, version: Option<i64>) {
        if let (Some(known), Some(key)) = (&mut self.0, key(table, id)) {
            known.insert(key, version);
        }
    }

    /// Notes that a row was inserted. A new row is seldom asked for again, so only what was known absent is noted.
    pub(crate) fn inserted(&mut self, table: &'static Table, id: &Cell) {
        let known = self.0.as_mut().filter(|known| !known.is_empty()).zip(key(table, id));
        if let Some(version) = known.and_then(|(known, key)| known.get_mut(&key)) {
            *version = Some(1);
        }
    }

    /// Whether a write is known to come too late: versions only grow.
    pub(crate) fn outdate(&self, write: &Write) -> bool {
        let (table, id, version) = match write {
            Write::Update { table, version, cells, .. } => (table, cells.first().unwrap_or(&Cell::Null), version),
            Write::Delete { table, version, id, .. } => (table, id, version),
            Write::Insert { .. } | Write::Add { .. } => return false,
        };
        matches!(self.known(table, id), Some(Some(known)) if known > *version)
    }

    /// Forgets all: something was undone.
    pub(crate) fn forget(&mut self) {
        if let Some(known) = &mut self.0 {
            known.clear();
        }
    }
}

fn key(table: &'static Table, id: &Cell) -> Option<(Declared, Uuid)> {
    if let Cell::Id(id) = id { Some((Declared(table), *id)) } else { None }
}
