use serde::Serialize;

use super::{Context, Identity, Session, SessionState, Sessions, authority::must_be_strong, standing::Grounds};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Role,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    value::{EmailAddress, Name},
};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resolved {
    /// The session.
    pub session: Id<Session>,
    /// The identity that the person acts as now.
    pub identity: Id<Identity>,
    /// The person.
    pub login: Id<Login>,
    /// The person's name.
    pub name: Name,
    /// The person's address.
    pub email: EmailAddress,
    /// What the person acts as.
    pub context: Context,
    /// The role, of a member of a company's staff.
    pub role: Option<Role>,
    /// Whether the person gave a second factor for it.
    pub two_factor: bool,
    /// When the session ends, however much it is used.
    pub expires: Timestamp,
}

impl Resolved {
    /// Who acts on a company's side; `None` unless the person acts as a member of its staff, or as its partner.
    pub fn actor(&self) -> Option<Actor> {
        let Resolved { session, identity, login, .. } = *self;
        match self.context {
            Context::Staff { company } => Some(Actor::Session { session, identity, login, company }),
            Context::Delegated { company, partner, delegation } => {
                Some(Actor::Partner { session, identity, login, partner, delegation, company })
            }
            Context::Person | Context::User { .. } | Context::Partner { .. } => None,
        }
    }
}

impl Sessions<'_> {
    /// Who holds this token, and what the person acts as now: what a host asks at every request. All that it rests on is
    /// read now: session, login, role or association, customer, company. Two round trips, and no write but once in
    /// `session_noted`.
    ///
    /// Errors: `not_signed_in`; `second_factor_needed` (finish or cancel); `access_ended`, `customer_inactive`,
    /// `two_factor_required` (the session stands, but not for this: switch, or set a second factor up).
    pub fn resolve(&self, session_token: &str) -> Result<Resolved> {
        let handfast = self.0;
        let mut found = None;
        let resolved = handfast.view(|work| {
            let keys = Session::keys(work, session_token)?;
            let session = work.get(keys)?.into_iter().flatten().next().ok_or_else(|| Error::new(Code::NotSignedIn))?;
            let session = found.insert(session);
            if !session.is_open(work.now(), work.handfast().policy()) {
                return Err(Error::new(Code::NotSignedIn));
            }
            let identity = session.identity()?;
            let keys = identity.context.keys(identity.login);
            let (login, root, found) = work.get((identity.login, session.login, keys))?;
            let (Some(login), Some(_)) = (login, root) else { return Err(Error::new(Code::NotSignedIn)) };
            session.must_hold(work, identity, &login)?;
            let grounds = Grounds::of(found);
            grounds.check(login.id, identity.context)?;
            if let Context::Staff { .. } = identity.context {
                must_be_strong(identity, grounds.company())?;
            }
            Ok(Resolved {
                session: session.id,
                identity: identity.id,
                login: login.id,
                name: login.name,
                email: login.email,
                context: identity.context,
                role: grounds.staff().map(|staff| staff.role),
                two_factor: identity.two_factor.is_some(),
                expires: session.expires,
            })
        });
        if let Some(session) = found {
            self.note(&session);
        }
        resolved
    }

    /// Writes down that a session is used, now and then, or that its time is over: so that no clock that goes back
    /// revives it (invariant 11).
    fn note(&self, seen: &Session) {
        let (now, policy) = (self.0.now(), self.0.policy());
        let due = |session: &Session| {
            let over = !session.is_open(now, policy);
            session.state != SessionState::Ended && (over || now >= session.seen + policy.session_noted)
        };
        if !due(seen) {
            return;
        }
        let noted = self.0.change(|work| {
            let Some(mut session) = work.get(seen.id)?.filter(due) else { return Ok(()) };
            match session.is_open(now, policy) {
                true => session.seen = now,
                false => session.end()?,
            }
            work.put(&session);
            Ok(())
        });
        // who is signed in should get an answer even where nothing can be written just now
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a session was not noted");
        }
    }
}
