//! The next rows of both sides, and what makes the one of the other.

use crate::{
    error::Result,
    store::{Cell, Query, Row, Store, Table, Write},
};

/// The rows of both databases between two ids.
pub(super) struct Window {
    pub(super) source: Vec<Row>,
    target: Vec<Row>,
    /// The id that it ends with; none at the end of the table.
    pub(super) end: Option<Cell>,
}

impl Window {
    /// The rows after an id, at most `limit` of each side, as far as both are known.
    ///
    /// The target is read first: should a row change in between, what the target is to become is the newer, and a target
    /// that somebody writes does not have the versions any more that the writes rest on.
    pub(super) fn read(
        from: &dyn Store,
        to: &dyn Store,
        table: &'static Table,
        after: Option<&Cell>,
        limit: u32,
    ) -> Result<Self> {
        let query = Query { after: after.map(|id| vec![id.clone()]), ..Query::all(table, limit) };
        let (mut target, mut source) = (to.list(&query)?, from.list(&query)?);
        let last = |rows: &[Row]| rows.last().filter(|_| rows.len() >= limit as usize).map(|row| row.id().clone());
        let end = [last(&source), last(&target)].into_iter().flatten().min();
        if let Some(end) = &end {
            source.retain(|row| row.id() <= end);
            target.retain(|row| row.id() <= end);
        }
        Ok(Window { source, target, end })
    }

    /// What makes the target's rows those of the source. What goes comes first: it may hold a key that comes.
    pub(super) fn difference(&self, table: &'static Table) -> Vec<Write> {
        let mut target = self.target.iter().peekable();
        let (mut writes, mut put) = (Vec::new(), Vec::new());
        for row in &self.source {
            while let Some(other) = target.next_if(|other| other.id() < row.id()) {
                writes.push(Write::delete(table, other));
            }
            match target.next_if(|other| other.id() == row.id()) {
                Some(old) => put.extend(Write::update(table, old, row.cells.clone())),
                None => put.push(Write::insert(table, row.cells.clone())),
            }
        }
        writes.extend(target.map(|other| Write::delete(table, other)));
        writes.extend(put);
        writes
    }
}

/// Rows of a page at most: what every store promises to write, and to read by key, at once.
const MOST: u32 = 1_000;
/// Rows of the first page of a table, of which nothing is known yet.
const FIRST: u32 = 100;
/// What a page should hold, in bytes.
const BYTES: usize = 1 << 20;

/// How many rows a page has: as many as make about a megabyte, going by the page before.
pub(super) struct Pace(u32);

impl Default for Pace {
    fn default() -> Self {
        Pace(FIRST)
    }
}

impl Pace {
    pub(super) fn rows(&self) -> u32 {
        self.0
    }

    pub(super) fn learn(&mut self, rows: &[Row]) {
        let bytes: usize = rows.iter().flat_map(|row| &row.cells).map(weight).sum();
        if let Some(mean) = bytes.checked_div(rows.len()) {
            self.0 = u32::try_from(BYTES / mean.max(1)).unwrap_or(MOST).clamp(1, MOST);
        }
    }
}

fn weight(cell: &Cell) -> usize {
    let text = if let Cell::Text(text) = cell { text.len() } else { 0 };
    size_of::<Cell>() + text
}
