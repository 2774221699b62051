//! Rows that several jobs read or write.

use handfast::{Timestamp, value::words};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::Result;

/// The version of the actor's row and its id, if the actor is on the staff and its role is one of `roles`.
pub(super) fn authority(db: &Connection, company: &str, login: &str, roles: &[&str]) -> Result<(i64, String)> {
    let found = db
        .prepare_cached("SELECT version, id, role, state FROM handfast_staff WHERE company = ?1 AND login = ?2")?
        .query_row([company, login], |row| {
            let (role, state) = (row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_str()?);
            Ok((roles.contains(&role) && state == "active").then_some((row.get(0)?, row.get(1)?)))
        })
        .optional()?;
    found.flatten().ok_or_else(|| "the role is too low".into())
}

/// Who may decide requests.
pub(super) const DECIDERS: &[&str] = &["admin", "procurement_manager"];
/// Who may set customers up.
pub(super) const SETTERS_UP: &[&str] = &["admin", "procurement_manager", "sales_manager", "full_access"];
/// Who may look at requests.
pub(super) const REQUEST_READERS: &[&str] = SETTERS_UP;
/// Who may look customers up.
pub(super) const CUSTOMER_READERS: &[&str] = &["admin", "procurement_manager", "sales_manager", "full_access", "staff"];

/// What mails need of the company.
pub(super) struct Company {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) locale: String,
    pub(super) form: String,
}

pub(super) fn company(db: &Connection, id: &str) -> Result<Company> {
    let mut statement = db.prepare_cached("SELECT version, name, locale, form FROM handfast_company WHERE id = ?1")?;
    let found = statement.query_row([id], |row| {
        Ok(Company { version: row.get(0)?, name: row.get(1)?, locale: row.get(2)?, form: row.get(3)? })
    });
    Ok(found.optional()?.ok_or("no such company")?)
}

/// The version of a company that is there.
pub(super) fn company_version(db: &Connection, id: &str) -> Result<i64> {
    let found = db.prepare_cached(COMPANY_VERSION)?.query_row([id], |row| row.get(0));
    Ok(found.optional()?.ok_or("no such company")?)
}

/// Whether rows, given by table and id, still have their versions.
pub(super) fn stand(db: &Connection, rows: &[(&str, &str, i64)]) -> Result<bool> {
    for (statement, id, version) in rows {
        let now: Option<i64> = db.prepare_cached(statement)?.query_row([id], |row| row.get(0)).optional()?;
        if now != Some(*version) {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) const STAFF_VERSION: &str = "SELECT version FROM handfast_staff WHERE id = ?1";
pub(super) const COMPANY_VERSION: &str = "SELECT version FROM handfast_company WHERE id = ?1";
pub(super) const LINK_VERSION: &str = "SELECT version FROM handfast_invite_link WHERE id = ?1";

/// Who did what an event tells of.
#[derive(Clone, Copy)]
pub(super) enum Doer<'a> {
    Staff(&'a str),
    Visitor(&'a str),
    /// The login, and the partner that it works for.
    Partner(&'a str, &'a str),
}

/// An event to be noted.
pub(super) struct Event<'a> {
    pub(super) what: &'a str,
    pub(super) doer: Doer<'a>,
    pub(super) kind: &'a str,
    pub(super) subject: &'a str,
    /// The customer that it is about.
    pub(super) customer: Option<&'a str>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

pub(super) fn event(db: &Connection, id: &str, company: &str, now: Timestamp, event: &Event<'_>) -> Result<()> {
    let (doer, login, address, partner) = match event.doer {
        Doer::Staff(login) => ("staff", Some(login), None, None),
        Doer::Visitor(address) => ("visitor", None, Some(address), None),
        Doer::Partner(login, partner) => ("partner", Some(login), None, Some(partner)),
    };
    let Event { what, kind, subject, customer, before, after, .. } = event;
    db.prepare_cached(
        "INSERT INTO handfast_event (version, id, company, at, what, doer, login, address, subject_kind, subject, \
         before, after, partner, customer) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        id,
        company,
        now.millis(),
        what,
        doer,
        login,
        address,
        kind,
        subject,
        before,
        after,
        partner,
        customer
    ])?;
    Ok(())
}

/// A mail to be queued: to an address, or to those who decide.
pub(super) struct Mail<'a> {
    pub(super) kind: &'a str,
    pub(super) recipient: Option<&'a str>,
    pub(super) locale: &'a str,
    pub(super) content: String,
}

pub(super) fn mail(db: &Connection, id: &str, company: &str, now: Timestamp, mail: &Mail<'_>) -> Result<()> {
    let audience = mail.recipient.is_none().then_some("deciders");
    db.prepare_cached(
        "INSERT INTO handfast_mail (version, id, company, kind, state, recipient, audience, locale, content, created, \
         due, attempts, address) VALUES (1, ?1, ?2, ?3, 'queued', ?4, ?5, ?6, ?7, ?8, ?8, 0, lower(?4))",
    )?
    .execute(params![
        id,
        company,
        mail.kind,
        mail.recipient,
        audience,
        mail.locale,
        mail.content,
        now.millis()
    ])?;
    Ok(())
}

/// The words by which a customer is found, all with one statement.
pub(super) fn find_by(
    db: &Connection,
    company: &str,
    id: &str,
    texts: &[Option<&str>],
    besides: impl Iterator<Item = String>,
) -> Result<()> {
    let mut found: Vec<_> = texts.iter().flatten().flat_map(|text| words(text)).chain(besides).collect();
    found.sort_unstable();
    found.dedup();
    let mut text = String::with_capacity(400);
    text.push_str("INSERT INTO handfast_customer_find (company, id, word) VALUES (?1, ?2, ?3)");
    for at in 4..found.len() + 3 {
        use std::fmt::Write;
        write!(text, ", (?1, ?2, ?{at})")?;
    }
    let all = [company, id].into_iter().chain(found.iter().map(String::as_str));
    db.prepare_cached(&text)?.execute(params_from_iter(all))?;
    Ok(())
}
