use super::{Context, Identities, Identity, SessionEvent, SessionState, next, standing::Grounds};
use crate::{
    actor::Actor,
    clock::Timestamp,
    customer::Customer,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    partner::{Member, Partner},
    policy::Policy,
    record,
    secret::{Digest, Purpose, Token},
    store::{Fetch, Unique, choice_columns, json_field},
    value::Line,
    work::Work,
};

choice_columns!(SessionState);

/// A sign-in within a session that waits for its second factor.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Adding {
    /// Who it will be.
    pub(super) identity: Identity,
    /// Until when it waits.
    pub(super) expires: Timestamp,
}

json_field!(Adding);

record! {
    /// A person who is signed in on a device.
    pub struct Session in "session" {
        /// The id.
        id: Id<Session>,
        /// The keyed hash of what the device holds (invariant 9).
        token: Digest,
        /// Who signed in first, or whoever is left first: whose session it is.
        login: Id<Login>,
        /// Where it stands.
        state: SessionState,
        /// When it began.
        created: Timestamp,
        /// When it was used last, to within `session_noted`.
        seen: Timestamp,
        /// When it ends, however much it is used.
        expires: Timestamp,
        /// What the host calls the device.
        device: Option<Line<200>>,
        /// Where the host believes it to be.
        place: Option<Line<200>>,
        /// Who the person acts as now: one of `identities`.
        current: Id<Identity>,
        /// Everyone who signed in during it.
        identities: Identities,
        /// A further sign-in that waits for its second factor.
        adding: Option<Adding>,
    }
    unique by_token(token: &Digest);
    index of_login(login: Id<Login>, state: SessionState) by ();
}

impl Session {
    /// The keys that a token can stand under, one for each key of the ring. Errors: `not_signed_in`.
    pub(crate) fn keys(work: &Work<'_>, token: &str) -> Result<Vec<Unique<Session>>> {
        let token = Token::parse(token).map_err(|_| Error::new(Code::NotSignedIn))?;
        let digests = work.handfast().keyring().digests(Purpose::SessionToken, &[token.expose().as_bytes()]);
        Ok(digests.iter().map(Session::by_token).collect())
    }

    /// The session of a token that is not over, pending ones included. Errors: `not_signed_in`.
    pub(crate) fn open(work: &mut Work<'_>, token: &str) -> Result<Self> {
        let keys = Session::keys(work, token)?;
        let found = work.get(keys)?.into_iter().flatten().next();
        let (now, policy) = (work.now(), work.handfast().policy());
        found.filter(|session| session.is_open(now, policy)).ok_or_else(|| Error::new(Code::NotSignedIn))
    }

    /// The session of a token and the person whom it acts as now, while that stands. A partner in a client's account is
    /// nobody here: what is the person's own is not to be touched from there (invariant 23).
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended` (the login was signed out elsewhere; the session
    /// holds another that was not), `delegated`.
    pub(crate) fn person(work: &mut Work<'_>, token: &str) -> Result<(Self, Login)> {
        let session = Session::open(work, token)?;
        let login = session.own_login(work)?;
        Ok((session, login))
    }

    fn own_login(&self, work: &mut Work<'_>) -> Result<Login> {
        self.must_be_active()?;
        let identity = self.identity()?;
        let login = work.get(identity.login)?.ok_or_else(|| Error::new(Code::Corrupt))?;
        self.must_hold(work, identity, &login)?;
        match identity.context {
            Context::Delegated { .. } => Err(Error::new(Code::Delegated)),
            Context::Person | Context::Staff { .. } | Context::User { .. } | Context::Partner { .. } => Ok(login),
        }
    }

    /// The session of a token, the person whom it acts as now, and the partner account that the person acts for.
    ///
    /// Errors: those of [`person`](Self::person); `partner_only`.
    pub(crate) fn partner(work: &mut Work<'_>, token: &str) -> Result<(Self, Login, Partner)> {
        Session::partner_with(work, token, |_| ())
    }

    /// The same where the call goes on to ask for more: all is read in one round trip, and the session in one before.
    pub(crate) fn partner_with<F: Fetch>(
        work: &mut Work<'_>,
        token: &str,
        more: impl FnOnce(Id<Partner>) -> F,
    ) -> Result<(Self, Login, Partner)> {
        let session = Session::open(work, token)?;
        if let Identity { login, context: Context::Partner { partner }, .. } = *session.identity()? {
            work.ahead(&(login, partner, Member::by_login(login), more(partner)))?;
        }
        let login = session.own_login(work)?;
        let only = || Error::new(Code::PartnerOnly);
        let Context::Partner { partner } = session.identity()?.context else { return Err(only()) };
        let (partner, member) = work.get((partner, Member::by_login(login.id)))?;
        let works = |partner: &Partner| member.is_some_and(|member| member.partner == partner.id);
        Ok((session, login, partner.filter(works).ok_or_else(only)?))
    }

    /// The person whom the session of a token acts as now, and the customer whose user the person is, while both stand.
    ///
    /// Errors: those of [`person`](Self::person); `customer_only`, `access_ended`, `customer_inactive`.
    pub(crate) fn customer(work: &mut Work<'_>, token: &str) -> Result<(Login, Customer)> {
        let (session, login) = Session::person(work, token)?;
        let context = session.identity()?.context;
        let Context::User { customer, .. } = context else { return Err(Error::new(Code::CustomerOnly)) };
        Grounds::read(work, login.id, context)?.check(login.id, context)?;
        Ok((login, work.need(customer)?))
    }

    /// The member of a company's staff whom it acts as now. Errors: `role_too_low`.
    pub(crate) fn staff_actor(&self) -> Result<Actor> {
        let identity = self.identity()?;
        match identity.context {
            Context::Staff { company } => {
                Ok(Actor::Session { session: self.id, identity: identity.id, login: identity.login, company })
            }
            Context::Person | Context::User { .. } | Context::Partner { .. } | Context::Delegated { .. } => {
                Err(Error::new(Code::RoleTooLow))
            }
        }
    }

    /// Whether it is not over. It ends at its time, and when it was not used for `session_idle`.
    pub(crate) fn is_open(&self, now: Timestamp, policy: &Policy) -> bool {
        self.state != SessionState::Ended && now < self.expires && now < self.seen + policy.session_idle
    }

    /// Errors: `second_factor_needed`.
    pub(crate) fn must_be_active(&self) -> Result<()> {
        match self.state {
            SessionState::Active => Ok(()),
            SessionState::Pending => Err(Error::new(Code::SecondFactorNeeded)),
            SessionState::Ended => Err(Error::new(Code::NotSignedIn)),
        }
    }

    /// Who the person acts as now.
    pub(crate) fn identity(&self) -> Result<&Identity> {
        self.identities.get(self.current).ok_or_else(|| Error::new(Code::Corrupt))
    }

    /// The first identity of the person whose session it is.
    pub(crate) fn root(&self) -> Option<&Identity> {
        self.identities.all().iter().find(|identity| identity.login == self.login)
    }

    /// Ends it.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.state = next(self.state, SessionEvent::End)?;
        Ok(())
    }

    /// Lets what this session holds of a login live on in the era that the login has just begun.
    pub(crate) fn follow(&mut self, login: &Login) {
        self.identities.follow(login);
    }
}

impl Identity {
    /// Whether it was obtained in the login's present era, and the login is not disabled.
    pub(crate) fn is_of_era(&self, login: &Login) -> bool {
        self.login == login.id && self.era == login.era && login.disabled.is_none()
    }
}
