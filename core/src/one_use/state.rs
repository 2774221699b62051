use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where a one-use secret stands.
    pub enum TicketState {
        /// Opens, until it expires.
        Live = "live",
        /// Has opened.
        Used = "used",
        /// Was tried too often.
        Exhausted = "exhausted",
        /// Was seen after its time.
        Expired = "expired",
        /// Was taken back.
        Revoked = "revoked",
    }
}

choices! {
    /// What happens to a one-use secret.
    pub enum TicketEvent {
        /// A newer one takes its place.
        Issue = "issue",
        /// The right secret is given.
        Redeem = "redeem",
        /// A wrong one is given, and it was the last try.
        Exhaust = "exhaust",
        /// It is looked at after its time.
        Expire = "expire",
        /// What it would open is no longer offered.
        Revoke = "revoke",
    }
}

/// The one transition function of one-use secrets. Errors: `code_spent`, `code_expired`.
pub fn next(state: TicketState, event: TicketEvent) -> Result<TicketState> {
    use TicketEvent::{Exhaust, Expire, Issue, Redeem, Revoke};
    use TicketState::{Exhausted, Expired, Live, Revoked, Used};
    match (state, event) {
        (_, Issue) => Ok(Live),
        (Live, Redeem) => Ok(Used),
        (Live, Exhaust) => Ok(Exhausted),
        (Live, Expire) => Ok(Expired),
        (Live, Revoke) => Ok(Revoked),
        (state, Revoke) => Ok(state),
        (Expired, Redeem | Exhaust | Expire) => Err(Error::new(Code::CodeExpired)),
        (Used | Exhausted | Revoked, Redeem | Exhaust | Expire) => Err(Error::new(Code::CodeSpent)),
    }
}
