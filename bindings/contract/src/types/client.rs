use handfast::partner as core;

use super::{CompanyId, DelegationId, LinkOrigin, LoginId, PartnerId, TaskCount, TrialState};
use crate::{
    scalar::Timestamp,
    shape::{Lend, choice, record},
};

choice! {
    /// The order of a clients list.
    pub enum ClientOrder of core::ClientOrder {
        /// By name.
        Name,
        /// By name, from the end of the alphabet.
        NameDescending,
        /// Who came last first.
        Newest,
        /// Who came first first.
        Oldest,
    }
}

choice! {
    /// Whether a client is the one that the partner works on the e-course with.
    pub enum Tandem of core::Tandem {
        /// It is: its tasks count for the partner.
        Enabled,
        /// It is not.
        Off,
    }
}

choice! {
    /// Why one click does not let a partner into a client's account.
    pub enum LoginObstacle of core::LoginObstacle {
        /// The partner account is suspended.
        PartnerSuspended,
        /// The person has not set a second factor up.
        TwoFactorOff,
        /// The session was begun without a second factor: sign out, and in again with it.
        SessionNotVerified,
    }
}

choice! {
    /// Where a partner's visit in a client's account stands.
    pub enum DelegationState of core::DelegationState {
        /// The partner can go on.
        Open,
        /// The partner left.
        Left,
        /// The client ended it.
        Ended,
    }
}

record! {
    /// Which clients, and in which order: all of them by name unless told.
    pub struct ClientFilter into core::ClientFilter {
    } optional {
        /// Only those whose names have words that begin so; they come in the order of the words found.
        search: String,
        /// The order; by name unless told. Not looked at when `search` is given.
        order: ClientOrder,
    }
}

impl Lend for Option<core::ClientFilter> {
    type Lent<'a> = &'a core::ClientFilter;
    fn lend(&self) -> &core::ClientFilter {
        const ALL: &core::ClientFilter = &core::ClientFilter { search: None, order: None };
        self.as_ref().unwrap_or(ALL)
    }
}

record! {
    /// One line of a clients list.
    pub struct Client from core::Client {
        /// The commerce account.
        company: CompanyId,
        /// How it is called.
        name: String,
        /// How it came to designate the partner.
        origin: LinkOrigin,
        /// Since when it does.
        since: Timestamp,
        /// Where its trial stands.
        trial: TrialState,
        /// When its trial ends or ended, if it has one.
        trial_ends: Option<Timestamp>,
        /// How far it has come on its onboarding page. After a newer version of the course was published, what that version
        /// would find in the past counts from the client's next signal or look at its page on: a look at the list moves nobody on,
        /// and so takes no longer after a publication.
        onboarding: TaskCount,
        /// Whether it is the one that the partner works on the e-course with.
        tandem: Tandem,
        /// Whether one click lets the partner in, and if not, exactly why.
        login: CanLogIn,
    }
}

record! {
    /// Whether one click lets a partner into a client's account, and if not, exactly why.
    pub struct CanLogIn from core::CanLogIn {
        /// Whether it does.
        yes: bool,
        /// What stands in the way; empty when it does.
        obstacles: Vec<LoginObstacle>,
    }
}

record! {
    /// A partner's visit as the client sees it.
    pub struct Visit from core::Visit {
        /// The id, to end it.
        id: DelegationId,
        /// The partner.
        partner: PartnerId,
        /// How the partner is called.
        partner_name: String,
        /// The person.
        login: LoginId,
        /// How the person is called.
        person: String,
        /// Why, if the partner said so.
        reason: Option<String>,
        /// Where it stands.
        state: DelegationState,
        /// When it began.
        began: Timestamp,
        /// When it ended, or ends at the latest.
        ends: Timestamp,
    }
}
