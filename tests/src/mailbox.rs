use std::{
    fs,
    path::{Path, PathBuf},
    process,
    thread::sleep,
    time::Duration,
};

use handfast::{
    Timestamp,
    mail::{MailKind, Message},
};

use crate::fresh_number;

/// Mails that were delivered by any of several processes, in a folder that they share: the last of each kind to each
/// address.
#[derive(Clone, Debug)]
pub struct Mailbox(PathBuf);

impl Mailbox {
    /// The one in this folder.
    pub fn at(folder: &Path) -> Self {
        fs::create_dir_all(folder).unwrap();
        Mailbox(folder.to_owned())
    }

    /// Puts a mail in: there as a whole, or not at all.
    pub fn put(&self, message: &Message) {
        let part = self.0.join(format!("part-{}-{}", process::id(), fresh_number()));
        fs::write(&part, &message.text).unwrap();
        fs::rename(part, self.place(&message.to, message.kind)).unwrap();
    }

    /// The mail of a kind to an address, as soon as somebody has delivered it; `deliver` is called meanwhile. Only what
    /// it is about and its text are kept.
    pub fn wait(&self, to: &str, kind: MailKind, deliver: impl Fn()) -> Message {
        loop {
            if let Ok(text) = fs::read_to_string(self.place(to, kind)) {
                return Message { text, ..blank(to, kind) };
            }
            deliver();
            // it may be on its way with another process
            sleep(Duration::from_millis(5));
        }
    }

    fn place(&self, to: &str, kind: MailKind) -> PathBuf {
        self.0.join(format!("{}-{to}", kind.as_str()))
    }
}

fn blank(to: &str, kind: MailKind) -> Message {
    Message {
        id: String::new(),
        kind,
        at: Timestamp::MIN,
        locale: String::new(),
        to: to.to_owned(),
        to_name: None,
        from_address: String::new(),
        from_name: String::new(),
        reply_to: None,
        subject: String::new(),
        text: String::new(),
        html: String::new(),
    }
}
