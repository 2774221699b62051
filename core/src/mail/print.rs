//! Mails on the terminal, for trying things out.

use std::{
    io::{self, Stdout, Write},
    sync::{Mutex, PoisonError},
};

use super::{
    message::{Mailer, Message, Rejected},
    placeholder::{cleaned, folded},
};

/// Writes the text form of each mail: to the terminal, a log file, a buffer.
///
/// It shows codes and links: for development only.
#[derive(Debug)]
pub struct PrintMailer<W: Write + Send>(Mutex<W>);

impl PrintMailer<Stdout> {
    /// To the standard output.
    pub fn stdout() -> Self {
        PrintMailer::new(io::stdout())
    }
}

impl<W: Write + Send> PrintMailer<W> {
    /// To any writer.
    pub fn new(writer: W) -> Self {
        PrintMailer(Mutex::new(writer))
    }

    /// The writer, when all is printed.
    pub fn into_inner(self) -> W {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write + Send> Mailer for PrintMailer<W> {
    fn send(&self, message: &Message) -> Result<(), Rejected> {
        let page = page(message);
        let mut writer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let printed = writer.write_all(page.as_bytes()).and_then(|()| writer.flush());
        printed.map_err(|error| Rejected::temporary(format!("cannot print: {error}")))
    }
}

fn page(message: &Message) -> String {
    let line = |text: &str| folded(&cleaned(text));
    let person = |name: Option<&str>, address: &str| match name.map(line).filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} <{}>", line(address)),
        None => line(address),
    };
    let from = person(Some(&message.from_name), &message.from_address);
    let to = person(message.to_name.as_deref(), &message.to);
    let mut page = format!("From:    {from}\nTo:      {to}\nSubject: {}\n", line(&message.subject));
    page.push_str("  |\n");
    for text in cleaned(&message.text).lines() {
        page.push_str(format!("  | {text}").trim_end());
        page.push('\n');
    }
    page.push('\n');
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_printed_with_its_addresses_and_its_text() {
        let mailer = PrintMailer::new(Vec::new());
        mailer.send(&Message::sample()).unwrap();
        let printed = String::from_utf8(mailer.into_inner()).unwrap();
        assert!(
            printed.starts_with(
                "From:    Lonja Ñ <mail@lonja.example>\nTo:      Inés Núñez <ines@nandu.example>\nSubject: "
            )
        );
        assert!(printed.contains("\n  |     04183375\n"), "{printed}");
        assert!(!printed.contains("<html"));
    }

    #[test]
    fn a_mail_cannot_steer_the_terminal() {
        let mailer = PrintMailer::new(Vec::new());
        let text = "\u{1b}[2Jgone\r\u{7}".to_owned();
        mailer.send(&Message { to_name: Some("a\nSubject: b".into()), text, ..Message::sample() }).unwrap();
        let printed = String::from_utf8(mailer.into_inner()).unwrap();
        assert!(!printed.contains(['\u{1b}', '\r', '\u{7}']));
        assert_eq!(printed.lines().filter(|line| line.starts_with("Subject:")).count(), 1);
    }

    #[test]
    fn a_closed_writer_is_a_reason_to_try_again() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let rejected = PrintMailer::new(Closed).send(&Message::sample()).unwrap_err();
        assert_eq!(rejected.permanence, crate::mail::Permanence::Temporary);
    }
}
