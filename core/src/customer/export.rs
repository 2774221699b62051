use std::io::Write;

use serde::Serialize;

use super::{
    CustomerFilter, Customers,
    table::{TableFormat, stream, written},
};
use crate::{
    actor::Actor,
    error::Result,
    store::{Cursor, Paging},
};

/// Some rows as text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExportPage {
    /// The text: pages that are put one behind the other are one file.
    pub text: String,
    /// How many there are.
    pub rows: u32,
    /// `None` when this was the last page.
    pub next: Option<Cursor>,
}

impl Customers<'_> {
    /// Customers as a [`table`](super::table), page by page: only those that `filter` leaves, the oldest first; all by legal
    /// name where it narrows nothing. Of who is limited to departments those of its own. The first page of CSV begins with
    /// the names of the columns.
    ///
    /// Pages are read one after the other: a customer that is renamed or tagged meanwhile may come twice, or not at all.
    /// Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn export_table(
        &self,
        actor: Actor,
        format: TableFormat,
        filter: &CustomerFilter,
        paging: &Paging,
    ) -> Result<ExportPage> {
        let page = self.0.list_all(&self.left(actor, filter)?, paging)?;
        written(self.0, format, paging, page)
    }

    /// The same for any number of customers, written as they are read and never held together; gives how many. What the
    /// actor may see is asked anew at every 500. Who may: as for `export_table`. Errors: `role_too_low`, `target_failed`.
    pub fn export_to(
        &self,
        actor: Actor,
        format: TableFormat,
        filter: &CustomerFilter,
        target: impl Write,
    ) -> Result<u64> {
        stream(target, |paging| self.export_table(actor, format, filter, paging))
    }
}
