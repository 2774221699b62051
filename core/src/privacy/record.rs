use serde::Serialize;

use super::{ErasureEvent, ErasureState, next};
use crate::{
    clock::Timestamp, company::Company, error::Result, id::Id, login::Login, record, store::choice_columns, work::Work,
};

choice_columns!(ErasureState);

record! {
    /// That a person was erased: the proof of it, which tells nothing of the person.
    #[derive(Serialize)]
    pub struct Erasure in "erasure" {
        /// The id; the addresses of the person are made of it since.
        id: Id<Erasure>,
        /// The company that erased what it held; `None` for a login.
        company: Option<Id<Company>>,
        /// The login that was erased; `None` for what a company held.
        login: Option<Id<Login>>,
        /// The canonical address, while it goes on: what is left is found by it.
        #[serde(skip)]
        address: Option<String>,
        /// How far it has come.
        state: ErasureState,
        /// Who asked for it; nobody when the host did.
        by: Option<Id<Login>>,
        /// When it began.
        began: Timestamp,
        /// When nothing was left.
        ended: Option<Timestamp>,
    }
    unique by_address(company: Id<Company>, address: &str);
    unique by_login(login: Id<Login>);
    index of_company(company: Id<Company>) by ();
}

impl Erasure {
    /// The one that goes on, or a new one, inserted. Errors: `no_randomness`.
    pub(super) fn begun(work: &mut Work<'_>, found: Option<Erasure>, new: NewErasure<'_>) -> Result<(Self, bool)> {
        if let Some(found) = found {
            return Ok((found, false));
        }
        let NewErasure { company, login, address, by } = new;
        let (id, began) = (work.new_id()?, work.now());
        let address = Some(address.to_owned());
        let erasure = Erasure { id, company, login, address, state: ErasureState::Erasing, by, began, ended: None };
        work.insert(&erasure);
        Ok((erasure, true))
    }

    /// The same, done; what is left of the address is nothing. Errors: `wrong_state`.
    pub(super) fn finished(self, now: Timestamp) -> Result<Self> {
        let state = next(self.state, ErasureEvent::Finish)?;
        Ok(Erasure { state, address: None, ended: Some(now), ..self })
    }
}

/// What a new one is about.
pub(super) struct NewErasure<'a> {
    pub(super) company: Option<Id<Company>>,
    pub(super) login: Option<Id<Login>>,
    pub(super) address: &'a str,
    pub(super) by: Option<Id<Login>>,
}
