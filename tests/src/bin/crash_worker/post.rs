use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use handfast::{
    Handfast,
    mail::{MailKind, Message},
};

use crate::{insist, say};

/// The secrets in mails that were delivered, by whichever thread, until their recipients take them.
#[derive(Default)]
pub(crate) struct Post(Mutex<HashMap<String, String>>);

impl Post {
    /// The secret that was mailed to an address.
    pub(crate) fn secret(&self, handfast: &Handfast, address: &str) -> String {
        loop {
            let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(address);
            match found {
                Some(secret) => return secret,
                None => self.deliver(handfast),
            }
        }
    }

    /// Delivers some of what is in the outbox.
    pub(crate) fn deliver(&self, handfast: &Handfast) {
        let sent = Mutex::new(Vec::new());
        let mailer = |message: &Message| {
            sent.lock().unwrap().push(message.id.clone());
            if let Some(secret) = secret(message) {
                self.0.lock().unwrap().insert(message.to.clone(), secret);
            }
            Ok(())
        };
        let delivery = insist(|| handfast.mails().deliver(&mailer, 20)).unwrap();
        assert_eq!(delivery.failures, []);
        sent.into_inner().unwrap().iter().for_each(|mail| say(&format!("sent {mail}")));
    }
}

/// The code or the token in a mail.
fn secret(message: &Message) -> Option<String> {
    let mut words = message.text.split_whitespace();
    match message.kind {
        MailKind::VisitorCode => {
            let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
            words.find(is_code).map(str::to_owned)
        }
        MailKind::StaffInvited => {
            words.find_map(|word| word.split_once("staff/invitation#")).map(|(_, token)| token.into())
        }
        _ => None,
    }
}
