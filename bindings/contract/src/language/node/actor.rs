//! Who acts: an object whose property `as` tells the kind.

use napi::{Env, Unknown};

use super::{FromJs, Reading, ToJs, Unfit, Writing};
use crate::{Failure, types::Actor};

impl FromJs for Actor {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        let actor = Reading::begin(value)?;
        match actor.get::<String>(c"as")?.as_str() {
            "staff" => Ok(Actor::Staff { login: actor.get(c"login")?, company: actor.get(c"company")? }),
            "session" => Ok(Actor::Session {
                session: actor.get(c"session")?,
                identity: actor.get(c"identity")?,
                login: actor.get(c"login")?,
                company: actor.get(c"company")?,
            }),
            "partner" => Ok(Actor::Partner {
                session: actor.get(c"session")?,
                identity: actor.get(c"identity")?,
                login: actor.get(c"login")?,
                partner: actor.get(c"partner")?,
                delegation: actor.get(c"delegation")?,
                company: actor.get(c"company")?,
            }),
            "host" => Ok(Actor::Host { company: actor.get(c"company")? }),
            _ => Err(Failure::unknown_choice(&Actor::KINDS).into()),
        }
    }
}

impl ToJs for Actor {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        let mut actor = Writing::begin(env)?;
        let company = match self {
            Actor::Staff { login, company } => {
                actor.set(c"as", &"staff".to_owned())?;
                actor.set(c"login", login)?;
                company
            }
            Actor::Session { session, identity, login, company } => {
                actor.set(c"as", &"session".to_owned())?;
                actor.set(c"session", session)?;
                actor.set(c"identity", identity)?;
                actor.set(c"login", login)?;
                company
            }
            Actor::Partner { session, identity, login, partner, delegation, company } => {
                actor.set(c"as", &"partner".to_owned())?;
                actor.set(c"session", session)?;
                actor.set(c"identity", identity)?;
                actor.set(c"login", login)?;
                actor.set(c"partner", partner)?;
                actor.set(c"delegation", delegation)?;
                company
            }
            Actor::Host { company } => {
                actor.set(c"as", &"host".to_owned())?;
                company
            }
        };
        actor.set(c"company", company)?;
        Ok(actor.done())
    }
}
