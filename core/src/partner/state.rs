use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// How far a partner account has come.
    pub enum PartnerState {
        /// Signed up; the e-course is not finished.
        Provisional = "provisional",
        /// Certified, and so fully activated: for good (invariant 26).
        Certified = "certified",
    }
}

choices! {
    /// What happens to a partner account on its way.
    pub enum PartnerEvent {
        /// The last required task of the e-course is completed.
        Certify = "certify",
    }
}

choices! {
    /// Whether a partner account is in good standing.
    pub enum PartnerStanding {
        /// It is.
        Good = "good",
        /// The host has suspended it: it works for no client, and gets no new one.
        Suspended = "suspended",
    }
}

choices! {
    /// What the host does to a partner account.
    pub enum StandingEvent {
        /// Suspends it.
        Suspend = "suspend",
        /// Lets it work again.
        Restore = "restore",
    }
}

choices! {
    /// Whether a commerce account designates its partner.
    pub enum DesignationState {
        /// It does.
        Live = "live",
        /// It did, and took that back.
        Cleared = "cleared",
    }
}

choices! {
    /// What a commerce account does about its partner.
    pub enum DesignationEvent {
        /// Designates a partner, another one perhaps.
        Designate = "designate",
        /// Takes that back.
        Clear = "clear",
    }
}

choices! {
    /// Where a partner's visit in a client's account stands.
    pub enum DelegationState {
        /// The partner can go on.
        Open = "open",
        /// The partner left.
        Left = "left",
        /// The client ended it.
        Ended = "ended",
    }
}

choices! {
    /// What happens to a partner's visit.
    pub enum DelegationEvent {
        /// The partner leaves.
        Leave = "leave",
        /// The client ends it.
        End = "end",
    }
}

/// The one transition function of partner accounts. Certifying again changes nothing: it is for good. No error.
pub fn next(state: PartnerState, event: PartnerEvent) -> Result<PartnerState> {
    match (state, event) {
        (PartnerState::Provisional | PartnerState::Certified, PartnerEvent::Certify) => Ok(PartnerState::Certified),
    }
}

/// The one transition function of standings. Suspending what is suspended changes nothing. No error.
pub fn next_standing(standing: PartnerStanding, event: StandingEvent) -> Result<PartnerStanding> {
    match (standing, event) {
        (PartnerStanding::Good | PartnerStanding::Suspended, StandingEvent::Suspend) => Ok(PartnerStanding::Suspended),
        (PartnerStanding::Good | PartnerStanding::Suspended, StandingEvent::Restore) => Ok(PartnerStanding::Good),
    }
}

/// The one transition function of designations. Errors: `wrong_state` (there is none to clear).
pub fn next_designation(state: DesignationState, event: DesignationEvent) -> Result<DesignationState> {
    use DesignationEvent::{Clear, Designate};
    use DesignationState::{Cleared, Live};
    match (state, event) {
        (Live | Cleared, Designate) => Ok(Live),
        (Live, Clear) => Ok(Cleared),
        (Cleared, Clear) => Err(Error::new(Code::WrongState)),
    }
}

/// The one transition function of visits. What is over stays as it ended. Errors: `wrong_state`.
pub fn next_delegation(state: DelegationState, event: DelegationEvent) -> Result<DelegationState> {
    use DelegationEvent::{End, Leave};
    use DelegationState::{Ended, Left, Open};
    match (state, event) {
        (Open, Leave) => Ok(Left),
        (Open, End) => Ok(Ended),
        (Left | Ended, Leave | End) => Err(Error::new(Code::WrongState)),
    }
}
