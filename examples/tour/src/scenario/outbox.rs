use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use handfast::mail::{EmlMailer, MailKind, Mailer, Message, Rejected};
use serde_json::{Value, json};

use crate::letters;

/// Where a play's mails arrive: in memory, and in a folder if there is one.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    folder: Option<EmlMailer>,
    arrived: Mutex<Vec<Message>>,
}

/// What a mailer that fails says, and to which mails.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) rejected: Rejected,
    pub(super) kind: Option<MailKind>,
}

impl Outbox {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Outbox { folder: folder.map(EmlMailer::new), arrived: Mutex::default() }
    }

    /// A mailer that brings mails here, or refuses.
    pub(super) fn mailer(&self, refusal: Option<Refusal>) -> impl Mailer {
        move |message: &Message| {
            if let Some(refusal) =
                refusal.as_ref().filter(|refusal| refusal.kind.is_none_or(|kind| kind == message.kind))
            {
                return Err(refusal.rejected.clone());
            }
            if let Some(folder) = &self.folder {
                folder.send(message)?;
            }
            self.arrived().push(message.clone());
            Ok(())
        }
    }

    pub(super) fn count(&self) -> usize {
        self.arrived().len()
    }

    /// The mails from the `first` on, as scenarios see them.
    pub(super) fn since(&self, first: usize) -> Vec<Value> {
        self.arrived().iter().skip(first).map(shown).collect()
    }

    /// The code, the link or the token of the newest mail that holds one.
    pub(super) fn newest(&self, what: &str) -> Option<Value> {
        let find = |message: &Message| shown(message).get(what).filter(|value| !value.is_null()).cloned();
        self.arrived().iter().rev().find_map(find)
    }

    fn arrived(&self) -> std::sync::MutexGuard<'_, Vec<Message>> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shown(message: &Message) -> Value {
    json!({
        "kind": message.kind,
        "to": message.to,
        "to_name": message.to_name,
        "locale": message.locale,
        "subject": message.subject,
        "text": message.text,
        "code": letters::code(&message.text),
        "link": letters::link(&message.text),
        "token": letters::token(&message.text),
    })
}
