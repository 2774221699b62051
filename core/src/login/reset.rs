use serde::Serialize;
use serde_json::json;

use super::{Login, LoginEventKind, Logins, password::set_password, present::tries_of};
use crate::{
    clock::Timestamp,
    error::Result,
    handfast::Handfast,
    limit::{Limit, Lockout, Rate},
    mail::{Letter, MailKind},
    one_use::{Ticket, TicketPurpose},
    value::{EmailAddress, Locale},
    work::Work,
};

/// What the link shows under which a new password is chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResetLink {
    /// The address whose password it is.
    pub email: EmailAddress,
    /// Until when the link is good.
    pub expires: Timestamp,
    /// Characters that the new password needs at least.
    pub least_characters: usize,
}

impl Logins<'_> {
    /// Mails a link under which a new password can be chosen, good once and for `password_reset_lifetime`; the older
    /// link dies. The password stays as it is until then.
    ///
    /// Known and unknown addresses get the same answer for the same work (invariant 35): an address without a login is
    /// told so by mail. `locale` is the language the person reads; the login's own, or English, when `None`.
    ///
    /// Errors: `required`, `too_long`, `forbidden_character`, `not_an_email`, `not_a_locale`, `too_often` with the time to
    /// wait.
    pub fn request_reset(&self, email: &str, locale: Option<&str>) -> Result<()> {
        let email = EmailAddress::parse(email)?;
        let locale = locale.map(Locale::parse).transpose()?;
        self.0.change(|work| requested(work, &email, locale.as_ref()))
    }

    /// What the link is about. Opening it consumes nothing.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`.
    pub fn reset_link(&self, token: &str) -> Result<ResetLink> {
        let policy = self.0.policy();
        let (ticket, login) = self.0.view(|work| opened(work, token))?;
        let least_characters = login.least_password(policy)?.characters();
        Ok(ResetLink { email: login.email, expires: ticket.expires, least_characters })
    }

    /// Chooses a new password. Consumes the link, ends every session of the login (invariant 33), and tells the person.
    /// Nobody is signed in by it, and a second factor that is on stays on.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`, `too_short`, `too_long`, `weak_password`.
    pub fn reset(&self, token: &str, password: &str) -> Result<()> {
        let handfast = self.0;
        let (_, login) = handfast.view(|work| opened(work, token))?;
        let chosen = handfast.choose_password_of(&login, password)?;
        let hash = handfast.hash_password(&chosen)?;
        let waiting = if login.has_own_password() { Vec::new() } else { handfast.waiting(login.id)? };
        handfast.change(|work| {
            let (ticket, mut login) = opened(work, token)?;
            ticket.use_up(work)?;
            // whoever has read the mail has proved the address, and need not wait out the lock
            login.verified = Some(work.now());
            Lockout::clear(work, &tries_of(&login.address))?;
            set_password(work, &mut login, &chosen, &hash)?;
            login.ask_again(work, &waiting)?;
            work.login_event(login.id, LoginEventKind::PasswordReset)
        })
    }
}

fn requested(work: &mut Work<'_>, email: &EmailAddress, locale: Option<&Locale>) -> Result<()> {
    let (slot, scope) = (slot(email), format!("password_reset {}", email.canonical()));
    let address = Login::by_address(email.canonical());
    // all in one round trip, whether anyone has the address or not
    let (login, ..) = work.get((address, Limit::by_scope(&scope), Ticket::by_slot(&slot)))?;
    let policy = work.handfast().policy();
    Limit::take(work, &scope, &Rate::of_account_mails(policy))?;
    // an unknown address gets a ticket, too; nobody is told its token
    let subject = login.as_ref().map_or_else(|| work.new_timeless_id(), |login| Ok(login.id))?;
    let lifetime = policy.password_reset_lifetime;
    let token = Ticket::issue(work, &slot, TicketPurpose::PasswordReset, subject.cast(), lifetime)?;
    let letter = match login {
        Some(login) => {
            let link = work.handfast().brand().page(&format!("password/reset#{}", token.expose()));
            let values = json!({ "name": login.name, "hours": lifetime.as_secs().div_ceil(60 * 60) });
            let spoken = locale.cloned().unwrap_or_else(|| login.language());
            // to the address as the login has it: the spelling of a stranger may lead elsewhere
            Letter::to_address(MailKind::PasswordReset, &login.email, spoken, values).with_secret("link", link)
        }
        None => {
            let spoken = locale.cloned().unwrap_or_else(Locale::english);
            Letter::to_address(MailKind::PasswordResetUnknown, email, spoken, json!({}))
                .with_secret("link", page(work.handfast()))
        }
    };
    work.mail(letter)
}

/// One live link for each address.
pub(super) fn slot(email: &EmailAddress) -> String {
    format!("password_reset {}", email.canonical())
}

/// Where one asks for such a link.
pub(super) fn page(handfast: &Handfast) -> String {
    handfast.brand().page("password")
}

/// The live ticket of a link with its login; a login that gets another address kills its ticket.
fn opened(work: &mut Work<'_>, token: &str) -> Result<(Ticket, Login)> {
    let ticket = Ticket::find(work, TicketPurpose::PasswordReset, token)?;
    let login = work.need(ticket.subject.cast::<Login>())?;
    Ok((ticket, login))
}
