//! A mail ready to be sent, and who sends it.

use std::fmt;

use super::kind::MailKind;
use crate::clock::Timestamp;

/// A mail ready to be sent. [`fmt::Debug`] shows neither text nor HTML, for they hold codes and links.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The idempotency key: the same on every attempt. A mailer that has seen it may answer `Ok` at once.
    pub id: String,
    /// What it is about.
    pub kind: MailKind,
    /// When it was queued: the date that it bears.
    pub at: Timestamp,
    /// The recipient's locale.
    pub locale: String,
    /// The recipient's address, exactly one.
    pub to: String,
    /// The recipient's name.
    pub to_name: Option<String>,
    /// The sender's address.
    pub from_address: String,
    /// The sender's name.
    pub from_name: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// The text form.
    pub text: String,
    /// The HTML form.
    pub html: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("at", &self.at)
            .field("to", &self.to)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Hands mails over to whoever transports them. Any `Fn(&Message) -> Result<(), Rejected>` is a mailer.
///
/// Delivery is at least once: the same message can come again after a crash, with the same `id`.
///
/// ```
/// use handfast::mail::{Mailer, Message, Rejected};
///
/// let mailer = |message: &Message| match message.to.ends_with(".invalid") {
///     true => Err(Rejected::permanent("nobody lives there")),
///     false => Ok(()),
/// };
/// fn takes(_: &impl Mailer) {}
/// takes(&mailer);
/// ```
pub trait Mailer: Send + Sync {
    /// Returns when the mail was taken over, durably if the transport can.
    fn send(&self, message: &Message) -> Result<(), Rejected>;
}

impl<F: Fn(&Message) -> Result<(), Rejected> + Send + Sync> Mailer for F {
    fn send(&self, message: &Message) -> Result<(), Rejected> {
        self(message)
    }
}

/// Why a mailer did not take a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// For the host's operator: lower case, no full stop, no text of the mail.
    pub reason: String,
    /// Whether it makes sense to try again.
    pub permanence: Permanence,
}

/// Whether a mail that was not taken should be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permanence {
    /// Try again later (a 4xx reply of SMTP, a network that is down).
    Temporary,
    /// Never try again (a 5xx reply of SMTP, an address that cannot be).
    Permanent,
}

impl Rejected {
    /// Not now: the mail is tried again.
    pub fn temporary(reason: impl Into<String>) -> Self {
        Rejected { reason: reason.into(), permanence: Permanence::Temporary }
    }

    /// Never: the mail is dead at once.
    pub fn permanent(reason: impl Into<String>) -> Self {
        Rejected { reason: reason.into(), permanence: Permanence::Permanent }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Rejected {}

#[cfg(test)]
impl Message {
    pub(super) fn sample() -> Message {
        Message {
            id: "0196fa00-0000-7000-8000-00000000002a".into(),
            kind: MailKind::VisitorCode,
            at: "2026-11-22T10:00:00.250Z".parse().unwrap(),
            locale: "es-ES".into(),
            to: "ines@nandu.example".into(),
            to_name: Some("Inés Núñez".into()),
            from_address: "mail@lonja.example".into(),
            from_name: "Lonja Ñ".into(),
            reply_to: None,
            subject: "Su código de verificación para Huerta del Sur".into(),
            text: "Hola:\n\n    04183375\n\n-- \nEnviado por Lonja.\n".into(),
            html: "<!doctype html>\n<html lang=\"es\"><p>Hola:</p><p>04183375</p></html>\n".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_code() {
        let message = Message::sample();
        assert!(message.text.contains("04183375") && message.html.contains("04183375"));
        let shown = format!("{message:?}");
        assert!(shown.contains("VisitorCode") && !shown.contains("04183375"), "{shown}");
    }
}
