//! Moving to another database: all that one store holds, copied to another of whatever kind, row by row and while it is
//! in use.
//!
//! ```
//! use handfast::{Handfast, copy::Copying, example, store::Memory};
//!
//! let handfast = Handfast::builder(Memory::new()).build()?;
//! example::approved_customer(&handfast)?;
//!
//! let (from, to) = (handfast.store(), Memory::new());
//! let mut copying = Copying::begin(from, &to)?;
//! while let Some(progress) = copying.step()? {
//!     println!("{}: {} rows, {} tables left", progress.table, progress.rows, progress.left);
//! }
//! let copied = copying.verify(|_| ())?;
//! assert!(copied.rows() > 0);
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! A copy may be left at any step, or die there: begun again, it compares what is there already, and writes what
//! differs. So a host copies while it serves, stops whoever writes, copies once more, verifies, and opens the new
//! database, with the same root key: secrets are made with it, and it is in neither database. `docs/moving.md` tells
//! it step by step.

mod digest;
mod target;
mod window;
mod write;

pub use target::PASSING;

use std::collections::VecDeque;

use serde::Serialize;

use window::{Pace, Window};
use write::Wrote;

use crate::{
    SCHEMA,
    error::{Code, Error, Result},
    store::{Cell, Store, Table},
};

/// How often one batch is tried when others write the target meanwhile, or a key is in its way.
const ATTEMPTS: u32 = 12;
/// How often a table is gone through at most; what a busy source still moves about then is left to the next copy.
const PASSES: u32 = 8;

/// A copy under way: each step moves one batch.
///
/// Memory holds one page of each side, at most 1,000 rows and about a megabyte each.
pub struct Copying<'a> {
    from: &'a dyn Store,
    to: &'a dyn Store,
    /// The tables to go through, the present one first, and how often each was gone through before.
    tables: VecDeque<(&'static Table, u32)>,
    /// The id that the present table was copied up to.
    after: Option<Cell>,
    pace: Pace,
    /// Whether a row was taken out behind `after`, so that the present table must be gone through again.
    again: bool,
    so_far: CopyProgress,
}

/// How far a copy has come. How many rows there are in all is not known before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CopyProgress {
    /// The table of the last batch.
    pub table: &'static str,
    /// Rows of the source that were compared so far; while it is verified, rows that were.
    pub rows: u64,
    /// Rows that were written to the target so far: those that it lacked, and those that differed.
    pub written: u64,
    /// Rows that were removed from the target so far: the source does not have them, or a key of theirs belongs to
    /// another row by now, and they are written again.
    pub removed: u64,
    /// Tables that are not yet through, the present one included.
    pub left: u32,
}

/// What was found to be the same in both databases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Every table of the library.
    pub tables: Vec<CopiedTable>,
}

/// One table that is the same in both databases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CopiedTable {
    /// Its name; SQL stores put `handfast_` before it.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256, in hexadecimal, of every cell of every row in the order of the ids. The same rows have the same digest
    /// in every store.
    pub digest: String,
}

impl Copied {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

impl<'a> Copying<'a> {
    /// Begins to copy all that `from` holds to `to`, or goes on where an earlier copy stopped. Brings the tables of both
    /// to the newest schema. Nobody else may write `to`; whoever writes `from` may go on.
    ///
    /// Refused, with nothing changed, is a target whose newest rows the source does not have: another database, or a copy
    /// that was used since. Errors: `not_a_copy`, `newer_schema`, the stores' own.
    pub fn begin(from: &'a dyn Store, to: &'a dyn Store) -> Result<Self> {
        from.migrate(&SCHEMA)?;
        to.migrate(&SCHEMA)?;
        target::check(from, to)?;
        let tables = SCHEMA.tables.iter().map(|table| (*table, 0)).collect();
        let (after, pace, again, so_far) = Default::default();
        Ok(Copying { from, to, tables, after, pace, again, so_far })
    }

    /// Compares the next batch and writes what differs, all of it or nothing; `None` when all tables are through. What
    /// was written to the source before the copy began, and is not written any more, is then the same in the target.
    ///
    /// After an error the copy stands where it stood, and can be called again. Errors: `not_a_copy` (what only the target
    /// has is not removed, but for counts, codes and the like, see [`PASSING`]), `contention` (others write the target),
    /// `in_doubt`, the stores' own.
    pub fn step(&mut self) -> Result<Option<CopyProgress>> {
        let Some((table, _)) = self.tables.front().copied() else { return Ok(None) };
        for _ in 0..ATTEMPTS {
            let window = Window::read(self.from, self.to, table, self.after.as_ref(), self.pace.rows())?;
            let writes = window.difference(table);
            target::loses_nothing(&writes)?;
            match write::write(self.from, self.to, writes, self.after.as_ref())? {
                Wrote::All { written, removed } => {
                    self.so_far.written += written;
                    self.so_far.removed += removed;
                    self.moved_on(table, window);
                    return Ok(Some(self.so_far.clone()));
                }
                Wrote::Nothing => {}
                Wrote::Room { removed, behind } => {
                    self.so_far.removed += removed;
                    self.again |= behind;
                }
            }
        }
        Err(Error::new(Code::Contention))
    }

    fn moved_on(&mut self, table: &'static Table, window: Window) {
        self.so_far.table = table.name;
        self.so_far.rows += window.source.len() as u64;
        self.pace.learn(&window.source);
        self.after = window.end;
        if self.after.is_none() {
            let passes = self.tables.pop_front().map_or(0, |(_, passes)| passes + 1);
            if std::mem::take(&mut self.again) && passes < PASSES {
                self.tables.push_back((table, passes));
            }
            self.pace = Pace::default();
        }
        self.so_far.left = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
    }

    /// How far it has come.
    pub fn so_far(&self) -> &CopyProgress {
        &self.so_far
    }

    /// Reads both databases whole, and compares table by table how many rows there are and the digest of all that stands
    /// in them; `tell` hears of every page. Nobody may write either meanwhile.
    ///
    /// Errors: `copy_differs`, with the first table that does; the stores' own.
    pub fn verify(&self, mut tell: impl FnMut(CopyProgress)) -> Result<Copied> {
        let mut so_far = CopyProgress { rows: 0, ..self.so_far.clone() };
        let mut tables = Vec::with_capacity(SCHEMA.tables.len());
        for (table, left) in SCHEMA.tables.iter().zip((1..=SCHEMA.tables.len()).rev()) {
            (so_far.table, so_far.left) = (table.name, u32::try_from(left).unwrap_or(u32::MAX));
            let source = digest::of(self.from, table, |rows| {
                so_far.rows += rows;
                tell(so_far.clone());
            })?;
            let target = digest::of(self.to, table, |_| tell(so_far.clone()))?;
            digest::same(table, &source, &target)?;
            tables.push(CopiedTable { table: table.name, rows: source.rows, digest: source.hex() });
        }
        Ok(Copied { tables })
    }
}

impl std::fmt::Debug for Copying<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copying").field("so_far", &self.so_far).finish_non_exhaustive()
    }
}
