use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use handfast::mail::{self, EmlMailer, Mailer};
use handfast_contract::{MailKind, Message, Permanence, Rejection, shape::Fits};
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
    pub(super) rejection: Rejection,
    pub(super) kind: Option<MailKind>,
}

impl Outbox {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Outbox { folder: folder.map(EmlMailer::new), arrived: Mutex::default() }
    }

    /// Takes a mail in, or refuses.
    pub(super) fn take(&self, message: Message, refusal: Option<&Refusal>) -> Result<(), Rejection> {
        if let Some(refusal) = refusal.filter(|refusal| refusal.kind.is_none_or(|kind| kind == message.kind)) {
            return Err(refusal.rejection.clone());
        }
        if let Some(folder) = &self.folder {
            let failed = |reason: String| Rejection { reason, permanence: Permanence::Temporary };
            let written = written(message.clone()).map_err(|error| failed(error.to_string()))?;
            folder.send(&written).map_err(|rejected| failed(rejected.reason))?;
        }
        self.arrived().push(message);
        Ok(())
    }

    pub(super) fn count(&self) -> usize {
        self.arrived().len()
    }

    /// The mails from the `first` on, as scenarios see them.
    pub(super) fn since(&self, first: usize) -> Vec<Value> {
        self.arrived().iter().skip(first).map(shown).collect()
    }

    /// The code, the link, the token or the temporary password of the newest mail that holds one.
    pub(super) fn newest(&self, what: &str) -> Option<Value> {
        let find = |message: &Message| shown(message).get(what).filter(|value| !value.is_null()).cloned();
        self.arrived().iter().rev().find_map(find)
    }

    fn arrived(&self) -> std::sync::MutexGuard<'_, Vec<Message>> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shown(message: &Message) -> Value {
    let text = &message.text.0;
    json!({
        "kind": message.kind,
        "to": message.to,
        "to_name": message.to_name,
        "locale": message.locale,
        "subject": message.subject,
        "text": text,
        "code": letters::code(text),
        "link": letters::link(text),
        "token": letters::token(text),
        "password": letters::password(text),
    })
}

/// The mail as the writer of `.eml` files takes it.
fn written(message: Message) -> handfast::Result<mail::Message> {
    let Message { id, kind, at, locale, to, to_name, from_address, from_name, reply_to, subject, text, html } = message;
    let (kind, at, text, html) = (kind.fit()?, at.fit()?, text.into(), html.into());
    Ok(mail::Message { id, kind, at, locale, to, to_name, from_address, from_name, reply_to, subject, text, html })
}
