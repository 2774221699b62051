//! What lets a partner into a client's account, judged anew at every use (invariants 17 and 18).

use serde::Serialize;

use super::{Delegation, DelegationState, Designation, Member, Partner, PartnerStanding};
use crate::{
    actor::Actor,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    session::{Context, Identity, Session},
    store::Unique,
    value::choices,
};

choices! {
    /// Why one click does not let a partner into a client's account.
    pub enum LoginObstacle {
        /// The partner account is suspended.
        PartnerSuspended = "partner_suspended",
        /// The person has not set a second factor up.
        TwoFactorOff = "two_factor_off",
        /// The session was begun without a second factor: sign out, and in again with it.
        SessionNotVerified = "session_not_verified",
    }
}

/// Whether one click lets a partner into a client's account, and if not, exactly why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CanLogIn {
    /// Whether it does.
    pub yes: bool,
    /// What stands in the way; empty when it does.
    pub obstacles: Vec<LoginObstacle>,
}

impl CanLogIn {
    /// The one place that answers invariant 18, but for the visit itself and for the link: of an account that does not
    /// designate the partner, or no longer, nothing is said ([`Designation::of_client`]).
    pub(crate) fn of(session: &Session, login: &Login, partner: &Partner) -> Self {
        let good = partner.standing == PartnerStanding::Good;
        let obstacles = [
            (!good).then_some(LoginObstacle::PartnerSuspended),
            (!login.two_factor).then_some(LoginObstacle::TwoFactorOff),
            (!session.is_verified(login)).then_some(LoginObstacle::SessionNotVerified),
        ];
        let obstacles: Vec<_> = obstacles.into_iter().flatten().collect();
        CanLogIn { yes: obstacles.is_empty(), obstacles }
    }

    /// Errors: `cannot_log_in`, with everything that stands in the way.
    pub(crate) fn must(self) -> Result<()> {
        let named: Vec<_> = self.obstacles.iter().map(|obstacle| obstacle.as_str()).collect();
        match self.yes {
            true => Ok(()),
            false => {
                let message = format!("you cannot enter this account: `{}`", named.join("`, `"));
                Err(Error::because(Code::CannotLogIn, message))
            }
        }
    }
}

/// The keys of what a partner's visit rests on: to be read in one round trip with the rest.
pub(crate) type Keys = (Unique<Designation>, Id<Partner>, Unique<Member>, Id<Delegation>);

/// What was found under them.
pub(crate) type Found = (Option<Designation>, Option<Partner>, Option<Member>, Option<Delegation>);

/// Where a partner's visit leads, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bond {
    pub(crate) company: Id<Company>,
    pub(crate) partner: Id<Partner>,
    pub(crate) delegation: Id<Delegation>,
}

impl Bond {
    pub(crate) fn keys(self, login: Id<Login>) -> Keys {
        (Designation::by_company(self.company), self.partner, Member::by_login(login), self.delegation)
    }

    /// Whether the visit still stands: the client designates this partner as it did when the visit began, the partner is
    /// in good standing and the person still works for it, and nobody ended the visit. What the person's login and
    /// session must be is judged by [`Session::must_hold`]. Errors: `access_ended`.
    pub(crate) fn check(self, login: Id<Login>, (designation, partner, member, delegation): &Found) -> Result<()> {
        let (Some(designation), Some(partner), Some(member), Some(delegation)) =
            (designation, partner, member, delegation)
        else {
            return Err(Error::new(Code::AccessEnded));
        };
        let linked = designation.is_live() && designation.partner == self.partner && designation.era == delegation.era;
        let works = partner.standing == PartnerStanding::Good && member.partner == self.partner;
        let visits = delegation.state == DelegationState::Open
            && (delegation.company, delegation.login) == (self.company, login);
        if linked && works && visits { Ok(()) } else { Err(Error::new(Code::AccessEnded)) }
    }
}

impl Session {
    /// Whether both the person who began the session and this one gave a second factor in it.
    pub(crate) fn is_verified(&self, login: &Login) -> bool {
        let gave = |identity: &Identity| identity.two_factor.is_some();
        let mut own = self.identities.all().iter().filter(|identity| identity.login == login.id);
        self.root().is_some_and(gave) && own.any(gave)
    }
}

impl Context {
    /// Where it leads as a partner's visit, if it is one.
    pub(crate) const fn bond(self) -> Option<Bond> {
        match self {
            Context::Delegated { company, partner, delegation } => Some(Bond { company, partner, delegation }),
            Context::Person | Context::Staff { .. } | Context::User { .. } | Context::Partner { .. } => None,
        }
    }
}

impl Actor {
    /// The same of an actor.
    pub(crate) const fn bond(self) -> Option<Bond> {
        match self {
            Actor::Partner { company, partner, delegation, .. } => Some(Bond { company, partner, delegation }),
            Actor::Staff { .. } | Actor::Session { .. } | Actor::Host { .. } => None,
        }
    }
}
