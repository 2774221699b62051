//! The mails of invitations, and the secrets in them.

use serde_json::json;

use super::Association;
use crate::{
    company::{Company, InvitationStyle},
    customer::Customer,
    error::Result,
    login::{Login, temporary_slot},
    mail::{Letter, MailKind},
    one_use::{Ticket, TicketPurpose},
    work::Work,
};

/// One live link for each association.
fn slot(association: &Association) -> String {
    format!("user_invitation {}", association.id)
}

/// Mails an invitation; the secrets of older ones die. Gives the association with its new time; it is not put yet.
pub(super) fn send_invitation(
    work: &mut Work<'_>,
    company: &Company,
    customer: &Customer,
    login: &Login,
    association: Association,
) -> Result<Association> {
    kill_secrets(work, &association, login)?;
    match (login.has_own_password(), company.invitation_style) {
        (true, _) => send_link(work, MailKind::AssociationAsked, company, customer, login, association),
        (false, InvitationStyle::Link) => send_link(work, MailKind::UserInvited, company, customer, login, association),
        (false, InvitationStyle::TemporaryPassword) => send_password(work, company, customer, login, association),
    }
}

pub(super) fn send_link(
    work: &mut Work<'_>,
    kind: MailKind,
    company: &Company,
    customer: &Customer,
    login: &Login,
    association: Association,
) -> Result<Association> {
    let lifetime = work.handfast().policy().user_invitation_lifetime;
    let subject = association.id.cast();
    let token = Ticket::issue(work, &slot(&association), TicketPurpose::UserInvitation, subject, lifetime)?;
    let days = lifetime.as_secs().div_ceil(24 * 60 * 60);
    let values =
        json!({ "customer": customer.display_name(), "user_name": user_name(&association, login), "days": days });
    let link = work.handfast().brand().page(&format!("users/invitation#{}", token.expose()));
    let whom = (&login.email, &association.name);
    let letter = Letter::to_user(kind, company, whom, &customer.locale, values);
    work.mail(letter.with_secret("link", link))?;
    Ok(Association { expires: work.now() + lifetime, ..association })
}

fn send_password(
    work: &mut Work<'_>,
    company: &Company,
    customer: &Customer,
    login: &Login,
    association: Association,
) -> Result<Association> {
    let lifetime = work.handfast().policy().temporary_password_lifetime;
    let password = Ticket::issue_password(work, &temporary_slot(&login.address), association.id.cast(), lifetime)?;
    let values = json!({
        "customer": customer.display_name(),
        "user_name": user_name(&association, login),
        "hours": lifetime.as_secs().div_ceil(60 * 60),
        "link": work.handfast().brand().page("sign-in"),
    });
    let whom = (&login.email, &association.name);
    let letter = Letter::to_user(MailKind::UserPassword, company, whom, &customer.locale, values);
    work.mail(letter.with_secret("password", password.grouped().to_string()))?;
    Ok(Association { expires: work.now() + lifetime, ..association })
}

/// What the person can sign in with.
fn user_name(association: &Association, login: &Login) -> String {
    let own = association.login_name.as_ref().filter(|_| login.home == Some(association.company));
    own.map_or_else(|| login.email.to_string(), ToString::to_string)
}

/// Takes back what the mails of an association hold: both at once, so that it costs the same whichever there is.
pub(super) fn kill_secrets(work: &mut Work<'_>, association: &Association, login: &Login) -> Result<()> {
    let (link, password) = (slot(association), temporary_slot(&login.address));
    let (_, temporary) = work.get((Ticket::by_slot(&link), Ticket::by_slot(&password)))?;
    Ticket::kill(work, &link)?;
    // the temporary password may be another company's
    match temporary.is_some_and(|ticket| ticket.subject == association.id.cast()) {
        true => Ticket::kill(work, &password),
        false => Ok(()),
    }
}
