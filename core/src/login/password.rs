use serde_json::json;

use super::{Login, LoginEvent, LoginEventKind, Logins, email, reset};
use crate::{
    error::Result,
    mail::{Letter, MailKind},
    one_use::Ticket,
    secret::{Password, PasswordHash},
    session::Session,
    store::{Page, Paging},
    value::Locale,
    work::Work,
};

impl Logins<'_> {
    /// Changes the password of the person who is signed in. Every other session of the login ends (invariant 33), and
    /// whatever waits in a mail to change the login is called off.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `too_short`, `too_long`, `weak_password`.
    pub fn change_password(&self, session_token: &str, password: &str, new: &str) -> Result<()> {
        let handfast = self.0;
        let proof = handfast.proof(session_token, password)?;
        let (_, login) = handfast.view(|work| proof.person(work))?;
        let chosen = handfast.choose_password_of(&login, new)?;
        let hash = handfast.hash_password(&chosen)?;
        handfast.change(|work| {
            let (mut session, mut login) = proof.person(work)?;
            set_password(work, &mut login, &chosen, &hash)?;
            session.follow(&login);
            work.put(&session);
            work.login_event(login.id, LoginEventKind::PasswordChanged)
        })
    }

    /// The language of mails about the login of the person who is signed in.
    ///
    /// Errors: `required`, `not_a_locale`, `not_signed_in`, `second_factor_needed`.
    pub fn set_locale(&self, session_token: &str, locale: &str) -> Result<()> {
        let locale = Locale::parse(locale)?;
        self.0.change(|work| {
            let (_, login) = Session::person(work, session_token)?;
            work.put(&login.reading(&locale));
            Ok(())
        })
    }

    /// What happened to the login of the person who is signed in, the newest first. No company sees it.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `not_a_cursor`.
    pub fn history(&self, session_token: &str, paging: &Paging) -> Result<Page<LoginEvent>> {
        let (_, login) = self.0.view(|work| Session::person(work, session_token))?;
        self.0.list(LoginEvent::of_login(login.id).descending(), paging)
    }
}

/// Sets a password that was chosen for this login, ends its sessions, calls off what waits in mails to change the
/// login, and tells the person. Errors: `too_short`, when two-factor was turned off meanwhile.
pub(super) fn set_password(
    work: &mut Work<'_>,
    login: &mut Login,
    chosen: &Password,
    hash: &PasswordHash,
) -> Result<()> {
    chosen.must_have(login.least_password(work.handfast().policy())?)?;
    login.password = Some(hash.clone());
    login.end_sessions();
    work.put(login);
    Ticket::kill(work, &reset::slot(&login.email))?;
    email::call_off(work, login.id)?;
    let values = json!({ "name": login.name, "link": reset::page(work.handfast()) });
    work.mail(Letter::to_login(MailKind::PasswordChanged, login, values))
}
