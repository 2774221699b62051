//! People to be users of customers, from CSV files (RFC 4180).
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::association::{BulkMode, csv};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let file = format!("customer,email,name,login_name\n{customer},uma@rosas.example,Uma Uva,uma\n{customer},,Nobody,\n");
//! let told = |row: &_| println!("{row:?}");
//! let tried = handfast.users().add_stream(admin, "monday", BulkMode::DryRun, csv::rows(file.as_bytes())?, told)?;
//! assert_eq!((tried.rows, tried.added, tried.refused), (2, 1, 1));
//!
//! let done = handfast.users().add_stream(admin, "monday", BulkMode::Apply, csv::rows(file.as_bytes())?, told)?;
//! assert_eq!(done, tried);
//! # Ok::<_, handfast::Error>(())
//! ```

use std::io::Read;

use super::UserInput;
use crate::{
    clock::Timestamp,
    csv::{Cells, Columns, Table},
    error::{Faults, Result},
    id::Id,
};

/// The columns, in any order; the first three must be there.
pub const COLUMNS: [&str; 5] = ["customer", "email", "name", "login_name", "notes"];

const TABLE: Columns = Columns { names: &COLUMNS, needed: &["customer", "email", "name"], longest: 64 * 1024 };

/// Reads the rows of a CSV file one by one, at most some 64 KiB at a time, however large the file is.
///
/// Comma-separated, in UTF-8 with or without a byte order mark, lines ended by LF or CRLF; a field in quotes may hold
/// commas, line ends and doubled quotes. The first line names the columns: `customer` (an id), `email`, `name`, and, if
/// wanted, `login_name` and `notes`, in any order. Empty lines are passed over.
///
/// A row that cannot be read is an `invalid_input` or `too_long` that names its line, and the next row follows.
/// `source_failed` is the last: the source itself broke off.
///
/// Errors: `invalid_input` (the columns: `required`, `unknown_field`, `duplicate_entry`), `source_failed`.
pub fn rows<R: Read>(source: R) -> Result<Rows<R>> {
    Table::new(source, TABLE).map(Rows)
}

/// The rows of a CSV file: see [`rows`].
pub struct Rows<R>(Table<R>);

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<UserInput>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next(input)
    }
}

fn input(cells: &Cells<'_>) -> Result<UserInput> {
    let mut faults = Faults::default();
    let text = |column| cells.text(column).unwrap_or_default().to_owned();
    let known = faults.check("customer", text("customer").trim().parse());
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let customer = known.unwrap_or_else(|| Id::first_at(Timestamp::MIN));
    let (email, name) = (text("email"), text("name"));
    let input = UserInput { customer, email, name, login_name: given(text("login_name")), notes: given(text("notes")) };
    if known.is_none() {
        // so that all that is wrong with the row is told at once
        input.check(&mut faults);
    }
    faults.made(|| Some(input))
}
