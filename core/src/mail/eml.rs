//! Mails as `.eml` files, which every mail program opens.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use mail_builder::{
    MessageBuilder,
    headers::{address::Address, date::Date, text::Text},
};

use super::{
    brand,
    message::{Mailer, Message, Rejected},
    placeholder::{cleaned, folded},
};

/// Writes each mail into a folder, as `{time}-{kind}-{id}.eml`: a complete file or none, and the same
/// mail again replaces its file. The format is that of RFC 5322 with MIME (RFC 2045 to 2047), addresses
/// in UTF-8 (RFC 6532).
///
/// An address that is not exactly one address is rejected for good; a file that cannot be written is
/// tried again.
#[derive(Debug)]
pub struct EmlMailer {
    folder: PathBuf,
    written: AtomicU64,
}

impl EmlMailer {
    /// Writes into this folder, which is made with the first mail.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        EmlMailer { folder: folder.into(), written: AtomicU64::new(0) }
    }

    /// The file that this mail is written to.
    pub fn path(&self, message: &Message) -> PathBuf {
        let at = message.at.to_utc().format("%Y%m%dT%H%M%S%.3fZ");
        self.folder.join(format!("{at}-{}-{}.eml", message.kind, atom(&message.id)))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        // A name of its own: two that send the same mail at once must not share a half-written file.
        let unfinished = format!(".{}-{}.tmp", process::id(), self.written.fetch_add(1, Ordering::Relaxed));
        let unfinished = self.folder.join(unfinished);
        let done = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, path)
        });
        if done.is_err() {
            // It may not even exist; what counts is the first error.
            let _ = fs::remove_file(&unfinished);
        }
        done
    }
}

impl Mailer for EmlMailer {
    fn send(&self, message: &Message) -> Result<(), Rejected> {
        let bytes = composed(message)?;
        let path = self.path(message);
        let failed = |error: io::Error| Rejected::temporary(format!("cannot write `{}`: {error}", path.display()));
        self.write(&path, &bytes).map_err(failed)
    }
}

/// The bytes of the file. No field can begin another: addresses are checked, all else is put on one
/// line and encoded by `mail-builder`.
fn composed(message: &Message) -> Result<Vec<u8>, Rejected> {
    let from = mailbox(Some(&message.from_name), &message.from_address, "sender")?;
    let to = mailbox(message.to_name.as_deref(), &message.to, "recipient")?;
    let mut mail = MessageBuilder::new().from(from).to(to);
    if let Some(address) = &message.reply_to {
        mail = mail.reply_to(mailbox(None, address, "reply address")?);
    }
    let seconds = message.at.millis() / 1000;
    let composed = mail
        .subject(folded(&cleaned(&message.subject)))
        .date(Date::new(seconds))
        .message_id(format!("{}@{}", atom(&message.id), domain(&message.from_address)))
        .header("Content-Language", Text::new(atom(&message.locale)))
        // RFC 3834: nobody's absence note answers this mail.
        .header("Auto-Submitted", Text::new("auto-generated"))
        .text_body(message.text.as_str())
        .html_body(message.html.as_str())
        .write_to_vec();
    composed.map_err(|error| Rejected::temporary(error.to_string()))
}

fn mailbox<'a>(name: Option<&str>, address: &'a str, what: &str) -> Result<Address<'a>, Rejected> {
    let address =
        brand::address(address).map_err(|_| Rejected::permanent(format!("the {what} is not one e-mail address")))?;
    let name = name.map(|name| folded(&cleaned(name))).filter(|name| !name.is_empty());
    Ok(Address::new_address(name, address))
}

/// The text as one atom of RFC 5322 that is also a file name: every other byte as `%` and two digits.
fn atom(text: &str) -> String {
    let mut atom = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => atom.push(char::from(byte)),
            _ => atom.push_str(&format!("%{byte:02X}")),
        }
    }
    atom
}

/// The sender's domain in ASCII, as the right side of the message's id.
fn domain(address: &str) -> String {
    let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
    idna::domain_to_ascii(domain).unwrap_or_else(|_| "localhost".to_owned())
}

#[cfg(test)]
mod tests {
    use mailparse::{MailHeaderMap, MailParseError, ParsedMail};

    use super::*;
    use crate::mail::Permanence;

