//! The values that a mail is filled with, declared once and shared by all kinds.

use minijinja::Value;

/// Whether a kind of mail has a value always, and where a template may show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// Always there; a mail without it is refused.
    Required,
    /// Always there, and a secret: never in a subject line, which logs and lock screens show.
    Secret,
    /// May be missing; it is empty then.
    Optional,
}

/// One value that the templates of a kind may use: `{{ company }}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The name between the braces.
    pub name: &'static str,
    /// Whether it is always there.
    pub need: Need,
    /// What it is.
    pub about: &'static str,
    sample: Sample,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sample {
    Text(&'static str),
    Number(u32),
}

impl Placeholder {
    const fn text(name: &'static str, need: Need, sample: &'static str, about: &'static str) -> Self {
        Placeholder { name, need, about, sample: Sample::Text(sample) }
    }

    const fn number(name: &'static str, sample: u32, about: &'static str) -> Self {
        Placeholder { name, need: Need::Required, about, sample: Sample::Number(sample) }
    }

    /// A value as it could be in a real mail, for previews and tests.
    pub fn sample(&self) -> serde_json::Value {
        match self.sample {
            Sample::Text(text) => text.into(),
            Sample::Number(number) => number.into(),
        }
    }

    /// The value as templates see it: text without control characters, or a number. `None` when it is
    /// missing, blank, or neither.
    pub(super) fn read(&self, given: Option<&serde_json::Value>) -> Option<Value> {
        match given? {
            serde_json::Value::String(text) => {
                let text = cleaned(text);
                (!text.trim().is_empty()).then(|| Value::from(text))
            }
            serde_json::Value::Number(number) => {
                number.as_i64().map(Value::from).or_else(|| number.as_f64().map(Value::from))
            }
            _ => None,
        }
    }
}

/// The text without what a terminal, a mail header or a reader's eye would take for something else:
/// control characters except the line feed, and overrides of the writing direction (UAX 9).
pub(super) fn cleaned(text: &str) -> String {
    let direction = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = text.replace("\r\n", "\n").replace(['\r', '\t', '\u{85}', '\u{2028}', '\u{2029}'], " ");
    text.chars().filter(|&letter| letter == '\n' || !(letter.is_control() || direction(letter))).collect()
}

/// All on one line, with single spaces.
pub(super) fn folded(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

use Need::{Optional, Required, Secret};

pub(super) const COMPANY: Placeholder =
    Placeholder::text("company", Required, "Huerta del Sur", "the company that the mail is about");
pub(super) const LEFT: Placeholder = Placeholder::number("left", 9, "how many are left");
pub(super) const SECRET_LINK: Placeholder = Placeholder::text(
    "link",
    Secret,
    "https://shop.example/account/6Zb1q0",
    "where the button leads; whoever has it can do what the mail is about",
);
pub(super) const NEW_EMAIL: Placeholder =
    Placeholder::text("new_email", Required, "ines@cafe.example", "the address that is to be signed in with");
pub(super) const NAME: Placeholder =
    Placeholder::text("name", Required, "Inés Núñez", "the person whom the mail greets");
pub(super) const APPLICANT: Placeholder =
    Placeholder::text("name", Required, "Café Ñandú", "the business that asked to become a customer");
pub(super) const CUSTOMER: Placeholder = Placeholder::text("customer", Required, "Café Ñandú", "the customer's name");
pub(super) const CODE: Placeholder = Placeholder::text("code", Secret, "04183375", "the code to type in");
pub(super) const MINUTES: Placeholder = Placeholder::number("minutes", 10, "how many minutes the code is valid");
pub(super) const DAYS: Placeholder = Placeholder::number("days", 7, "how many days the link is valid");
pub(super) const LEGAL_NAME: Placeholder =
    Placeholder::text("legal_name", Required, "Café Ñandú, S. L.", "the legal name that they gave");
pub(super) const CONTACT: Placeholder =
    Placeholder::text("contact", Required, "Inés Núñez", "the contact person that they gave");
pub(super) const EMAIL: Placeholder =
    Placeholder::text("email", Required, "ines@nandu.example", "the address that they verified");
pub(super) const PHONE: Placeholder =
    Placeholder::text("phone", Optional, "+34 955 123 456", "the phone number that they gave");
pub(super) const MESSAGE: Placeholder = Placeholder::text(
    "message",
    Optional,
    "We roast our own coffee in Triana.\nCould you deliver before eight?",
    "what they wrote, with its line breaks",
);
pub(super) const TAX_ID: Placeholder =
    Placeholder::text("tax_id", Optional, "ES-B12345678", "the tax id that they gave");
pub(super) const WEBSITE: Placeholder =
    Placeholder::text("website", Optional, "https://nandu.example/", "the web address that they gave");
pub(super) const BILLING: Placeholder = Placeholder::text(
    "billing",
    Optional,
    "Calle Betis 7, 41010 Sevilla, ES",
    "the address that bills go to, on one line",
);
pub(super) const SHIPPING: Placeholder = Placeholder::text(
    "shipping",
    Optional,
    "Calle Pureza 12, 41010 Sevilla, ES",
    "the address that goods go to, where it is another, on one line",
);
pub(super) const ANSWERS: Placeholder = Placeholder::text(
    "answers",
    Optional,
    "Opening hours: 8 to 20\nCold store: yes",
    "a line for each question of the company's own, with the answer",
);
pub(super) const REASON: Placeholder = Placeholder::text(
    "reason",
    Optional,
    "We do not deliver to Triana yet.",
    "why, in the words of the company, with its line breaks",
);
pub(super) const PARTNER: Placeholder =
    Placeholder::text("partner", Required, "Camino Consulting", "the partner account's name");
pub(super) const NUMBER: Placeholder =
    Placeholder::text("number", Required, "5724 0000 1234 5678 9018", "the partner's number, as people read it");
pub(super) const CLIENT: Placeholder =
    Placeholder::text("client", Required, "Huerta del Sur", "the commerce account's name");
pub(super) const PERSON: Placeholder = Placeholder::text("person", Required, "Carla Camino", "who entered the account");
pub(super) const COURSE: Placeholder = Placeholder::text("course", Required, "Certified Partner", "the course's title");
pub(super) const CERTIFICATE: Placeholder = Placeholder::text(
    "certificate",
    Required,
    "7K2MQ-X4V9D-0HS3E-PZ81N",
    "the certificate's number, as people read it",
);
pub(super) const LINK: Placeholder =
    Placeholder::text("link", Required, "https://shop.example/go?from=mail&to=here", "where the button leads");
pub(super) const INVITATION: Placeholder = Placeholder::text(
    "link",
    Secret,
    "https://shop.example/join/6Zb1q0",
    "where the button leads; whoever has it can accept the invitation",
);
pub(super) const USER_NAME: Placeholder =
    Placeholder::text("user_name", Required, "ines@nandu.example", "what the person signs in with");
pub(super) const TEMPORARY_PASSWORD: Placeholder = Placeholder::text(
    "password",
    Secret,
    "7k2mq-x4v9d-0hs3e-pz81n",
    "the temporary password, which opens nothing but the choice of another",
);
pub(super) const HOURS: Placeholder =
    Placeholder::number("hours", 24, "how many hours the link, or the temporary password, is valid");
pub(super) const INVITER: Placeholder =
    Placeholder::text("inviter", Required, "Lola Fernández", "who invites: a name or an address");
pub(super) const ROLE: Placeholder =
    Placeholder::text("role", Required, "Procurement Manager", "the role as it is shown to people");
