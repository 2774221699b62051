//! What a table holds, in one number: the same in every store that holds the same.

use sha2::{Digest as _, Sha256};

use super::window::Pace;
use crate::{
    error::{Code, Error, Result},
    store::{Cell, Query, Row, Store, Table},
};

/// The rows of a table.
#[derive(PartialEq)]
pub(super) struct Digest {
    pub(super) rows: u64,
    sum: [u8; 32],
}

impl Digest {
    pub(super) fn hex(&self) -> String {
        self.sum.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Reads a table whole; `tell` hears of the rows of every page.
pub(super) fn of(store: &dyn Store, table: &'static Table, mut tell: impl FnMut(u64)) -> Result<Digest> {
    let (mut hash, mut pace, mut rows, mut after) = (Sha256::new(), Pace::default(), 0, None);
    loop {
        let query = Query { after, ..Query::all(table, pace.rows()) };
        let page = store.list(&query)?;
        page.iter().for_each(|row| take(&mut hash, row));
        rows += page.len() as u64;
        tell(page.len() as u64);
        after = page.last().filter(|_| page.len() >= query.limit as usize).map(|row| vec![row.id().clone()]);
        if after.is_none() {
            return Ok(Digest { rows, sum: hash.finalize().into() });
        }
        pace.learn(&page);
    }
}

/// Every cell says what it is and where it ends, so that no two rows read alike. The version is the store's own.
fn take(hash: &mut Sha256, row: &Row) {
    for cell in &row.cells {
        match cell {
            Cell::Null => hash.update([0]),
            Cell::Int(number) => {
                hash.update([1]);
                hash.update(number.to_be_bytes());
            }
            Cell::Id(id) => {
                hash.update([2]);
                hash.update(id.as_bytes());
            }
            Cell::Text(text) => {
                hash.update([3]);
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text);
            }
        }
    }
}

/// Errors: `copy_differs`.
pub(super) fn same(table: &Table, source: &Digest, target: &Digest) -> Result<()> {
    if source == target {
        return Ok(());
    }
    let (name, rows, there) = (table.name, source.rows, target.rows);
    let how = match rows == there {
        true => format!("`{name}` has {rows} rows in both databases, and they are not the same"),
        false => format!("`{name}` has {rows} rows in the source and {there} in the target"),
    };
    Err(Error::because(Code::CopyDiffers, how))
}
