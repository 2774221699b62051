use std::io::Write;

use super::{TagFilter, Tags};
use crate::{
    actor::Actor,
    customer::{
        ExportPage,
        table::{TableFormat, stream, written},
    },
    error::Result,
    store::Paging,
};

impl Tags<'_> {
    /// The customers that a filter lets through as a [`table`](crate::customer::table), page by page, in the order of
    /// [`customers`](Self::customers) and otherwise as `customers().export_table` gives them. Who may: every role.
    ///
    /// Errors: `too_many`, `role_too_low`, `not_found` (a tag), `not_a_cursor`.
    pub fn export_table(
        &self,
        actor: Actor,
        format: TableFormat,
        filter: &TagFilter,
        paging: &Paging,
    ) -> Result<ExportPage> {
        let page = self.customers(actor, filter, paging)?;
        written(self.0, format, paging, page)
    }

    /// The same for any number of customers, written as they are read and never held together; gives how many.
    /// Who may: every role. Errors: `too_many`, `role_too_low`, `not_found` (a tag), `target_failed`.
    pub fn export_to(&self, actor: Actor, format: TableFormat, filter: &TagFilter, target: impl Write) -> Result<u64> {
        stream(target, |paging| self.export_table(actor, format, filter, paging))
    }
}
