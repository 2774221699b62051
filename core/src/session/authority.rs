//! What an actor's session is worth at the moment it is used (invariant 41).

use super::{Context, Identity, Session};
use crate::{
    actor::Actor,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    work::Work,
};

/// What an actor of a session stands on.
type Ground = (Option<Session>, Option<Login>, Option<Company>);

impl Actor {
    /// What an actor of a session stands on: to be read in one round trip with the rest.
    pub(crate) fn signed_in(self) -> Option<(Id<Session>, Id<Login>, Id<Company>)> {
        match self {
            Actor::Session { session, login, company, .. } => Some((session, login, company)),
            Actor::Staff { .. } | Actor::Host { .. } => None,
        }
    }

    /// Whether the session still holds the actor's identity. Errors: `not_signed_in`, `second_factor_needed`,
    /// `two_factor_required`.
    pub(crate) fn must_stand(self, work: &mut Work<'_>, (session, login, company): Ground) -> Result<()> {
        let (Actor::Session { identity, .. }, Some(session), Some(login)) = (self, session, login) else {
            return Err(Error::new(Code::NotSignedIn));
        };
        let identity = session.identities.get(identity).ok_or_else(|| Error::new(Code::NotSignedIn))?;
        session.must_hold(work, identity, &login)?;
        if identity.context != (Context::Staff { company: self.company() }) {
            return Err(Error::new(Code::NotSignedIn));
        }
        must_be_strong(identity, company.as_ref())
    }
}

impl Session {
    /// Whether it is signed in, and the identity worth something. Errors: `not_signed_in`, `second_factor_needed`,
    /// `access_ended` (another login's, which was signed out everywhere).
    pub(crate) fn must_hold(&self, work: &mut Work<'_>, identity: &Identity, login: &Login) -> Result<()> {
        if !self.is_open(work.now(), work.handfast().policy()) {
            return Err(Error::new(Code::NotSignedIn));
        }
        self.must_be_active()?;
        // most sessions are of one person, whose login is known already
        let root = if self.login == login.id { Some(login.clone()) } else { work.get(self.login)? };
        let lives = root.is_some_and(|root| self.root().is_some_and(|own| own.is_of_era(&root)));
        match (lives, identity.is_of_era(login)) {
            (true, true) => Ok(()),
            (true, false) => Err(Error::new(Code::AccessEnded)),
            (false, _) => Err(Error::new(Code::NotSignedIn)),
        }
    }
}

/// Whether an identity was obtained with as many factors as its company asks of its staff.
/// Errors: `two_factor_required`.
pub(super) fn must_be_strong(identity: &Identity, company: Option<&Company>) -> Result<()> {
    let asked = company.is_some_and(|company| company.two_factor_required);
    match asked && identity.two_factor.is_none() {
        true => Err(Error::new(Code::TwoFactorRequired)),
        false => Ok(()),
    }
}
