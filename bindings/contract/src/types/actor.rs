use handfast::{Code, Error, Result};
use serde::{Deserialize, Serialize};

use super::{CompanyId, LoginId};
use crate::shape::{Argument, Described, Fits, Shape};

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
    /// The host itself: its operators and its own jobs. May do everything.
    Host {
        /// The company.
        company: CompanyId,
    },
}

impl Described for Actor {
    const SHAPE: Shape = Shape::Actor;
}

impl Argument for Actor {
    type Core = handfast::Actor;
    fn core(self) -> Result<handfast::Actor> {
        let named = |name: &str| Error::because(Code::NotAnId, format!("`{name}` is not an id"));
        match self {
            Actor::Staff { login, company } => Ok(handfast::Actor::staff(
                login.fit().map_err(|_| named("login"))?,
                company.fit().map_err(|_| named("company"))?,
            )),
            Actor::Host { company } => Ok(handfast::Actor::host(company.fit().map_err(|_| named("company"))?)),
        }
    }
}
