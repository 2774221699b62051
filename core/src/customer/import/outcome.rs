use serde::{Deserialize, Serialize};

use crate::{
    bulk::refusal,
    customer::Customer,
    error::{Code, Error, Fault, Result},
    id::Id,
};

/// What came of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerRow {
    /// Which row, counted from 1; the line that names the columns of CSV is none.
    pub row: u32,
    /// The address as it was given, 254 characters of it; `None` when the row could not be read.
    pub email: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: ImportOutcome,
}

/// What came of one customer among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum ImportOutcome {
    /// It is new.
    Created {
        /// The customer.
        customer: Id<Customer>,
    },
    /// A dry run: it would be new.
    WouldCreate,
    /// It was there already, and is left as it is.
    Found {
        /// The customer.
        customer: Id<Customer>,
    },
    /// It was there already, and is now as the row says.
    Updated {
        /// The customer.
        customer: Id<Customer>,
    },
    /// A dry run: it was there already, and would be changed.
    WouldUpdate {
        /// The customer.
        customer: Id<Customer>,
    },
    /// Nothing was done.
    Refused {
        /// Why.
        code: Code,
        /// The same for a person.
        message: String,
        /// Field by field, by the names of the columns, where it is about fields.
        faults: Vec<Fault>,
    },
}

/// What came of many rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportTotals {
    /// Rows that were read.
    pub rows: u32,
    /// Those of them that were created or, in a dry run, would be.
    pub created: u32,
    /// Those that were there already, and are left as they are.
    pub found: u32,
    /// Those that were there already, and were changed or, in a dry run, would be.
    pub updated: u32,
    /// Those that were refused.
    pub refused: u32,
}

impl ImportOutcome {
    /// A refusal is an answer; what may pass by itself, and who may not, ends the call.
    pub(super) fn refused(error: Error) -> Result<Self> {
        refusal(error).map(|(code, message, faults)| ImportOutcome::Refused { code, message, faults })
    }
}

impl ImportTotals {
    pub(super) fn count(&mut self, outcome: &ImportOutcome) {
        self.rows += 1;
        match outcome {
            ImportOutcome::Created { .. } | ImportOutcome::WouldCreate => self.created += 1,
            ImportOutcome::Found { .. } => self.found += 1,
            ImportOutcome::Updated { .. } | ImportOutcome::WouldUpdate { .. } => self.updated += 1,
            ImportOutcome::Refused { .. } => self.refused += 1,
        }
    }
}
