//! Who acts, and for which company.

use serde::{Deserialize, Serialize};

use crate::{
    company::Company,
    id::Id,
    login::Login,
    partner::{Delegation, Partner},
    session::{Identity, Session},
};

/// Who asks for something on a company's side, and for which company. What the actor may do is read in the
/// very change that it authorises (invariant 41), so an actor is a name and not a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as")]
pub enum Actor {
    /// A member of the company's staff, whom the host has signed in and vouches for.
    Staff {
        /// The person.
        login: Id<Login>,
        /// The company.
        company: Id<Company>,
    },
    /// A member of the company's staff by a session's identity, as [`resolve`](crate::session::Sessions::resolve) told.
    /// The ids are no authority: session, identity, login and role are read again in every change.
    Session {
        /// The session.
        session: Id<Session>,
        /// The identity, in that session.
        identity: Id<Identity>,
        /// The person whose identity it is.
        login: Id<Login>,
        /// The company.
        company: Id<Company>,
    },
    /// A Certified Partner in a client's account, as [`resolve`](crate::session::Sessions::resolve) told: manages
    /// everything but passwords, two-factor, staff, the partner's number and billing. The ids are no authority: that the
    /// client still designates the partner, and all else it rests on, is read again in every change.
    Partner {
        /// The session.
        session: Id<Session>,
        /// The identity, in that session.
        identity: Id<Identity>,
        /// The person.
        login: Id<Login>,
        /// The partner account.
        partner: Id<Partner>,
        /// The visit.
        delegation: Id<Delegation>,
        /// The client.
        company: Id<Company>,
    },
    /// The host itself: its operators and its own jobs. May do everything.
    Host {
        /// The company.
        company: Id<Company>,
    },
}

impl Actor {
    /// A member of the staff.
    pub const fn staff(login: Id<Login>, company: Id<Company>) -> Self {
        Actor::Staff { login, company }
    }

    /// The host itself.
    pub const fn host(company: Id<Company>) -> Self {
        Actor::Host { company }
    }

    /// The company acted for.
    pub const fn company(self) -> Id<Company> {
        match self {
            Actor::Staff { company, .. }
            | Actor::Session { company, .. }
            | Actor::Partner { company, .. }
            | Actor::Host { company } => company,
        }
    }

    /// The person who acts; `None` for the host.
    pub const fn login(self) -> Option<Id<Login>> {
        match self {
            Actor::Staff { login, .. } | Actor::Session { login, .. } | Actor::Partner { login, .. } => Some(login),
            Actor::Host { .. } => None,
        }
    }
}
