use serde::Serialize;
use serde_json::json;

use super::{AddressChange, Login, LoginEventKind, Logins, reset};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    limit::{Limit, Rate},
    mail::{Letter, MailKind},
    one_use::{Ticket, TicketPurpose},
    session::Session,
    value::EmailAddress,
    work::Work,
};

/// What the link shows under which another address is confirmed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EmailChangeView {
    /// The address that the person is to sign in with.
    pub new_email: EmailAddress,
    /// Until when the link is good.
    pub expires: Timestamp,
}

impl Logins<'_> {
    /// Asks to sign in with another address. It counts once it is confirmed by the link that is mailed to it, good once
    /// and for `email_change_lifetime`; the present address is told at once, and an older link dies.
    ///
    /// The answer is the same whether or not the new address has a login already (invariant 35); who has it is told.
    ///
    /// Errors: `required` (the address; a code, where two-factor is on), `too_long`, `forbidden_character`,
    /// `not_an_email`, `already_there` (it is the present one), `not_signed_in`, `second_factor_needed`,
    /// `wrong_password`, `wrong_code`, `too_often`.
    pub fn request_email_change(
        &self,
        session_token: &str,
        new_email: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<()> {
        let new = EmailAddress::parse(new_email)?;
        self.0.change_with_proof(session_token, password, code, |work, (_, login)| requested(work, &login, &new))
    }

    /// What the link in the mail to the new address is about, shown to the person who asked for it. Opening it consumes
    /// nothing.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `unknown_token`, `token_expired`, `token_spent`,
    /// `already_there` (someone else has signed up with it meanwhile).
    pub fn email_change(&self, session_token: &str, token: &str) -> Result<EmailChangeView> {
        self.0.view(|work| {
            let (_, login) = Session::person(work, session_token)?;
            let (ticket, wanted) = opened(work, &login, token)?;
            Ok(EmailChangeView { new_email: wanted.email, expires: ticket.expires })
        })
    }

    /// Confirms the new address, by the token of the mail that it got: from now on the person signs in with it. The
    /// former address is told. Only the person who asked can, signed in: nobody gets a login by luring another into
    /// opening a link.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `unknown_token`, `token_expired`, `token_spent`,
    /// `already_there` (someone else has signed up with it meanwhile).
    pub fn confirm_email_change(&self, session_token: &str, token: &str) -> Result<()> {
        self.0.change(|work| {
            let (_, login) = Session::person(work, session_token)?;
            confirmed(work, login, token)
        })
    }
}

fn requested(work: &mut Work<'_>, login: &Login, new: &EmailAddress) -> Result<()> {
    if new.canonical() == login.address {
        return Err(Error::because(Code::AlreadyThere, "you sign in with this address already"));
    }
    let (slot, scope) = (slot(login.id), format!("email_change {}", login.id));
    let asked = (Login::by_address(new.canonical()), Limit::by_scope(&scope), Ticket::by_slot(&slot));
    let (taken, ..) = work.get(asked)?;
    let policy = work.handfast().policy();
    Limit::take(work, &scope, &Rate::of_account_mails(policy))?;
    keep(work, login.id, new)?;
    let lifetime = policy.email_change_lifetime;
    let token = Ticket::issue(work, &slot, TicketPurpose::EmailChange, login.id.cast(), lifetime)?;
    let handfast = work.handfast();
    let letter = match taken {
        None => {
            let values = json!({ "name": login.name, "hours": lifetime.as_secs().div_ceil(60 * 60) });
            let link = handfast.brand().page(&format!("email/confirm#{}", token.expose()));
            Letter::to_address(MailKind::EmailChange, new, login.language(), values).with_secret("link", link)
        }
        Some(owner) => Letter::to_address(MailKind::EmailChangeTaken, &owner.email, owner.language(), json!({}))
            .with_secret("link", handfast.brand().base_url().to_owned()),
    };
    work.mail(letter)?;
    let values = json!({ "name": login.name, "new_email": new, "link": reset::page(handfast) });
    work.mail(Letter::to_login(MailKind::EmailChangeAsked, login, values))?;
    work.login_event(login.id, LoginEventKind::EmailChangeAsked)
}

/// Keeps the address that waits for its confirmation.
fn keep(work: &mut Work<'_>, login: Id<Login>, email: &EmailAddress) -> Result<()> {
    let email = email.clone();
    match work.get(AddressChange::by_login(login))? {
        Some(old) => work.put(&AddressChange { email, ..old }),
        None => work.insert(&AddressChange { id: work.new_id()?, login, email }),
    }
    Ok(())
}

/// The live ticket of a login's own link with the address that it proves, while nobody else has that.
fn opened(work: &mut Work<'_>, login: &Login, token: &str) -> Result<(Ticket, AddressChange)> {
    let ticket = Ticket::find(work, TicketPurpose::EmailChange, token)?;
    let wanted = work.get(AddressChange::by_login(login.id))?.filter(|_| ticket.subject == login.id.cast());
    let wanted = wanted.ok_or_else(|| Error::new(Code::UnknownToken))?;
    match work.get(Login::by_address(wanted.email.canonical()))? {
        Some(_) => Err(Error::because(Code::AlreadyThere, "this address has a login already")),
        None => Ok((ticket, wanted)),
    }
}

fn confirmed(work: &mut Work<'_>, login: Login, token: &str) -> Result<()> {
    let (ticket, wanted) = opened(work, &login, token)?;
    let (email, address) = (wanted.email.clone(), wanted.email.canonical().to_owned());
    // nothing that was proved of the old address is true of the new one; the link itself proves that one
    let verified = Some(work.now());
    work.put(&Login { email, address, verified, ..login.clone() });
    work.delete(wanted.id);
    ticket.use_up(work)?;
    Ticket::kill(work, &reset::slot(&login.email))?;
    work.mail(Letter::to_login(MailKind::EmailChanged, &login, json!({ "name": login.name })))?;
    work.login_event(login.id, LoginEventKind::EmailChanged)
}

/// Takes back an address that waits for its confirmation, if one does.
pub(super) fn call_off(work: &mut Work<'_>, login: Id<Login>) -> Result<()> {
    Ticket::kill(work, &slot(login))
}

/// One live link for each login.
pub(super) fn slot(login: Id<Login>) -> String {
    format!("email_change {login}")
}
