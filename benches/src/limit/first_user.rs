//! The person whose request is approved, as the new customer's first user: a login that nobody has yet, an association,
//! and a mail with a link to choose a password.

use handfast::{
    Id, SystemRandom, Timestamp,
    secret::{Purpose, Token},
};
use rusqlite::{Connection, params};

use super::{
    Hand, Ids, quoted,
    rows::{Company, Doer, Event, event},
};
use crate::Result;

pub(super) struct FirstUser<'a> {
    pub(super) company: &'a Company,
    pub(super) customer: &'a str,
    /// The customer's name as it is shown.
    pub(super) shown: &'a str,
    pub(super) contact: &'a str,
    pub(super) email: &'a str,
    pub(super) address: &'a str,
    pub(super) locale: &'a str,
}

/// Whether a login has the address. One that is there already would join: not what is measured here.
pub(super) fn is_known(db: &Connection, address: &str) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM handfast_login WHERE address = ?1")?.exists([address])?)
}

impl FirstUser<'_> {
    pub(super) fn insert(&self, hand: &Hand, db: &Connection, ids: &mut Ids) -> Result<()> {
        let FirstUser { customer, contact, email, address, .. } = self;
        let (now, login, association) = (hand.now(), ids.next_timeless()?, ids.next()?);
        let expires = now + hand.policy.user_invitation_lifetime;
        db.prepare_cached(
            "INSERT INTO handfast_login (version, id, email, address, name, created, home, era, two_factor) \
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 0, 0)",
        )?
        .execute(params![login, email, address, contact, now.millis(), hand.company])?;
        db.prepare_cached(
            "INSERT INTO handfast_association (version, id, company, customer, login, name, email, state, created, \
             expires, decided) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 'active', ?7, ?8, ?7)",
        )?
        .execute(params![
            association,
            hand.company,
            customer,
            login,
            contact,
            email,
            now.millis(),
            expires.millis()
        ])?;
        self.invite(hand, db, ids, &association, expires)?;
        let (doer, kind, subject) = (Doer::Staff(&hand.login), "association", association.as_str());
        let joined =
            Event { what: "user_joined", doer, kind, subject, customer: Some(customer), before: None, after: None };
        event(db, &ids.next()?, &hand.company, now, &joined)
    }

    /// The link, by its hash, and the mail with the link sealed.
    fn invite(&self, hand: &Hand, db: &Connection, ids: &mut Ids, association: &str, expires: Timestamp) -> Result<()> {
        let (now, token) = (hand.now(), Token::generate(&SystemRandom)?);
        let digest = hand.keyring.digest(Purpose::MailToken, &[b"user_invitation", token.expose().as_bytes()]);
        db.prepare_cached(
            "INSERT INTO handfast_one_use (version, id, slot, purpose, digest, subject, state, tries, expires) \
             VALUES (1, ?1, ?2, 'user_invitation', ?3, ?4, 'live', 0, ?5)",
        )?
        .execute(params![
            ids.next()?,
            format!("user_invitation {association}"),
            digest.to_text(),
            association,
            expires.millis()
        ])?;
        let mail = ids.next()?;
        let link = hand.brand.page(&format!("users/invitation#{}", token.expose()));
        let plain = format!(r#"{{"link":{}}}"#, quoted(&link)?);
        let id: Id<()> = mail.parse()?;
        let sealed = hand.keyring.seal(&SystemRandom, Purpose::Mail, &[id.uuid().as_bytes()], plain.as_bytes())?;
        let content = format!(
            r#"{{"company":{},"customer":{},"days":{},"user_name":{}}}"#,
            quoted(&self.company.name)?,
            quoted(self.shown)?,
            hand.policy.user_invitation_lifetime.as_secs().div_ceil(24 * 60 * 60),
            quoted(self.email)?
        );
        db.prepare_cached(
            "INSERT INTO handfast_mail (version, id, company, kind, state, recipient, recipient_name, locale, content, \
             sealed, created, due, attempts, address) \
             VALUES (1, ?1, ?2, 'user_invited', 'queued', ?3, ?4, ?5, ?6, ?7, ?8, ?8, 0, lower(?3))",
        )?
        .execute(params![
            mail,
            hand.company,
            self.email,
            self.contact,
            self.locale,
            content,
            sealed.to_text(),
            now.millis()
        ])?;
        Ok(())
    }
}
