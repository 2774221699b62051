use super::Login;
use crate::{
    company::Company,
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    limit::{Limit, Lockout},
    secret::{Password, PasswordHash, PasswordMinimum, Verdict},
    value::{EmailAddress, Name},
    work::Work,
};

/// The verbs of logins: `handfast.logins()`.
#[derive(Clone, Copy, Debug)]
pub struct Logins<'a>(&'a Handfast);

impl Handfast {
    /// Logins: check a password.
    pub fn logins(&self) -> Logins<'_> {
        Logins(self)
    }
}

impl Logins<'_> {
    /// The login of an address, if the password is its own.
    ///
    /// An unknown address, a wrong password and a locked login get the same answer for the same work and the
    /// same number of store calls (invariant 35). Wrong tries are counted by address; after
    /// `sign_in_attempts` of them the address is locked for `first_lockout`, twice as long after each further
    /// one. A password hashed at a lower cost is hashed anew.
    ///
    /// Errors: `wrong_password`, whatever the reason.
    pub fn authenticate(&self, email: &str, password: &str) -> Result<Id<Login>> {
        let refused = || Error::new(Code::WrongPassword);
        let Logins(handfast) = *self;
        let email = EmailAddress::parse(email).map_err(|_| refused())?;
        let known = handfast.view(|work| work.get(Login::by_address(email.canonical())))?;
        let stored = known.and_then(|login| login.password);
        let verdict = handfast.hasher().verify(password, stored.as_ref())?;
        let renewed = match verdict {
            Verdict::MatchOldCost => Some(handfast.hash_anew(password)?),
            Verdict::Match | Verdict::No => None,
        };
        let decided = handfast.change(|work| {
            let scope = format!("sign_in {}", email.canonical());
            let (login, limit) = work.get((Login::by_address(email.canonical()), Limit::by_scope(&scope)))?;
            // the hash may have been replaced since it was verified: then the password is wrong by now
            let own = login.filter(|login| verdict != Verdict::No && login.password == stored);
            let opened = Lockout::of(work, limit, &scope)?.tried(work, own.is_some());
            let Some(mut login) = own.filter(|_| opened) else { return Ok(None) };
            if let Some(renewed) = &renewed {
                login.password = Some(renewed.clone());
                work.put(&login);
            }
            Ok(Some(login.id))
        });
        decided?.ok_or_else(refused)
    }
}

impl Handfast {
    /// The hash of a password that was accepted before: its strength is not judged again.
    fn hash_anew(&self, password: &str) -> Result<PasswordHash> {
        let accepted = Password::accepted(password)?;
        self.hasher().hash(self.random(), &accepted)
    }

    /// A password that a person chooses; `about` are words that others connect with that person.
    /// Errors: `too_short`, `too_long`, `weak_password`.
    pub(crate) fn choose_password(&self, password: &str, about: &[&str]) -> Result<Password> {
        let minimum = PasswordMinimum::new(self.policy().password_length)?;
        Password::choose(password, minimum, about)
    }

    /// Its hash. Slow on purpose: to be called outside of decisions. Errors: `no_randomness`.
    pub(crate) fn hash_password(&self, chosen: &Password) -> Result<PasswordHash> {
        self.hasher().hash(self.random(), chosen)
    }
}

impl Login {
    /// A new login, not yet inserted.
    pub(crate) fn new(
        work: &Work<'_>,
        email: &EmailAddress,
        name: &Name,
        password: Option<PasswordHash>,
    ) -> Result<Self> {
        let (email, address, name) = (email.clone(), email.canonical().to_owned(), name.clone());
        let (id, created) = (work.new_timeless_id()?, work.now());
        let (verified, home, disabled) = Default::default();
        let (era, two_factor) = (0, false);
        Ok(Login { id, email, address, name, password, verified, created, home, era, two_factor, disabled })
    }

    /// Ends everything that is signed in with this login, but what a session follows it with.
    pub(crate) fn end_sessions(&mut self) {
        self.era += 1;
    }

    /// Notes that the person works with a company: with a second one, the address is the only name to sign in with
    /// (invariant 28). Whether it changed.
    pub(crate) fn joins(&mut self, company: Id<Company>) -> bool {
        let leaves_home = self.home.is_some_and(|home| home != company);
        if leaves_home {
            self.home = None;
        }
        leaves_home
    }

    /// Whether the password, if there is one, is known to be the person's own.
    pub(crate) fn has_own_password(&self) -> bool {
        self.password.is_some() && self.verified.is_some()
    }
}
