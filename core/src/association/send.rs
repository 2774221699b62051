//! The mails of invitations, and the secrets in them.

use serde_json::json;

use super::Association;
use crate::{
    company::{Company, InvitationStyle},
    customer::Customer,
    error::Result,
    id::Id,
    login::Login,
    mail::{Letter, MailKind},
    one_use::{Ticket, TicketPurpose},
    work::Work,
};

/// One live link for each association.
fn link_slot(association: &Association) -> String {
    format!("user_invitation {}", association.id)
}

/// One live temporary password for each, too: what one company sends ends nothing that another has sent.
pub(super) fn password_slot(association: Id<Association>) -> String {
    format!("temporary_password {association}")
}

/// Mails an invitation; the secrets of older ones die. Gives the association with its new time; it is not put yet.
pub(super) fn send_invitation(
    work: &mut Work<'_>,
    (company, customer): (&Company, &Customer),
    login: &Login,
    style: InvitationStyle,
    association: Association,
) -> Result<Association> {
    kill_secrets(work, &association)?;
    match (login.has_own_password(), style) {
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
    let token = Ticket::issue(work, &link_slot(&association), TicketPurpose::UserInvitation, subject, lifetime)?;
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
    let (slot, subject) = (password_slot(association.id), association.id.cast());
    let password = Ticket::issue_password(work, &slot, &login.address, subject, lifetime)?;
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
pub(super) fn kill_secrets(work: &mut Work<'_>, association: &Association) -> Result<()> {
    let (link, password) = (link_slot(association), password_slot(association.id));
    work.get((Ticket::by_slot(&link), Ticket::by_slot(&password)))?;
    Ticket::kill(work, &link)?;
    Ticket::kill(work, &password)
}

impl Association {
    /// Takes back what its mails hold.
    pub(crate) fn kill_secrets(&self, work: &mut Work<'_>) -> Result<()> {
        kill_secrets(work, self)
    }
}
