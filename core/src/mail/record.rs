use serde::Serialize;

use super::{MailKind, MailState};
use crate::{
    clock::Timestamp,
    company::{Company, Permission},
    error::Result,
    event::Snapshot,
    id::Id,
    login::Login,
    partner::Partner,
    record,
    secret::{Purpose, Sealed},
    store::choice_columns,
    value::{EmailAddress, Locale, Name, choices},
    work::Work,
};

choices! {
    /// Whom a mail is for, when it is for more than one: found out when it is delivered.
    pub enum Audience {
        /// Who may decide requests.
        Deciders = "deciders",
        /// The Admins.
        Admins = "admins",
    }
}

choice_columns!(MailKind, MailState, Audience);

record! {
    /// A mail in the outbox. It is rendered when it is delivered, so a template that is mended mends what waits.
    #[derive(Serialize)]
    pub struct Mail in "mail" {
        /// The id, which is its idempotency key as well.
        id: Id<Mail>,
        /// The company it is about; `None` when it is about a person's own login.
        company: Option<Id<Company>>,
        /// What it tells.
        kind: MailKind,
        /// Where it stands.
        state: MailState,
        /// The address; `None` for an audience.
        recipient: Option<EmailAddress>,
        /// The recipient's name.
        recipient_name: Option<Name>,
        /// Whom it is for, when it is for more than one.
        audience: Option<Audience>,
        /// The language it is written in.
        locale: Locale,
        /// The values it is filled with, but the secret ones.
        #[serde(skip)]
        content: Snapshot,
        /// The secret ones, until it is delivered or given up.
        #[serde(skip)]
        sealed: Option<Sealed>,
        /// When it was queued.
        created: Timestamp,
        /// When it is tried next.
        due: Timestamp,
        /// How often it was tried.
        attempts: i64,
        /// Why it was not taken the last time.
        failure: Option<String>,
        /// When it was taken or given up.
        settled: Option<Timestamp>,
        /// The address, canonical: what a person's mails are found by.
        #[serde(skip)]
        address: Option<String>,
    }
    index of_state(state: MailState) by (due);
    index of_company(company: Id<Company>) by ();
    index of_address(address: &str) by ();
}

/// A mail to be queued.
pub(crate) struct Letter {
    kind: MailKind,
    company: Option<(Id<Company>, Name)>,
    recipient: Option<(EmailAddress, Option<Name>)>,
    audience: Option<Audience>,
    locale: Locale,
    values: serde_json::Value,
    secret: Option<(&'static str, String)>,
}

impl Letter {
    fn new(kind: MailKind, company: &Company, values: serde_json::Value) -> Self {
        let (locale, company) = (company.locale.clone(), Some((company.id, company.name.clone())));
        let (recipient, audience, secret) = Default::default();
        Letter { kind, company, recipient, audience, locale, values, secret }
    }

    /// To one person of the company, in the company's language.
    pub(crate) fn to_person(
        kind: MailKind,
        company: &Company,
        email: &EmailAddress,
        name: &Name,
        values: serde_json::Value,
    ) -> Self {
        let recipient = Some((email.clone(), Some(name.clone())));
        Letter { recipient, ..Letter::new(kind, company, values) }
    }

    /// To a visitor or a customer, in the visitor's language.
    pub(crate) fn to_visitor(
        kind: MailKind,
        company: &Company,
        email: &EmailAddress,
        locale: &Locale,
        values: serde_json::Value,
    ) -> Self {
        let (recipient, locale) = (Some((email.clone(), None)), locale.clone());
        Letter { recipient, locale, ..Letter::new(kind, company, values) }
    }

    /// To a user of a customer, in the customer's language.
    pub(crate) fn to_user(
        kind: MailKind,
        company: &Company,
        (email, name): (&EmailAddress, &Name),
        locale: &Locale,
        values: serde_json::Value,
    ) -> Self {
        let (recipient, locale) = (Some((email.clone(), Some(name.clone()))), locale.clone());
        Letter { recipient, locale, ..Letter::new(kind, company, values) }
    }

    /// To a person about the login, in the person's language.
    pub(crate) fn to_login(kind: MailKind, login: &Login, values: serde_json::Value) -> Self {
        let recipient = Some((login.email.clone(), Some(login.name.clone())));
        Letter { recipient, ..Letter::to_address(kind, &login.email, login.language(), values) }
    }

    /// To the owner of a partner account about that account, in its language.
    pub(crate) fn to_owner(kind: MailKind, partner: &Partner, owner: &Login, values: serde_json::Value) -> Self {
        Letter { locale: partner.locale.clone(), ..Letter::to_login(kind, owner, values) }
    }

    /// To an address that a login has, may have or is to have; about that login and no company.
    pub(crate) fn to_address(kind: MailKind, email: &EmailAddress, locale: Locale, values: serde_json::Value) -> Self {
        let (company, audience, secret) = Default::default();
        Letter { kind, company, recipient: Some((email.clone(), None)), audience, locale, values, secret }
    }

    /// To everyone on the staff who may decide requests.
    pub(crate) fn to_deciders(kind: MailKind, company: &Company, values: serde_json::Value) -> Self {
        Letter { audience: Some(Audience::Deciders), ..Letter::new(kind, company, values) }
    }

    /// To every Admin of the company.
    pub(crate) fn to_admins(kind: MailKind, company: &Company, values: serde_json::Value) -> Self {
        Letter { audience: Some(Audience::Admins), ..Letter::new(kind, company, values) }
    }

    /// With a value that is stored only sealed.
    pub(crate) fn with_secret(mut self, name: &'static str, value: String) -> Self {
        self.secret = Some((name, value));
        self
    }
}

impl Audience {
    /// What one must be allowed to belong to it.
    pub(super) const fn permission(self) -> Permission {
        match self {
            Audience::Deciders => Permission::DecideRequests,
            Audience::Admins => Permission::DesignatePartner,
        }
    }
}

impl Work<'_> {
    /// Queues a mail in this change (invariant 38).
    pub(crate) fn mail(&mut self, letter: Letter) -> Result<()> {
        let (handfast, id) = (self.handfast(), self.new_id()?);
        let sealed = letter.secret.map(|(name, value)| {
            let plain = serde_json::json!({ name: value }).to_string();
            let context = id.uuid().into_bytes();
            handfast.keyring().seal(handfast.random(), Purpose::Mail, &[&context], plain.as_bytes())
        });
        let mut content = match letter.values {
            serde_json::Value::Object(values) => values,
            _ => serde_json::Map::new(),
        };
        let (company, company_name) = letter.company.unzip();
        content.extend(company_name.map(|name| ("company".to_owned(), name.as_str().into())));
        let (recipient, recipient_name) = letter.recipient.unzip();
        let address = recipient.as_ref().map(|recipient| recipient.canonical().to_owned());
        self.insert(&Mail {
            id,
            company,
            kind: letter.kind,
            state: MailState::Queued,
            recipient,
            recipient_name: recipient_name.flatten(),
            audience: letter.audience,
            locale: letter.locale,
            content: Snapshot(content),
            sealed: sealed.transpose()?,
            created: self.now(),
            due: self.now(),
            attempts: 0,
            failure: None,
            settled: None,
            address,
        });
        Ok(())
    }
}
