use handfast::copy as core;

use crate::shape::{Outward, record};

record! {
    /// What a copy has done.
    pub struct Copied by hand {
        /// Rows of the source that were compared.
        rows: i64,
        /// Rows that were written to the target: those that it lacked, and those that differed.
        written: i64,
        /// Rows that were removed from the target.
        removed: i64,
        /// Every table, verified to be the same in both databases; none where the source is live.
        tables: Vec<CopiedTable>,
    }
}

record! {
    /// One table that is the same in both databases.
    pub struct CopiedTable by hand {
        /// Its name.
        table: String,
        /// How many rows it has.
        rows: i64,
        /// SHA-256, in hexadecimal, of all that stands in them. The same rows have the same digest in every database.
        digest: String,
    }
}

impl Copied {
    pub(crate) fn of(done: &core::CopyProgress, verified: Option<core::Copied>) -> Self {
        let (rows, written, removed) = (done.rows.outward(), done.written.outward(), done.removed.outward());
        let tables = verified.into_iter().flat_map(|copied| copied.tables).map(Outward::outward).collect();
        Copied { rows, written, removed, tables }
    }
}

impl Outward<CopiedTable> for core::CopiedTable {
    fn outward(self) -> CopiedTable {
        CopiedTable { table: self.table.to_owned(), rows: self.rows.outward(), digest: self.digest }
    }
}

impl Outward<i64> for u64 {
    /// As far as it goes.
    fn outward(self) -> i64 {
        i64::try_from(self).unwrap_or(i64::MAX)
    }
}
