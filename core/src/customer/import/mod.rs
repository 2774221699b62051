//! Customers from a table: see [`table`](super::table).

mod decide;
mod outcome;
mod row;

use std::io::Read;

use serde::Deserialize;

use super::{
    Customers, Notice,
    table::{Rows, TableFormat},
};
use crate::{
    actor::Actor,
    bulk::{BulkMode, Noted, check_first_row, few, take},
    error::{Faults, Result},
    policy::Policy,
    progress::{Listener, Progress},
    replay::CallKey,
    value::choices,
};
use decide::Import;
pub use outcome::{CustomerRow, ImportOutcome, ImportTotals};
use row::Row;

choices! {
    /// What an import does with a customer that is there already.
    pub enum OnFound {
        /// Leave it as it is.
        Keep = "keep",
        /// Change it to what the row says.
        Update = "update",
    }
}

/// How customers are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportHow {
    /// How the table is written.
    pub format: TableFormat,
    /// Whether it is done or only tried.
    pub mode: BulkMode,
    /// What is done with a customer that is there already.
    pub on_found: OnFound,
    /// Whether a customer that is created hears of its account.
    pub notice: Notice,
}

impl ImportHow {
    /// Customers that are there are left as they are, and nobody is told.
    pub fn of(format: TableFormat) -> Self {
        ImportHow { format, mode: BulkMode::Apply, on_found: OnFound::Keep, notice: Notice::Later }
    }
}

/// Customers to be imported, as the text of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportInput {
    /// How they are imported.
    pub how: ImportHow,
    /// The table, at most `bulk_rows` rows.
    pub text: String,
    /// The number of the first row; more than 1 where an earlier call under the same key was given the rows before.
    #[serde(default = "first")]
    pub first_row: u32,
}

fn first() -> u32 {
    1
}

/// Imports of which somebody hears: `handfast.customers().telling(..)`. Apart from [`Customers`], which threads can share:
/// who listens need not be.
#[derive(Clone, Copy, Debug)]
pub struct Imports<'a>(Customers<'a>, Listener<'a>);

impl Imports<'_> {
    /// The same as [`Customers::import_many`].
    ///
    /// Errors: `invalid_input` (`key`, `text`, `first_row`), `role_too_low`, `idempotency_key_reused`.
    pub fn import_many(&self, actor: Actor, key: &str, input: &ImportInput) -> Result<Vec<CustomerRow>> {
        self.0.import_telling(actor, key, input, self.1)
    }
}

impl<'a> Customers<'a> {
    /// Imports customers; `tell` hears of every row, once it is committed, how far the call has come. It may call the library.
    pub fn telling<'b>(self, tell: &'b dyn Fn(Progress)) -> Imports<'b>
    where
        'a: 'b,
    {
        Imports(self, Listener::new(tell))
    }
}

impl Customers<'_> {
    /// Imports customers from a [`table`](super::table), each as [`create`](Self::create) would: what one row is refused
    /// for, told fault by fault, does not touch the others. Departments and tags are those of the name, which must be there.
    /// A dry run writes nothing and tells the same refusals, those by other rows of the same call included.
    ///
    /// An address that is a customer already is left as it is, or with [`OnFound::Update`] changed to what the row says:
    /// columns that the table lacks stay, and tags are added and never taken away. The same address in two rows of a key is
    /// `duplicate_entry`.
    ///
    /// A row that was decided under `key` gets its first answer and changes nothing, so a call that was cut short goes on
    /// where it stopped (invariant 39), and a long table can come in several calls under one key: see `first_row`.
    /// Who may: as for `create`.
    ///
    /// Errors: `invalid_input` (`key`, `text`, `first_row`), `role_too_low`, `idempotency_key_reused` (another call, or a
    /// row with other content).
    pub fn import_many(&self, actor: Actor, key: &str, input: &ImportInput) -> Result<Vec<CustomerRow>> {
        self.import_telling(actor, key, input, Listener::default())
    }

    fn import_telling(
        &self,
        actor: Actor,
        key: &str,
        input: &ImportInput,
        listener: Listener<'_>,
    ) -> Result<Vec<CustomerRow>> {
        let (key, total) = input.check(key, self.0.policy())?;
        let (call, mut rows) = (Import::new(actor, key, input.how)?, Vec::new());
        self.imported(&call, input.first_row, Rows::new(input.how.format, input.text.as_bytes())?, |row| {
            rows.push(row);
            listener.tell(u32::try_from(rows.len()).unwrap_or(u32::MAX), total);
        })?;
        Ok(rows)
    }

    /// The same for a table of any length, which is read row by row and never held together: 50 rows in one commit, each of
    /// 256 KiB at most. A source that breaks off ends the call once the rows before are done.
    ///
    /// A dry run remembers a few numbers a row, and duplicates among the first 750,000 rows or so.
    ///
    /// Errors: `invalid_input` (`key`, the columns), `role_too_low`, `idempotency_key_reused`, `source_failed`.
    pub fn import_stream(
        &self,
        actor: Actor,
        key: &str,
        how: &ImportHow,
        source: impl Read,
        mut tell: impl FnMut(&CustomerRow),
    ) -> Result<ImportTotals> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let call = Import::new(actor, faults.made(|| key)?, *how)?;
        let mut totals = ImportTotals::default();
        self.imported(&call, 1, Rows::new(how.format, source)?, |row| {
            totals.count(&row.outcome);
            tell(&row);
        })?;
        Ok(totals)
    }

    /// Takes rows in batches, decides each batch, and tells of it.
    fn imported(
        &self,
        import: &Import,
        first_row: u32,
        mut rows: Rows<impl Read>,
        mut tell: impl FnMut(CustomerRow),
    ) -> Result<()> {
        import.call.begin(self.0)?;
        let (mut numbers, mut before) = (first_row..=u32::MAX, Noted::default());
        loop {
            let (batch, ended) = take(&mut rows, &mut numbers, Row::new)?;
            let outcomes = match import.call.mode {
                BulkMode::Apply => self.0.change(|work| import.decide(work, &batch, &before))?,
                BulkMode::DryRun => self.0.view(|work| import.decide(work, &batch, &before))?,
            };
            for (row, outcome) in batch.into_iter().zip(outcomes) {
                if import.call.mode == BulkMode::DryRun {
                    row.note(&outcome, &mut before);
                }
                tell(CustomerRow { row: row.number, email: row.email, outcome });
            }
            if let Some(ended) = ended {
                return ended;
            }
        }
    }
}

impl ImportInput {
    /// The key, and how many rows there are.
    fn check(&self, key: &str, policy: &Policy) -> Result<(CallKey, u32)> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let most = policy.bulk_rows;
        let rows = Rows::new(self.how.format, self.text.as_bytes());
        let rows = rows.and_then(|rows| few(rows.take(most as usize + 1).count(), most));
        let rows = u32::try_from(faults.check("text", rows).unwrap_or_default()).unwrap_or(u32::MAX);
        check_first_row(&mut faults, self.first_row, rows);
        faults.made(|| Some((key?, rows)))
    }
}
