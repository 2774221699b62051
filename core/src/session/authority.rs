//! What an actor's session is worth at the moment it is used (invariant 41).

use super::{Context, Identity, Session};
use crate::{
    actor::Actor,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    partner,
    work::Work,
};

/// What an actor of a session stands on.
type Ground = (Option<Session>, Option<Login>, Option<Company>);

impl Actor {
    /// What an actor of a session stands on: to be read in one round trip with the rest.
    pub(crate) fn signed_in(self) -> Option<(Id<Session>, Id<Login>, Id<Company>)> {
        match self {
            Actor::Session { session, login, company, .. } | Actor::Partner { session, login, company, .. } => {
                Some((session, login, company))
            }
            Actor::Staff { .. } | Actor::Host { .. } => None,
        }
    }

    /// Whether the session still holds the actor's identity, and a partner's visit still stands. Errors:
    /// `not_signed_in`, `second_factor_needed`, `two_factor_required`, `access_ended`.
    pub(crate) fn must_stand(
        self,
        work: &mut Work<'_>,
        (session, login, company): Ground,
        bond: Option<&partner::Found>,
    ) -> Result<()> {
        let (Some((context, identity)), Some(session), Some(login)) = (self.acts(), session, login) else {
            return Err(Error::new(Code::NotSignedIn));
        };
        let identity = session.identities.get(identity).ok_or_else(|| Error::new(Code::NotSignedIn))?;
        session.must_hold(work, identity, &login)?;
        if identity.context != context {
            return Err(Error::new(Code::NotSignedIn));
        }
        match (self.bond(), bond) {
            (Some(bond), Some(found)) => bond.check(login.id, found),
            (Some(_), None) => Err(Error::new(Code::AccessEnded)),
            (None, _) => must_be_strong(identity, company.as_ref()),
        }
    }

    /// What its identity must say that it acts as.
    fn acts(self) -> Option<(Context, Id<Identity>)> {
        match self {
            Actor::Session { identity, company, .. } => Some((Context::Staff { company }, identity)),
            Actor::Partner { identity, company, partner, delegation, .. } => {
                Some((Context::Delegated { company, partner, delegation }, identity))
            }
            Actor::Staff { .. } | Actor::Host { .. } => None,
        }
    }
}

impl Session {
    /// Whether it is signed in, and the identity worth something. Errors: `not_signed_in`, `second_factor_needed`,
    /// `access_ended` (another login's, which was signed out everywhere; a partner's in a client's account, without the
    /// second factor that this needs).
    pub(crate) fn must_hold(&self, work: &mut Work<'_>, identity: &Identity, login: &Login) -> Result<()> {
        if !self.is_open(work.now(), work.handfast().policy()) {
            return Err(Error::new(Code::NotSignedIn));
        }
        self.must_be_active()?;
        // most sessions are of one person, whose login is known already
        let root = if self.login == login.id { Some(login.clone()) } else { work.get(self.login)? };
        let lives = root.is_some_and(|root| self.root().is_some_and(|own| own.is_of_era(&root)));
        // invariant 18, at each use
        let strong = identity.context.bond().is_none() || self.lets_delegate(identity, login);
        match (lives, identity.is_of_era(login) && strong) {
            (true, true) => Ok(()),
            (true, false) => Err(Error::new(Code::AccessEnded)),
            (false, _) => Err(Error::new(Code::NotSignedIn)),
        }
    }
}

impl Session {
    /// Whether a visit in a client's account has the second factors that it needs.
    pub(super) fn lets_delegate(&self, identity: &Identity, login: &Login) -> bool {
        login.two_factor && identity.two_factor.is_some() && self.is_verified(login)
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
