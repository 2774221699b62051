//! What a host writes and the library calls: the mailer, and who hears of progress.

use handfast::mail;

use crate::{
    failure::Failure,
    handle::Handle,
    shape::{Argument, Outward},
    types::{Actor, BulkDecision, BulkRow, Delivery, Message},
    verbs::{Mails, Requests},
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

impl Requests<'_> {
    /// Decides many requests, each on its own; `tell` hears after every row how many are done, of how many.
    pub fn decide_many(
        &self,
        actor: Actor,
        key: String,
        decisions: BulkDecision,
        tell: &dyn Fn(u32, u32),
    ) -> Result<Vec<BulkRow>, Failure> {
        let handle: &Handle = self.handle();
        handle.call("requests.decide_many", |handfast| {
            let (actor, decisions) = (actor.of("actor")?, decisions.of("decisions")?);
            let tell = |progress: handfast::request::Progress| tell(progress.done, progress.total);
            let rows = handfast.requests().decide_many_telling(actor, &key, &decisions, &tell)?;
            Ok(rows.outward())
        })
    }
}
