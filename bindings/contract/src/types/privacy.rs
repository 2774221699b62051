use handfast::privacy as core;

use super::{CompanyId, ErasureId, LoginId, RecordId};
use crate::{
    scalar::{Columns, Timestamp},
    shape::record,
};

record! {
    /// One row that is held on a person.
    pub struct HeldRow from core::HeldRow {
        /// The table.
        table: String,
        /// The id.
        id: RecordId,
        /// The columns, but the secret ones.
        row: Columns,
    }
}

record! {
    /// That a person was erased: the proof of it, which tells nothing of the person.
    pub struct Erasure from core::Erasure {
        /// The id; the addresses of the person are made of it since.
        id: ErasureId,
        /// The company that erased what it held; none for a login.
        company: Option<CompanyId>,
        /// The login that was erased; none for what a company held.
        login: Option<LoginId>,
        /// Who asked for it; nobody when the host did.
        by: Option<LoginId>,
        /// When it began.
        began: Timestamp,
        /// When nothing was left.
        ended: Option<Timestamp>,
    }
}
