use serde::Deserialize;

use super::{Adding, Context, Identities, Identity, Session, SessionEvent, SessionState, Sessions, next};
use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Faults, Result},
    id::Id,
    login::{Admitted, Login, SignInName},
    request::given,
    secret::{Digest, Purpose, Token},
    two_factor::{self, Outcome},
    value::Line,
    work::Work,
};

/// What a person signs in with, and where.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The e-mail address, or with `company` that company's login name.
    pub name: String,
    /// The password.
    pub password: String,
    /// The company that the person wants to go to, if the host knows.
    #[serde(default)]
    pub company: Option<Id<Company>>,
    /// What the host calls the device: one line of at most 200 characters.
    #[serde(default)]
    pub device: Option<String>,
    /// Where the host believes it to be: one line of at most 200 characters.
    #[serde(default)]
    pub place: Option<String>,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What came of it.
#[derive(Debug)]
pub enum SignedIn {
    /// The person is signed in.
    Active(Held),
    /// The password was right; the sign-in waits for the second factor: [`finish`](Sessions::finish) it or
    /// [`cancel`](Sessions::cancel) it.
    SecondFactor(Held),
    /// The password was a temporary one: the person is to choose another with
    /// [`choose_password`](crate::association::Users::choose_password), and is not signed in.
    ChoosePassword,
}

/// What a device holds from now on.
#[derive(Debug)]
pub struct Held {
    /// The secret that the host keeps in a cookie or the like. An older one of the same session is worth nothing.
    pub token: Token,
    /// The session.
    pub session: Id<Session>,
    /// Until when it lasts, however much it is used.
    pub expires: Timestamp,
}

/// Where a person signs in, checked.
struct Device {
    label: Option<Line<200>>,
    place: Option<Line<200>>,
}

impl SignIn {
    fn device(&self) -> Result<Device> {
        let mut faults = Faults::default();
        let label = faults.check_optional("device", given(&self.device), Line::parse);
        let place = faults.check_optional("place", given(&self.place), Line::parse);
        faults.made(|| Some(Device { label: label?, place: place? }))
    }
}

impl Sessions<'_> {
    /// Signs a person in on a device. An unknown name, a wrong password and a locked login get the same answer for the
    /// same work and the same number of store calls (invariant 35).
    ///
    /// The person goes where the company's login name or `company` leads, or to the only place there is; otherwise the
    /// person is no more than that, and chooses with [`enter`](Self::enter).
    ///
    /// Errors: `invalid_input` (`device`, `place`), `wrong_password`, whatever the reason.
    pub fn sign_in(&self, input: &SignIn) -> Result<SignedIn> {
        let device = input.device()?;
        let presented = self.0.present(SignInName::parse(&input.name, input.company)?, &input.password)?;
        let contexts = self.contexts_of(presented.login())?;
        let decided = self.0.change(|work| {
            let (login, by) = match presented.admit(work)? {
                None => return Ok(None),
                Some(Admitted::Temporary { .. }) => return Ok(Some(SignedIn::ChoosePassword)),
                Some(Admitted::Own { login, by }) => (login, by),
            };
            let named = by.map(|by| Context::User { company: by.company, customer: by.customer, association: by.id });
            let context = chosen(work, &login, &contexts, input.company, named)?;
            Session::begin(work, &login, context, &device).map(Some)
        });
        decided?.ok_or_else(|| Error::new(Code::WrongPassword))
    }

    /// Signs in as another login within a session, which holds both then and goes on as the new one; an older one of the
    /// same login and context is replaced. The token is replaced too.
    ///
    /// Errors: `invalid_input` (`device`, `place`), `not_signed_in`, `second_factor_needed`, `wrong_password`, `too_many`
    /// (`session_identities`).
    pub fn add(&self, session_token: &str, input: &SignIn) -> Result<SignedIn> {
        // the session keeps its own device; a wrong one is told all the same
        input.device()?;
        self.0.view(|work| Session::signed_in(work, session_token))?;
        let presented = self.0.present(SignInName::parse(&input.name, input.company)?, &input.password)?;
        let contexts = self.contexts_of(presented.login())?;
        let decided = self.0.change(|work| {
            let mut session = Session::signed_in(work, session_token)?;
            let (login, by) = match presented.admit(work)? {
                None => return Ok(None),
                Some(Admitted::Temporary { .. }) => return Ok(Some(SignedIn::ChoosePassword)),
                Some(Admitted::Own { login, by }) => (login, by),
            };
            let named = by.map(|by| Context::User { company: by.company, customer: by.customer, association: by.id });
            let context = chosen(work, &login, &contexts, input.company, named)?;
            let identity = Identity::new(work, &login, context)?;
            let waits = login.two_factor;
            match waits {
                true => {
                    // who can never finish should hear so before giving a code
                    session.clone().go_on_as(work, identity.clone())?;
                    let expires = work.now() + work.handfast().policy().second_factor_wait;
                    session.adding = Some(Adding { identity, expires });
                }
                false => session.go_on_as(work, identity)?,
            }
            let held = session.renew(work)?;
            work.put(&session);
            Ok(Some(if waits { SignedIn::SecondFactor(held) } else { SignedIn::Active(held) }))
        });
        decided?.ok_or_else(|| Error::new(Code::WrongPassword))
    }

    /// Finishes a sign-in with its second factor: a code of the authenticator, or a recovery code. The token is replaced.
    ///
    /// Errors: `not_signed_in` (also when it waited too long), `wrong_state` (nothing waits), `wrong_code` with the tries
    /// left, `too_often` with the time to wait, `too_many` (`session_identities`).
    pub fn finish(&self, session_token: &str, code: &str) -> Result<Held> {
        // a wrong try must be counted, so it is no error until the change is committed
        self.0.change(|work| {
            let mut session = Session::open(work, session_token)?;
            let waiting = session.waiting(work.now())?;
            let login = work.need(waiting.login)?;
            if !waiting.is_of_era(&login) {
                return Err(Error::new(Code::NotSignedIn));
            }
            if let Outcome::Refused(refusal) = two_factor::check(work, login.id, code)? {
                return Ok(Err(refusal));
            }
            session.finish(work, Identity { two_factor: Some(work.now()), ..waiting })?;
            let held = session.renew(work)?;
            work.put(&session);
            Ok(Ok(held))
        })?
    }

    /// Gives up a sign-in that waits for its second factor; what the session held before stays.
    /// Errors: `not_signed_in`, `wrong_state` (nothing waits).
    pub fn cancel(&self, session_token: &str) -> Result<()> {
        self.0.change(|work| {
            let mut session = Session::open(work, session_token)?;
            match (session.state, session.adding.take()) {
                (SessionState::Pending, _) => session.end()?,
                (_, Some(_)) => {}
                (_, None) => return Err(Error::new(Code::WrongState)),
            }
            work.put(&session);
            Ok(())
        })
    }
}

