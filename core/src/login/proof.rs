use super::{Login, SignInName};
use crate::{
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    secret::PasswordHash,
    session::Session,
    two_factor::{self, Factor},
    work::Work,
};

/// A signed-in person who has just given the password again: what must be done to a login before it changes hands is
/// not for whoever finds a device unlocked (OWASP ASVS 5.0, 7.5.1).
pub(crate) struct Proof<'a> {
    session: &'a str,
    login: Id<Login>,
    password: Option<PasswordHash>,
}

impl Handfast {
    /// Checks the password of the person who is signed in. Wrong ones count as at every sign-in.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`.
    pub(crate) fn proof<'a>(&self, session: &'a str, password: &str) -> Result<Proof<'a>> {
        let (_, login) = self.view(|work| Session::person(work, session))?;
        let Login { id: login, password, .. } = self.proved(SignInName::Address(login.email), password)?;
        Ok(Proof { session, login, password })
    }

    /// The same, with a code where a second factor is on; then decides, in one change with the check of the code.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `required` (a code), `wrong_code`,
    /// `too_often`; those of `decide`.
    pub(crate) fn change_with_proof<T>(
        &self,
        session: &str,
        password: &str,
        code: Option<&str>,
        decide: impl Fn(&mut Work<'_>, (Session, Login)) -> Result<T>,
    ) -> Result<T> {
        let proof = self.proof(session, password)?;
        // a wrong code must be counted, so it is no error until the change is committed
        self.change(|work| {
            let person = proof.person(work)?;
            match given(work, &person.1, code)? {
                Ok(_) => decide(work, person).map(Ok),
                Err(refusal) => Ok(Err(refusal)),
            }
        })?
    }
}

impl Proof<'_> {
    /// The same person in a decision, with the session. Errors: `not_signed_in`, `second_factor_needed`,
    /// `wrong_password` (it was changed meanwhile, or the session acts as another by now).
    pub(crate) fn person(&self, work: &mut Work<'_>) -> Result<(Session, Login)> {
        let (session, login) = Session::person(work, self.session)?;
        match login.id == self.login && login.password == self.password {
            true => Ok((session, login)),
            false => Err(Error::new(Code::WrongPassword)),
        }
    }
}

/// The second factor, where one is on. Errors: `required`; what is wrong with the code is inside, for it is counted.
fn given(work: &mut Work<'_>, login: &Login, code: Option<&str>) -> Result<Result<Option<Factor>, Error>> {
    match (login.two_factor, code) {
        (false, _) => Ok(Ok(None)),
        (true, None) => Err(Error::because(Code::Required, "`code` is required")),
        (true, Some(code)) => Ok(two_factor::check(work, login.id, code)?.accepted().map(Some)),
    }
}
