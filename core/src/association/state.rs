use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where an association stands.
    pub enum AssociationState {
        /// Waits for the person; opens nothing.
        Pending = "pending",
        /// The person works with this customer.
        Active = "active",
        /// The person did not want to, or wants to no longer.
        Declined = "declined",
        /// The person did not answer in time.
        Expired = "expired",
        /// The company took it back.
        Revoked = "revoked",
    }
}

choices! {
    /// What happens to an association.
    pub enum AssociationEvent {
        /// An Admin invites the person, again perhaps.
        Invite = "invite",
        /// The person confirms.
        Confirm = "confirm",
        /// The person declines, or leaves.
        Decline = "decline",
        /// It is looked at after its time.
        Expire = "expire",
        /// An Admin takes it back.
        Revoke = "revoke",
    }
}

/// The one transition function of associations. Errors: `already_there`, `wrong_state`.
pub fn next(state: AssociationState, event: AssociationEvent) -> Result<AssociationState> {
    use AssociationEvent::{Confirm, Decline, Expire, Invite, Revoke};
    use AssociationState::{Active, Declined, Expired, Pending, Revoked};
    match (state, event) {
        (Pending | Declined | Expired | Revoked, Invite) => Ok(Pending),
        (Pending, Confirm) => Ok(Active),
        (Pending | Active, Decline) => Ok(Declined),
        (Pending, Expire) => Ok(Expired),
        (Pending | Active | Expired, Revoke) => Ok(Revoked),
        (Active, Invite) => Err(Error::because(Code::AlreadyThere, "this person is a user of this customer already")),
        (Active | Declined | Expired | Revoked, Confirm)
        | (Declined | Expired | Revoked, Decline)
        | (Active | Declined | Expired | Revoked, Expire)
        | (Declined | Revoked, Revoke) => Err(Error::new(Code::WrongState)),
    }
}
