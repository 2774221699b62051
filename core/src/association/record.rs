use serde::Serialize;

use super::{AssociationEvent, AssociationState, next};
use crate::{
    clock::Timestamp,
    company::Company,
    customer::Customer,
    error::Result,
    id::Id,
    login::Login,
    record,
    store::choice_columns,
    value::{EmailAddress, Line, Name, Text},
};

choice_columns!(AssociationState);

/// The name that a person of one company may sign in with there.
pub type LoginName = Line<60>;

record! {
    /// A person as user of a customer.
    #[derive(Serialize)]
    pub struct Association in "association" {
        /// The id.
        id: Id<Association>,
        /// The company.
        company: Id<Company>,
        /// The customer.
        customer: Id<Customer>,
        /// The person.
        login: Id<Login>,
        /// The person's name, as this company knows it.
        name: Name,
        /// The address, as this company knows it.
        email: EmailAddress,
        /// What the person may sign in with beside the address, while this is the person's only company.
        login_name: Option<LoginName>,
        /// The same, folded, while it is held: unique at the company.
        #[serde(skip)]
        folded: Option<String>,
        /// What the company notes for itself.
        notes: Option<Text<2000>>,
        /// Where it stands.
        state: AssociationState,
        /// When it was first asked for.
        created: Timestamp,
        /// Until when the person can answer.
        expires: Timestamp,
        /// When it was last confirmed, declined, revoked or seen expired.
        decided: Option<Timestamp>,
    }
    unique by_user(customer: Id<Customer>, login: Id<Login>);
    unique by_login_name(company: Id<Company>, folded: &str);
    index of_state(company: Id<Company>, state: AssociationState) by ();
    index of_customer(customer: Id<Customer>) by ();
    index of_login(login: Id<Login>) by ();
    index waiting(state: AssociationState) by (expires);
}

impl Association {
    /// Whether the person did not answer in time.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == AssociationState::Pending && now >= self.expires
    }

    /// The same after what happens to it; not put yet. Who is no user leaves the login name to others. Errors: `already_there`, `wrong_state`.
    pub(crate) fn after(&self, event: AssociationEvent, now: Timestamp) -> Result<Self> {
        let state = next(self.state, event)?;
        let folded =
            self.folded.clone().filter(|_| state != AssociationState::Revoked && state != AssociationState::Declined);
        Ok(Association { state, folded, decided: (state != AssociationState::Pending).then_some(now), ..self.clone() })
    }

    /// The same as it is now: one that is overdue shows as expired, whether or not that was written down yet.
    pub(crate) fn seen_at(mut self, now: Timestamp) -> Self {
        if self.is_overdue(now) {
            self.state = AssociationState::Expired;
        }
        self
    }
}
