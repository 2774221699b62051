use serde::{Deserialize, Serialize};

use crate::{
    association::Association,
    clock::Timestamp,
    company::Company,
    customer::Customer,
    id::Id,
    login::Login,
    partner::{Delegation, Partner},
    store::json_field,
};

/// What a person acts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as")]
pub enum Context {
    /// No more than the person: may look after the own login, and choose where to go.
    Person,
    /// A member of a company's staff.
    Staff {
        /// The company.
        company: Id<Company>,
    },
    /// One who works for a partner account.
    Partner {
        /// The partner account.
        partner: Id<Partner>,
    },
    /// A Certified Partner in a client's account.
    Delegated {
        /// The client.
        company: Id<Company>,
        /// The partner account.
        partner: Id<Partner>,
        /// The visit.
        delegation: Id<Delegation>,
    },
    /// A user of a company's customer.
    User {
        /// The company.
        company: Id<Company>,
        /// The customer.
        customer: Id<Customer>,
        /// What makes the person its user.
        association: Id<Association>,
    },
}

impl Context {
    /// The company, where there is one.
    pub const fn company(self) -> Option<Id<Company>> {
        match self {
            Context::Person | Context::Partner { .. } => None,
            Context::Staff { company } | Context::User { company, .. } | Context::Delegated { company, .. } => {
                Some(company)
            }
        }
    }
}

/// A login in a context, as a session holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The id.
    pub id: Id<Identity>,
    /// The person.
    pub login: Id<Login>,
    /// What the person acts as.
    pub context: Context,
    /// The login's era when this was obtained: it is worth nothing in a later one.
    pub era: i64,
    /// When the person gave a second factor for it; `None` when none was asked for.
    pub two_factor: Option<Timestamp>,
    /// When it was obtained.
    pub added: Timestamp,
}

/// The identities of a session, in the order they were obtained: one for a login and a context. They stand in the
/// session's own row, so that leaving one and going on as another is one decision on one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identities(Vec<Identity>);

json_field!(Identities);

impl Identities {
    /// All, in the order they were obtained.
    pub fn all(&self) -> &[Identity] {
        &self.0
    }

    /// One of them.
    pub fn get(&self, id: Id<Identity>) -> Option<&Identity> {
        self.0.iter().find(|identity| identity.id == id)
    }

    /// Adds one; it takes the place of an older one of the same login and context, whose id dies.
    pub(crate) fn add(&mut self, new: Identity) {
        self.0.retain(|old| (old.login, old.context) != (new.login, new.context));
        self.0.push(new);
    }

    /// Takes those out that are not kept.
    pub(crate) fn keep(&mut self, kept: impl Fn(&Identity) -> bool) {
        self.0.retain(|identity| kept(identity));
    }

    /// Notes when a second factor was given for those of a login; `None`, that it counts no longer.
    pub(crate) fn verify(&mut self, login: Id<Login>, at: Option<Timestamp>) {
        let own = self.0.iter_mut().filter(|identity| identity.login == login);
        own.for_each(|identity| identity.two_factor = at);
    }

    /// Lets those of a login live on in its new era.
    pub(crate) fn follow(&mut self, login: &Login) {
        self.0.iter_mut().filter(|identity| identity.login == login.id).for_each(|identity| identity.era = login.era);
    }
}
