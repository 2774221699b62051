//! What a host writes and the library calls: the mailer.

use handfast::mail;

use crate::{
    failure::Failure,
    shape::Outward,
    types::{Delivery, Message},
    verbs::Mails,
};

/// Why a mailer did not take a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// What it said.
    pub reason: String,
    /// Whether it makes sense to try again.
    pub permanence: Permanence,
}

/// Whether a mail that was not taken should be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permanence {
    /// Try again later.
    Temporary,
    /// Never try again.
    Permanent,
}

impl From<Rejection> for mail::Rejected {
    fn from(Rejection { reason, permanence }: Rejection) -> Self {
        match permanence {
            Permanence::Temporary => mail::Rejected::temporary(reason),
            Permanence::Permanent => mail::Rejected::permanent(reason),
        }
    }
}

impl Mails<'_> {
    /// Hands mails that are due to `mailer`, at most `limit` of them. No lock is held while it is called: it may
    /// call the handle.
    pub fn deliver(
        &self,
        mailer: &(dyn Fn(Message) -> Result<(), Rejection> + Send + Sync),
        limit: u32,
    ) -> Result<Delivery, Failure> {
        let send = |message: &mail::Message| mailer(message.clone().outward()).map_err(mail::Rejected::from);
        self.handle().call("mails.deliver", |handfast| Ok(handfast.mails().deliver(&send, limit)?.outward()))
    }
}
