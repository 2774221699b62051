use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where a request stands.
    pub enum RequestState {
        /// Waits for a decision.
        Pending = "pending",
        /// Made a customer, not yet an active one (invariant 3).
        Approved = "approved",
        /// Declined.
        Rejected = "rejected",
        /// Taken back by the visitor.
        Withdrawn = "withdrawn",
        /// Not decided in time.
        Expired = "expired",
    }
}

choices! {
    /// What happens to a request.
    pub enum RequestEvent {
        /// The company says yes.
        Approve = "approve",
        /// The company says no.
        Reject = "reject",
        /// The visitor takes it back.
        Withdraw = "withdraw",
        /// Its time is over.
        Expire = "expire",
    }
}

/// The one transition function of requests: a decided request never changes (invariant 5).
/// Errors: `already_decided`.
pub fn next(state: RequestState, event: RequestEvent) -> Result<RequestState> {
    use RequestEvent::{Approve, Expire, Reject, Withdraw};
    use RequestState::{Approved, Expired, Pending, Rejected, Withdrawn};
    match (state, event) {
        (Pending, Approve) => Ok(Approved),
        (Pending, Reject) => Ok(Rejected),
        (Pending, Withdraw) => Ok(Withdrawn),
        (Pending, Expire) => Ok(Expired),
        (Approved | Rejected | Withdrawn | Expired, Approve | Reject | Withdraw | Expire) => {
            Err(Error::new(Code::AlreadyDecided))
        }
    }
}
