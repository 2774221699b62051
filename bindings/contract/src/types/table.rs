use handfast::customer as core;

use super::{BulkMode, CustomerId, Notice, RowFault};
use crate::shape::{Argument, Fits, Lend, Outward, choice, record};

choice! {
    /// How a table of customers is written.
    pub enum TableFormat of core::table::TableFormat {
        /// Comma-separated, the first line naming the columns.
        Csv,
        /// A JSON object on each line.
        JsonLines,
    }
}

choice! {
    /// What an import does with a customer that is there already.
    pub enum OnFound of core::OnFound {
        /// Leave it as it is.
        Keep,
        /// Change it to what the row says.
        Update,
    }
}

record! {
    /// Some rows as text.
    pub struct ExportPage by hand {
        /// The text: pages that are put one behind the other are one file.
        text: String,
        /// How many there are.
        rows: u32,
        /// The cursor of the next page; none when this was the last.
        next: Option<String>,
    }
}

impl Outward<ExportPage> for core::ExportPage {
    fn outward(self) -> ExportPage {
        let core::ExportPage { text, rows, next } = self;
        ExportPage { text, rows, next: next.map(|cursor| cursor.as_str().to_owned()) }
    }
}

record! {
    /// Customers to be imported, as the text of a table: what `export` gives, or a part of it.
    pub struct ImportInput by hand {
        /// How the table is written.
        format: TableFormat,
        /// The table, at most 1,000 rows (`bulk_rows`). Its columns are `department`, `number`, `name`, `contact`, `email`,
        /// `phone`, `address.line1`, `address.line2`, `address.city`, `address.region`, `address.postal_code`,
        /// `address.country`, `locale`, `notes`, `tags` and `extra`; `name` and `email` must be there.
        text: String,
        /// Whether it is done or only tried.
        mode: BulkMode,
    } optional {
        /// What is done with a customer that is there already; it is kept unless told.
        on_found: OnFound,
        /// Whether a customer that is created hears of its account; later unless told.
        notice: Notice,
        /// The number of the first row; more than 1 where an earlier call under the same key was given the rows before.
        first_row: u32,
    }
}

impl Argument for ImportInput {
    type Core = core::ImportInput;
    fn core(self) -> handfast::Result<core::ImportInput> {
        let how = core::ImportHow { mode: self.mode.fit()?, ..core::ImportHow::of(self.format.fit()?) };
        let on_found = self.on_found.fit()?.unwrap_or(how.on_found);
        let notice = self.notice.fit()?.unwrap_or(how.notice);
        let how = core::ImportHow { on_found, notice, ..how };
        Ok(core::ImportInput { how, text: self.text, first_row: self.first_row.unwrap_or(1) })
    }
}

impl Lend for core::ImportInput {
    type Lent<'a> = &'a core::ImportInput;
    fn lend(&self) -> &core::ImportInput {
        self
    }
}

choice! {
    /// What came of one customer among many.
    pub enum ImportOutcome {
        /// It is new.
        Created = "created",
        /// A dry run: it would be new.
        WouldCreate = "would_create",
        /// It was there already, and is left as it is.
        Found = "found",
        /// It was there already, and is now as the row says.
        Updated = "updated",
        /// A dry run: it was there already, and would be changed.
        WouldUpdate = "would_update",
        /// Nothing was done.
        Refused = "refused",
    }
}

record! {
    /// What came of one row of customers.
    pub struct CustomerRow by hand {
        /// Which row, counted from 1; the line that names the columns of CSV is none.
        row: u32,
        /// The address as it was given; none when the row could not be read.
        email: Option<String>,
        /// What came of it.
        outcome: ImportOutcome,
        /// The customer, where there is one.
        customer: Option<CustomerId>,
        /// Why it was refused: a code.
        code: Option<String>,
        /// The same for a person.
        message: Option<String>,
        /// The same field by field, by the names of the columns, where it is about fields.
        faults: Vec<RowFault>,
    }
}

impl Outward<CustomerRow> for core::CustomerRow {
    fn outward(self) -> CustomerRow {
        use core::ImportOutcome as Came;
        let (row, email) = (self.row, self.email);
        let came = |outcome, customer: Option<handfast::Id<core::Customer>>| {
            let (customer, faults) = (customer.outward(), Vec::new());
            CustomerRow { row, email, outcome, customer, code: None, message: None, faults }
        };
        match self.outcome {
            Came::Created { customer } => came(ImportOutcome::Created, Some(customer)),
            Came::WouldCreate => came(ImportOutcome::WouldCreate, None),
            Came::Found { customer } => came(ImportOutcome::Found, Some(customer)),
            Came::Updated { customer } => came(ImportOutcome::Updated, Some(customer)),
            Came::WouldUpdate { customer } => came(ImportOutcome::WouldUpdate, Some(customer)),
            Came::Refused { code, message, faults } => CustomerRow {
                code: Some(code.outward()),
                message: Some(message),
                faults: faults.outward(),
                ..came(ImportOutcome::Refused, None)
            },
        }
    }
}
