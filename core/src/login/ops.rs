use super::{Admitted, Login, SignInName};
use crate::{
    company::Company,
    error::{Code, Error, Faults, Result},
    handfast::Handfast,
    id::Id,
    policy::Policy,
    secret::{Password, PasswordHash, PasswordMinimum},
    value::{EmailAddress, Locale, Name},
    work::Work,
};

/// The verbs of logins: `handfast.logins()`.
#[derive(Clone, Copy, Debug)]
pub struct Logins<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Logins: check a password, change it, get a new one by mail, sign in with another address, shut a login out.
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
        self.0.proved(SignInName::parse(email, None)?, password).map(|login| login.id)
    }

    /// Shuts a login out everywhere, at once, until it is enabled again: the host's own verb. An
    /// [`Actor::Staff`](crate::Actor), whom the host vouches for itself, is the host's to sign out. Errors: `not_found`.
    pub fn disable(&self, login: Id<Login>) -> Result<()> {
        self.0.change(|work| {
            let mut login = work.need(login)?;
            if login.disabled.is_none() {
                login.disabled = Some(work.now());
                login.end_sessions();
                work.put(&login);
            }
            Ok(())
        })
    }

    /// Lets a login in again; whoever was signed in with it signs in anew. The host's own verb. Errors: `not_found`.
    pub fn enable(&self, login: Id<Login>) -> Result<()> {
        self.0.change(|work| {
            let login = work.need(login)?;
            work.put(&Login { disabled: None, ..login });
            Ok(())
        })
    }
}

impl Handfast {
    /// The login of a name as it is now, if the password is its own. Errors: `wrong_password`.
    pub(super) fn proved(&self, name: SignInName, password: &str) -> Result<Login> {
        let presented = self.present(name, password)?;
        let admitted = self.change(|work| presented.admit(work))?;
        Admitted::own(admitted)
    }

    /// The hash of a password that was accepted before: its strength is not judged again.
    pub(super) fn hash_anew(&self, password: &str) -> Result<PasswordHash> {
        let accepted = Password::accepted(password)?;
        self.hasher().hash(self.random(), &accepted)
    }

    /// The hash that the login of whoever signs an account up must have: its own where the address has one, else of the
    /// chosen password; `None` only with a fault of the field that the password was given in.
    ///
    /// Errors: `wrong_password`.
    pub(crate) fn first_password(
        &self,
        email: Option<&EmailAddress>,
        (field, password): (&str, &str),
        about: &[&str],
        faults: &mut Faults,
    ) -> Result<Option<PasswordHash>> {
        let known = match email {
            Some(email) => self.view(|work| work.get(Login::by_address(email.canonical())))?,
            None => None,
        };
        match (email, known) {
            // wrong tries count as at every sign-in, or this would be a way around the lock
            (Some(email), Some(_)) => {
                let login = self.logins().authenticate(email.original(), password)?;
                Ok(self.view(|work| work.need(login))?.password)
            }
            // whoever was invited somewhere may be a user already, so that nobody else may choose the first password
            _ => {
                let about = [about, email.map(EmailAddress::original).as_slice()].concat();
                let chosen = faults.check(field, self.choose_password(password, &about));
                chosen.filter(|_| email.is_some()).map(|chosen| self.hash_password(&chosen)).transpose()
            }
        }
    }

    /// A password that a person chooses; `about` are words that others connect with that person, beside the product's
    /// name. Errors: `too_short`, `too_long`, `weak_password`.
    pub(crate) fn choose_password(&self, password: &str, about: &[&str]) -> Result<Password> {
        let minimum = PasswordMinimum::new(self.policy().password_length)?;
        self.choose(password, minimum, about)
    }

    /// The next password of a login: shorter ones will do where a second factor is asked for too.
    /// Errors: `too_short`, `too_long`, `weak_password`.
    pub(crate) fn choose_password_of(&self, login: &Login, password: &str) -> Result<Password> {
        let minimum = login.least_password(self.policy())?;
        self.choose(password, minimum, &[login.name.as_str(), login.email.original()])
    }

    fn choose(&self, password: &str, minimum: PasswordMinimum, about: &[&str]) -> Result<Password> {
        let about = [about, &[self.brand().product_name()]].concat();
        Password::choose(password, minimum, &about)
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
        let (verified, home, disabled, locale) = Default::default();
        let (era, two_factor) = (0, false);
        Ok(Login { id, email, address, name, password, verified, created, home, era, two_factor, disabled, locale })
    }

    /// The login of whoever signs an account up: a new one, or the one there is, whose own password was given.
    /// Errors: `wrong_password`.
    pub(crate) fn signing_up(
        work: &mut Work<'_>,
        (email, name): (&EmailAddress, &Name),
        password: Option<&PasswordHash>,
        locale: &Locale,
    ) -> Result<Self> {
        match work.get(Login::by_address(email.canonical()))? {
            None => {
                let login = Login::new(work, email, name, password.cloned())?.reading(locale);
                work.insert(&login);
                Ok(login)
            }
            Some(login) if password.is_some() && login.password.as_ref() == password => Ok(login),
            Some(_) => Err(Error::new(Code::WrongPassword)),
        }
    }

    /// The same, of a person who reads this language.
    pub(crate) fn reading(self, locale: &Locale) -> Self {
        Login { locale: Some(locale.clone()), ..self }
    }

    /// The language of mails about the login.
    pub(crate) fn language(&self) -> Locale {
        self.locale.clone().unwrap_or_else(Locale::english)
    }

    /// The least number of characters that its next password needs. Errors: `policy_out_of_bounds`.
    pub(crate) fn least_password(&self, policy: &Policy) -> Result<PasswordMinimum> {
        let alone = policy.password_length;
        PasswordMinimum::new(if self.two_factor { alone.min(policy.password_length_with_two_factor) } else { alone })
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

    /// Whether it still has the address to which a mail went: who has another by now need not be the person whom it
    /// was written to. Errors: `unknown_token`.
    pub(crate) fn must_have(&self, email: &EmailAddress) -> Result<()> {
        if self.address == email.canonical() { Ok(()) } else { Err(Error::new(Code::UnknownToken)) }
    }

    /// Whether the password, if there is one, is known to be the person's own.
    pub(crate) fn has_own_password(&self) -> bool {
        self.password.is_some() && self.verified.is_some()
    }
}
