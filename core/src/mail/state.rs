use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where a mail in the outbox stands.
    pub enum MailState {
        /// Waits until it is due, or is being delivered right now.
        Queued = "queued",
        /// A mailer took it.
        Sent = "sent",
        /// Given up: the dead letters.
        Dead = "dead",
    }
}

choices! {
    /// What happens to a mail.
    pub enum MailEvent {
        /// A worker takes it for a while, or tries it again later.
        Wait = "wait",
        /// A mailer took it.
        Send = "send",
        /// It will never be taken, or was tried too often.
        GiveUp = "give_up",
        /// The host wants it tried once more.
        Revive = "revive",
    }
}

/// The one transition function of mails. Errors: `wrong_state`.
pub fn next(state: MailState, event: MailEvent) -> Result<MailState> {
    use MailEvent::{GiveUp, Revive, Send, Wait};
    use MailState::{Dead, Queued, Sent};
    match (state, event) {
        (Queued, Wait) | (Dead, Revive) => Ok(Queued),
        (Queued, Send) => Ok(Sent),
        (Queued, GiveUp) => Ok(Dead),
        (Sent | Dead, Wait | Send | GiveUp) | (Queued | Sent, Revive) => Err(Error::new(Code::WrongState)),
    }
}
