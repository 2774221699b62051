use handfast::{Code, Error, Result};
use serde::{Deserialize, Serialize};

use super::{CompanyId, DelegationId, IdentityId, LoginId, PartnerId, SessionId};
use crate::shape::{Argument, Choice, ChoiceType, Described, Fits, Outward, Shape};

/// Who acts for a company. What the actor may do is read in the very change that it authorises, so an actor is a name
/// and not a permission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as")]
#[cfg_attr(feature = "mobile", derive(uniffi::Enum))]
pub enum Actor {
    /// A member of the company's staff, whom the host has signed in and vouches for.
    Staff {
        /// The person.
        login: LoginId,
        /// The company.
        company: CompanyId,
    },
    /// A member of the company's staff by a session's identity, as `sessions.resolve` gave it. The ids are no authority:
    /// session, identity, login and role are read again in every change.
    Session {
        /// The session.
        session: SessionId,
        /// The identity, in that session.
        identity: IdentityId,
        /// The person whose identity it is.
        login: LoginId,
        /// The company.
        company: CompanyId,
    },
    /// A Certified Partner in a client's account, as `sessions.resolve` gave it: manages everything but passwords,
    /// two-factor, staff, the partner's number and billing. The ids are no authority: that the client still designates the
    /// partner, and all else it rests on, is read again in every change.
    Partner {
        /// The session.
        session: SessionId,
        /// The identity, in that session.
        identity: IdentityId,
        /// The person.
        login: LoginId,
        /// The partner account.
        partner: PartnerId,
        /// The visit.
        delegation: DelegationId,
        /// The client.
        company: CompanyId,
    },
    /// The host itself: its operators and its own jobs. May do everything.
    Host {
        /// The company.
        company: CompanyId,
    },
}

impl Actor {
    /// The kinds of actors, as JSON and JavaScript name them.
    pub const KINDS: ChoiceType = ChoiceType {
        name: "as",
        module: module_path!(),
        about: "Who acts.",
        choices: &[
            Choice { name: "Staff", about: "A member of the staff.", text: || "staff" },
            Choice { name: "Session", about: "A member of the staff, by a session.", text: || "session" },
            Choice { name: "Partner", about: "A Certified Partner in a client's account.", text: || "partner" },
            Choice { name: "Host", about: "The host itself.", text: || "host" },
        ],
    };
}

impl Described for Actor {
    const SHAPE: Shape = Shape::Actor;
}

/// An id of an actor, told by its name when it is none.
fn named<Core>(name: &str, id: impl Fits<Core>) -> Result<Core> {
    id.fit().map_err(|_| Error::because(Code::NotAnId, format!("`{name}` is not an id")))
}

impl Argument for Actor {
    type Core = handfast::Actor;
    fn core(self) -> Result<handfast::Actor> {
        Ok(match self {
            Actor::Staff { login, company } => {
                handfast::Actor::staff(named("login", login)?, named("company", company)?)
            }
            Actor::Session { session, identity, login, company } => handfast::Actor::Session {
                session: named("session", session)?,
                identity: named("identity", identity)?,
                login: named("login", login)?,
                company: named("company", company)?,
            },
            Actor::Partner { session, identity, login, partner, delegation, company } => handfast::Actor::Partner {
                session: named("session", session)?,
                identity: named("identity", identity)?,
                login: named("login", login)?,
                partner: named("partner", partner)?,
                delegation: named("delegation", delegation)?,
                company: named("company", company)?,
            },
            Actor::Host { company } => handfast::Actor::host(named("company", company)?),
        })
    }
}

impl Outward<Actor> for handfast::Actor {
    fn outward(self) -> Actor {
        match self {
            handfast::Actor::Staff { login, company } => {
                Actor::Staff { login: login.outward(), company: company.outward() }
            }
            handfast::Actor::Session { session, identity, login, company } => Actor::Session {
                session: session.outward(),
                identity: identity.outward(),
                login: login.outward(),
                company: company.outward(),
            },
            handfast::Actor::Partner { session, identity, login, partner, delegation, company } => Actor::Partner {
                session: session.outward(),
                identity: identity.outward(),
                login: login.outward(),
                partner: partner.outward(),
                delegation: delegation.outward(),
                company: company.outward(),
            },
            handfast::Actor::Host { company } => Actor::Host { company: company.outward() },
        }
    }
}