/// Where a person goes at sign-in: where the name leads, else to the only place of the company, or to the only one.
fn chosen(
    work: &mut Work<'_>,
    login: &Login,
    contexts: &[Context],
    company: Option<Id<Company>>,
    named: Option<Context>,
) -> Result<Context> {
    let mut places = contexts.iter().filter(|context| company.is_none() || context.company() == company);
    let only = places.next().copied().filter(|_| places.next().is_none());
    match named.or(only) {
        // what was listed may be over by now
        Some(context) if super::standing::Grounds::read(work, login.id, context)?.check(login.id, context).is_ok() => {
            Ok(context)
        }
        _ => Ok(Context::Person),
    }
}

impl Identity {
    pub(crate) fn new(work: &Work<'_>, login: &Login, context: Context) -> Result<Self> {
        let (id, added) = (work.new_id()?, work.now());
        Ok(Identity { id, login: login.id, context, era: login.era, two_factor: None, added })
    }
}

impl Session {
    /// A session of a person whose password was right.
    fn begin(work: &mut Work<'_>, login: &Login, context: Context, device: &Device) -> Result<SignedIn> {
        let (now, policy) = (work.now(), work.handfast().policy());
        let identity = Identity::new(work, login, context)?;
        let (state, lifetime) = match login.two_factor {
            true => (SessionState::Pending, policy.second_factor_wait),
            false => (SessionState::Active, policy.session_lifetime),
        };
        let (token, digest) = secret(work)?;
        let mut identities = Identities::default();
        let current = identity.id;
        identities.add(identity);
        let session = Session {
            id: work.new_id()?,
            token: digest,
            login: login.id,
            state,
            created: now,
            seen: now,
            expires: now + lifetime,
            device: device.label.clone(),
            place: device.place.clone(),
            current,
            identities,
            adding: None,
        };
        work.insert(&session);
        let held = Held { token, session: session.id, expires: session.expires };
        Ok(if login.two_factor { SignedIn::SecondFactor(held) } else { SignedIn::Active(held) })
    }

    /// A new token in the place of the old one: whoever had that before a sign-in has nothing after it (ASVS 7.2.4).
    fn renew(&mut self, work: &Work<'_>) -> Result<Held> {
        let (token, digest) = secret(work)?;
        self.token = digest;
        Ok(Held { token, session: self.id, expires: self.expires })
    }

    /// The identity that waits for its second factor. Errors: `not_signed_in`, `wrong_state`.
    fn waiting(&self, now: Timestamp) -> Result<Identity> {
        match (self.state, &self.adding) {
            (SessionState::Pending, _) => self.identity().cloned(),
            (_, Some(adding)) if now < adding.expires => Ok(adding.identity.clone()),
            (_, Some(_)) => Err(Error::new(Code::NotSignedIn)),
            (_, None) => Err(Error::new(Code::WrongState)),
        }
    }

    /// Takes in the identity whose second factor was given.
    fn finish(&mut self, work: &Work<'_>, identity: Identity) -> Result<()> {
        if self.state == SessionState::Pending {
            self.state = next(self.state, SessionEvent::Verify)?;
            self.expires = work.now() + work.handfast().policy().session_lifetime;
            self.seen = work.now();
        }
        self.adding = None;
        self.go_on_as(work, identity)
    }

    /// Takes an identity in and goes on as it. Errors: `too_many`.
    pub(crate) fn go_on_as(&mut self, work: &Work<'_>, identity: Identity) -> Result<()> {
        self.current = identity.id;
        self.identities.add(identity);
        let most = work.handfast().policy().session_identities as usize;
        match self.identities.all().len() > most {
            true => Err(Error::because(Code::TooMany, format!("a session holds at most {most} identities"))),
            false => Ok(()),
        }
    }
}

/// A new token and what is stored of it.
fn secret(work: &Work<'_>) -> Result<(Token, Digest)> {
    let token = Token::generate(work.handfast().random())?;
    let digest = work.handfast().keyring().digest(Purpose::SessionToken, &[token.expose().as_bytes()]);
    Ok((token, digest))
}
