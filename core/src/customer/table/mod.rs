//! Customers as a table: what [`Customers::export_table`](super::Customers::export_table) writes and
//! [`Customers::import_many`](super::Customers::import_many) reads, so that the import of an export makes the same
//! customers again.
//!
//! As CSV ([`TableFormat::Csv`]) a file is comma-separated, in UTF-8 with or without a byte order mark, lines ended by CRLF
//! or LF; a field in quotes may hold commas, line ends and doubled quotes. The first line names the columns, in any order;
//! `name` and `email` must be among them. As JSON Lines ([`TableFormat::JsonLines`]) every line is an object of the same
//! names, `address` an object within it. Empty lines are passed over.
//!
//! | column | holds |
//! | --- | --- |
//! | `department` | the name of the department, none for the company as a whole |
//! | `number` | the number that the company knows it by |
//! | `name` | the name. Required |
//! | `contact` | the person to talk to; as `name` when blank |
//! | `email` | the e-mail address, by which a customer is known. Required |
//! | `phone` | a phone number |
//! | `address.line1` `address.line2` `address.city` `address.region` `address.postal_code` `address.country` | where bills go |
//! | `locale` | the language its people read; the company's when blank |
//! | `notes` | what the company notes for itself |
//! | `tags` | the names of its tags: in CSV one on each line of the cell, in JSON Lines a list |
//! | `extra` | what the host keeps: a JSON object of texts, in CSV as the text of the cell |
//! | `id` `state` `created` | told by an export, and not looked at by an import |
//!
//! **Formulas.** Spreadsheets run cells that begin with `=`, `+`, `-` or `@`. An export as CSV puts an apostrophe in front
//! of such a cell (also of one that has the apostrophe already), and an import takes exactly that apostrophe away again.
//! JSON Lines needs nothing of the kind. `docs/tables.md` is for who fills a table.

mod json_lines;
mod read;
mod write;

pub(super) use read::{Given, Rows};
pub(crate) use write::{stream, written};

use crate::value::choices;

choices! {
    /// How a table is written.
    pub enum TableFormat {
        /// Comma-separated, the first line naming the columns.
        Csv = "csv",
        /// A JSON object on each line.
        JsonLines = "json_lines",
    }
}

/// The columns, in the order of an export.
pub const COLUMNS: [&str; 19] = [
    "department",
    "number",
    "name",
    "contact",
    "email",
    "phone",
    "address.line1",
    "address.line2",
    "address.city",
    "address.region",
    "address.postal_code",
    "address.country",
    "locale",
    "notes",
    "tags",
    "extra",
    "id",
    "state",
    "created",
];

/// Bytes of a row: more than a customer has with every field at its limit and every character one of four bytes.
const LONGEST_ROW: usize = 256 * 1024;