    fn read(bytes: &[u8]) -> Result<ParsedMail<'_>, MailParseError> {
        mailparse::parse_mail(bytes)
    }

    fn field(mail: &ParsedMail<'_>, name: &str) -> String {
        mail.headers.get_first_value(name).unwrap()
    }

    #[test]
    fn another_program_reads_the_same_mail_back() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = EmlMailer::new(folder.path().join("mails/out"));
        let message = Message { reply_to: Some("lola@huerta.example".into()), ..Message::sample() };
        mailer.send(&message).unwrap();

        let path = mailer.path(&message);
        let name = "20261122T100000.250Z-visitor_code-0196fa00-0000-7000-8000-00000000002a.eml";
        assert_eq!(path.file_name().unwrap(), name);
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.is_ascii(), "nothing here needs more than ASCII");
        assert!(
            bytes
                .split(|&byte| byte == b'\n')
                .all(|line| line.len() <= 79 && line.last().is_none_or(|&end| end == b'\r'))
        );
        let mail = read(&bytes).unwrap();
        assert_eq!(field(&mail, "Subject"), message.subject);
        assert_eq!(field(&mail, "From"), "Lonja Ñ <mail@lonja.example>");
        assert_eq!(field(&mail, "To"), "Inés Núñez <ines@nandu.example>");
        assert_eq!(field(&mail, "Reply-To"), "<lola@huerta.example>");
        assert_eq!(field(&mail, "Message-ID"), format!("<{}@lonja.example>", message.id));
        assert_eq!(field(&mail, "Content-Language"), "es-ES");
        assert_eq!(mailparse::dateparse(&field(&mail, "Date")).unwrap(), message.at.millis() / 1000);
        assert_eq!(mail.ctype.mimetype, "multipart/alternative");
        let [text, html] = &mail.subparts[..] else { panic!("{} parts", mail.subparts.len()) };
        assert_eq!((text.ctype.mimetype.as_str(), text.ctype.charset.as_str()), ("text/plain", "utf-8"));
        assert_eq!(html.ctype.mimetype, "text/html");
        assert_eq!(text.get_body().unwrap().replace("\r\n", "\n"), message.text);
        assert_eq!(html.get_body().unwrap().replace("\r\n", "\n"), message.html);
    }

    #[test]
    fn names_and_subjects_cannot_begin_another_header() {
        let evil = "Inés\r\nBcc: x@evil.example\r\n\r\n<script>";
        let quoted = "\"<x@evil.example>, \\";
        for name in [evil, quoted, "\0", "a\u{202e}b", &"ñ ".repeat(300), &"x".repeat(2000)] {
            let message = Message {
                to_name: Some(name.into()),
                from_name: name.into(),
                subject: name.into(),
                locale: name.into(),
                id: name.into(),
                ..Message::sample()
            };
            let bytes = composed(&message).unwrap();
            let mail = read(&bytes).unwrap();
            let mut fields: Vec<_> = mail.headers.iter().map(|header| header.get_key()).collect();
            fields.sort_unstable();
            let expected = [
                "Auto-Submitted",
                "Content-Language",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Message-ID",
                "Subject",
                "To",
            ];
            assert_eq!(fields, expected, "{name:?}");
            let to = mailparse::addrparse_header(mail.headers.get_first_header("To").unwrap()).unwrap();
            let to = to.extract_single_info().unwrap();
            assert_eq!(to.addr, "ines@nandu.example");
            assert_eq!(to.display_name.unwrap_or_default(), folded(&cleaned(name)), "{name:?}");
            assert_eq!(mail.subparts.len(), 2);
        }
    }

    #[test]
    fn what_is_not_one_address_is_rejected_for_good() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = EmlMailer::new(folder.path());
        for address in
            ["", "ines", "@", "a@b@c", "a@b.example, c@d.example", "a@b.example>\r\nBcc: c@d.example", "a b@c.example"]
        {
            let rejected = mailer.send(&Message { to: address.into(), ..Message::sample() }).unwrap_err();
            assert_eq!(rejected.permanence, Permanence::Permanent, "{address:?}");
            let reply_to = Some(address.into());
            assert!(mailer.send(&Message { reply_to, ..Message::sample() }).is_err());
            assert!(mailer.send(&Message { from_address: address.into(), ..Message::sample() }).is_err());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_address_in_utf_8_stays_as_it_is() {
        let to = "iñaki@ñandú.example".to_owned();
        let from_address = "correo@lonja-ñ.example".to_owned();
        let bytes = composed(&Message { to, from_address, ..Message::sample() }).unwrap();
        let mail = read(&bytes).unwrap();
        assert_eq!(field(&mail, "To"), "Inés Núñez <iñaki@ñandú.example>");
        assert!(field(&mail, "Message-ID").ends_with("@xn--lonja--1wa.example>"), "{}", field(&mail, "Message-ID"));
    }

    #[test]
    fn the_same_mail_again_replaces_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = EmlMailer::new(folder.path());
        mailer.send(&Message::sample()).unwrap();
        mailer.send(&Message::sample()).unwrap();
        mailer.send(&Message { id: "../other".into(), ..Message::sample() }).unwrap();
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let [other, same] = &names[..] else { panic!("{names:?}") };
        assert!(other.ends_with("visitor_code-%2E%2E%2Fother.eml") && same.ends_with("2a.eml"), "{names:?}");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let rejected = EmlMailer::new(&file).send(&Message::sample()).unwrap_err();
        assert_eq!(rejected.permanence, Permanence::Temporary);
    }
}
