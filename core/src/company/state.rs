use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where a member of the staff stands.
    pub enum StaffState {
        /// Invited, and may do nothing yet.
        Invited = "invited",
        /// Works here.
        Active = "active",
        /// Works here no longer, or never came.
        Removed = "removed",
    }
}

choices! {
    /// What happens to a member of the staff.
    pub enum StaffEvent {
        /// Invited, again perhaps.
        Invite = "invite",
        /// The person accepts.
        Accept = "accept",
        /// An Admin removes the person, or the person leaves.
        Remove = "remove",
    }
}

/// The one transition function of staff. Errors: `wrong_state`.
pub fn next(state: StaffState, event: StaffEvent) -> Result<StaffState> {
    use StaffEvent::{Accept, Invite, Remove};
    use StaffState::{Active, Invited, Removed};
    match (state, event) {
        (Invited | Removed, Invite) => Ok(Invited),
        (Invited, Accept) => Ok(Active),
        (Invited | Active, Remove) => Ok(Removed),
        (Active, Invite) => Err(Error::new(Code::AlreadyStaff)),
        (Active | Removed, Accept) | (Removed, Remove) => Err(Error::new(Code::WrongState)),
    }
}
