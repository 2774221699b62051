use handfast::mail as core;

use super::{CompanyId, MailId};
use crate::{
    scalar::Timestamp,
    shape::{Outward, choice, record},
};

choice! {
    /// Where a mail in the outbox stands.
    pub enum MailState of core::MailState {
        /// Waits until it is due, or is being delivered right now.
        Queued,
        /// A mailer took it.
        Sent,
        /// Given up: the dead letters.
        Dead,
    }
}

choice! {
    /// Whom a mail is for, when it is for more than one.
    pub enum Audience of core::Audience {
        /// Who may decide requests.
        Deciders,
        /// The Admins.
        Admins,
    }
}

choice! {
    /// The kinds of mails: one for each thing that people are told.
    pub enum MailKind of core::MailKind {
        /// To a visitor: the code that proves the address.
        VisitorCode,
        /// To a visitor: the request has arrived.
        RequestReceived,
        /// To Admins and Procurement Managers: a request to review.
        NewRequest,
        /// To the customer: approved, not yet able to order.
        RequestApproved,
        /// To a visitor: the request was declined.
        RequestRejected,
        /// To Admins and Procurement Managers: nothing left to decide.
        RequestWithdrawn,
        /// To a visitor: nobody decided in time.
        RequestExpired,
        /// To Admins and Procurement Managers: the three steps that activate a customer.
        ActivationGuide,
        /// To the customer: orders are possible from now on.
        ReadyToBuy,
        /// To a person: an invitation to the staff of a company.
        StaffInvited,
        /// To a member of staff: welcome.
        StaffAdded,
        /// To a member of staff: another role.
        StaffRoleChanged,
        /// To a former member of staff: no more access.
        StaffRemoved,
        /// To a new user of a customer: a link to choose a password.
        UserInvited,
        /// To a new user of a customer: the user name and a temporary password.
        UserPassword,
        /// To a person with a login: a company asks for an association.
        AssociationAsked,
        /// To a former user of a customer: no more access.
        UserRemoved,
        /// To the first Admin of a company: how to begin.
        CompanyWelcome,
        /// To Admins: the company designates a partner.
        PartnerLinked,
        /// To Admins: the company designates its partner no longer.
        PartnerCleared,
        /// To Admins who want to hear of it: the partner entered the account.
        PartnerEntered,
        /// To a person: the link to choose a new password.
        PasswordReset,
        /// To an address without a login: there is no password to choose.
        PasswordResetUnknown,
        /// To a person: the password was changed.
        PasswordChanged,
        /// To the new address of a person: the link that confirms it.
        EmailChange,
        /// To an address that someone wants to sign in with and that has a login already.
        EmailChangeTaken,
        /// To a person: someone asked to sign in with another address.
        EmailChangeAsked,
        /// To the former address of a person: another one counts now.
        EmailChanged,
        /// To a person: two-factor is on.
        TwoFactorOn,
        /// To a person: two-factor is off.
        TwoFactorOff,
        /// To a person: the older recovery codes are worth nothing.
        RecoveryCodesRenewed,
        /// To a person: a recovery code was used.
        RecoveryCodeUsed,
        /// To the owner of a partner account: how to begin.
        PartnerWelcome,
        /// To the owner of a partner account: a client more.
        ClientLinked,
        /// To the owner of a partner account: a client less.
        ClientCleared,
        /// To the owner of a partner account: certified.
        PartnerCertified,
    }
}

record! {
    /// A mail in the outbox. It is rendered when it is delivered.
    pub struct Mail from core::Mail {
        /// The id, which is its idempotency key as well.
        id: MailId,
        /// The company it is about; none when it is about a person's own login.
        company: Option<CompanyId>,
        /// What it tells.
        kind: MailKind,
        /// Where it stands.
        state: MailState,
        /// The address; none for an audience.
        recipient: Option<String>,
        /// The recipient's name.
        recipient_name: Option<String>,
        /// Whom it is for, when it is for more than one.
        audience: Option<Audience>,
        /// The language it is written in.
        locale: String,
        /// When it was queued.
        created: Timestamp,
        /// When it is tried next.
        due: Timestamp,
        /// How often it was tried.
        attempts: i64,
        /// Why it was not taken the last time.
        failure: Option<String>,
        /// When it was taken or given up.
        settled: Option<Timestamp>,
    }
}

record! {
    /// What came of a delivery.
    pub struct Delivery from core::Delivery {
        /// Mails that the mailer took.
        sent: u32,
        /// Mails that are tried again later.
        waiting: u32,
        /// Mails that were given up.
        given_up: u32,
        /// What was not taken, and why.
        failures: Vec<DeliveryFailure>,
    }
}

record! {
    /// A mail that was not taken.
    pub struct DeliveryFailure from core::Failure {
        /// The mail.
        mail: MailId,
        /// `mailer_failed` when the mailer did not take it; otherwise why it could not be written.
        code: String,
        /// What the mailer, or the template, said.
        reason: String,
    }
}

record! {
    /// A mail ready to be sent.
    pub struct Message by hand {
        /// The idempotency key: the same on every attempt. A mailer that has seen it may return at once.
        id: String,
        /// What it is about.
        kind: MailKind,
        /// When it was queued: the date that it bears.
        at: Timestamp,
        /// The recipient's locale.
        locale: String,
        /// The recipient's address, exactly one.
        to: String,
        /// The recipient's name.
        to_name: Option<String>,
        /// The sender's address.
        from_address: String,
        /// The sender's name.
        from_name: String,
        /// Where answers go, if not to the sender.
        reply_to: Option<String>,
        /// One line.
        subject: String,
        /// The text form. It may hold codes and links.
        text: crate::scalar::Secret,
        /// The HTML form. It may hold codes and links.
        html: crate::scalar::Secret,
    }
}

impl Outward<Message> for core::Message {
    fn outward(self) -> Message {
        let core::Message { id, kind, at, locale, to, to_name, from_address, from_name, reply_to, subject, text, html } =
            self;
        let (kind, at, text, html) = (kind.outward(), at.outward(), text.into(), html.into());
        Message { id, kind, at, locale, to, to_name, from_address, from_name, reply_to, subject, text, html }
    }
}
