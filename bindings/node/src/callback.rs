//! What a host writes in JavaScript and the library waits for: the mailer's answers.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use handfast_contract::{Message, Permanence, Rejection};

use crate::news::{News, Wire};

type Answer = Result<(), Rejection>;

/// Mails that a mailer has and has not answered for yet, each under a ticket.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<Open>);

#[derive(Default)]
struct Open {
    last: u32,
    waiting: HashMap<u32, SyncSender<Answer>>,
}

impl Tickets {
    fn with<T>(&self, change: impl FnOnce(&mut Open) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn open(&self) -> (u32, Receiver<Answer>) {
        let (sender, receiver) = sync_channel(1);
        let ticket = self.with(|open| {
            open.last = open.last.wrapping_add(1);
            open.waiting.insert(open.last, sender);
            open.last
        });
        (ticket, receiver)
    }

    /// What the mailer says about the mail of a ticket.
    pub(crate) fn answer(&self, ticket: u32, answer: Answer) {
        if let Some(waiting) = self.with(|open| open.waiting.remove(&ticket)) {
            // whoever asked may be gone
            let _ = waiting.send(answer);
        }
    }

    /// Nobody answers any more: who waits goes on.
    pub(crate) fn give_up(&self) {
        self.with(|open| open.waiting.clear());
    }

    /// Hands a mail to the mailer of a call, and waits for its answer.
    pub(crate) fn ask(&self, wire: &Wire, call: u32, message: Message) -> Answer {
        let (ticket, answer) = self.open();
        if !wire.tell(News::Mail { call, ticket, message: Box::new(message) }) {
            self.answer(ticket, Err(gone()));
        }
        answer.recv().unwrap_or_else(|_| Err(gone()))
    }
}

/// The thread of JavaScript that the mailer ran on has ended.
fn gone() -> Rejection {
    Rejection { reason: "the mailer's thread has ended".to_owned(), permanence: Permanence::Temporary }
}
