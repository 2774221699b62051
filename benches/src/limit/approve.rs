//! Approving a request.

use handfast::{Timestamp, value::dialled};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Hand, Ids, Verb,
    first_user::{FirstUser, is_known},
    quoted,
    rows::{
        COMPANY_VERSION, Company, DECIDERS, Doer, Event, Mail, STAFF_VERSION, authority, company, event, find_by, mail,
        stand,
    },
};
use crate::Result;

pub(super) struct Approve {
    pub(super) request: String,
}

pub(super) struct Found {
    staff: (i64, String),
    company: Company,
    request: Request,
}

struct Request {
    version: i64,
    company: String,
    link: String,
    state: String,
    email: String,
    open: Option<String>,
    locale: String,
    legal_name: String,
    trade_name: Option<String>,
    contact: String,
    phone: String,
    billing: String,
    shipping: Option<String>,
    tax_id: Option<String>,
    website: Option<String>,
    expires: i64,
}

fn request(db: &Connection, id: &str) -> Result<Request> {
    let mut statement = db.prepare_cached(
        "SELECT version, company, link, state, email, open, locale, legal_name, trade_name, contact, phone, billing, \
         shipping, tax_id, website, expires FROM handfast_request WHERE id = ?1",
    )?;
    let found = statement.query_row([id], |row| {
        Ok(Request {
            version: row.get(0)?,
            company: row.get(1)?,
            link: row.get(2)?,
            state: row.get(3)?,
            email: row.get(4)?,
            open: row.get(5)?,
            locale: row.get(6)?,
            legal_name: row.get(7)?,
            trade_name: row.get(8)?,
            contact: row.get(9)?,
            phone: row.get(10)?,
            billing: row.get(11)?,
            shipping: row.get(12)?,
            tax_id: row.get(13)?,
            website: row.get(14)?,
            expires: row.get(15)?,
        })
    });
    Ok(found.optional()?.ok_or("no such request")?)
}

impl Verb for Approve {
    type Found = Found;

    fn read(&self, hand: &Hand, db: &Connection) -> Result<Found> {
        let staff = authority(db, &hand.company, &hand.login, DECIDERS)?;
        let (company, request) = (company(db, &hand.company)?, request(db, &self.request)?);
        let overdue = request.expires < Timestamp::MAX.millis() && hand.now().millis() >= request.expires;
        let known = request.open.as_deref().map_or(Ok(true), |address| is_known(db, address))?;
        if request.company != hand.company || request.state != "pending" || overdue || known {
            return Err("cannot be approved".into());
        }
        Ok(Found { staff, company, request })
    }

    fn stands(&self, db: &Connection, found: &Found) -> Result<bool> {
        let staff = (STAFF_VERSION, found.staff.1.as_str(), found.staff.0);
        stand(db, &[staff, (COMPANY_VERSION, &found.request.company, found.company.version)])
    }

    fn write(&self, hand: &Hand, db: &Connection, found: Found) -> Result<()> {
        let Found { company, request, .. } = found;
        let (now, id) = (hand.now(), hand.company.as_str());
        let mut ids = Ids::new(now)?;
        let customer = ids.next()?;
        let updated = db
            .prepare_cached(
                "UPDATE handfast_request SET version = version + 1, state = 'approved', open = NULL, decided = ?3, \
                 decided_by = ?4, customer = ?5 WHERE id = ?1 AND version = ?2",
            )?
            .execute(params![self.request, request.version, now.millis(), hand.login, customer])?;
        if updated != 1 {
            return Err("the request has changed".into());
        }
        let address = request.open.as_deref().ok_or("an open request has an address")?;
        insert(db, &customer, &self.request, &request, address, now.millis())?;
        db.prepare_cached("UPDATE handfast_invite_link SET approved = approved + 1 WHERE id = ?1")?
            .execute([&request.link])?;
        let doer = Doer::Staff(&hand.login);
        let before = format!(
            r#"{{"customer":null,"decided":null,"decided_by":null,"open":{},"state":"pending"}}"#,
            quoted(address)?
        );
        let after = format!(
            r#"{{"customer":"{customer}","decided":"{now}","decided_by":"{}","open":null,"state":"approved"}}"#,
            hand.login
        );
        let (kind, subject) = ("request", self.request.as_str());
        let approved = Event {
            what: "request_approved",
            doer,
            kind,
            subject,
            customer: None,
            before: Some(before),
            after: Some(after),
        };
        event(db, &ids.next()?, id, now, &approved)?;
        let (kind, subject) = ("customer", customer.as_str());
        let created =
            Event { what: "customer_created", doer, kind, subject, customer: Some(subject), before: None, after: None };
        event(db, &ids.next()?, id, now, &created)?;
        let (name, contact) = (quoted(&company.name)?, quoted(&request.contact)?);
        let content = format!(r#"{{"company":{name},"name":{contact}}}"#);
        let (recipient, locale) = (Some(request.email.as_str()), request.locale.as_str());
        mail(db, &ids.next()?, id, now, &Mail { kind: "request_approved", recipient, locale, content })?;
        let shown = request.trade_name.as_ref().unwrap_or(&request.legal_name);
        FirstUser {
            company: &company,
            customer: &customer,
            shown,
            contact: &request.contact,
            email: &request.email,
            address,
            locale,
        }
        .insert(hand, db, &mut ids)?;
        let shown = quoted(shown)?;
        let link = hand.brand.page(&format!("setup/customers/{customer}?tour=activate"));
        let content = format!(r#"{{"company":{name},"customer":{shown},"link":"{link}"}}"#);
        let locale = company.locale.as_str();
        mail(db, &ids.next()?, id, now, &Mail { kind: "activation_guide", recipient: None, locale, content })
    }
}

fn insert(db: &Connection, id: &str, from: &str, request: &Request, address: &str, now: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO handfast_customer (version, id, company, request, link, state, email, address, locale, \
         legal_name, trade_name, contact, phone, billing, shipping, tax_id, website, tax_exempt, extra, service, \
         created, tags) VALUES (1, ?1, ?2, ?3, ?4, 'inactive', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, '{}', \
         '{}', ?16, '[]')",
    )?
    .execute(params![
        id,
        request.company,
        from,
        request.link,
        request.email,
        address,
        request.locale,
        request.legal_name,
        request.trade_name,
        request.contact,
        request.phone,
        request.billing,
        request.shipping,
        request.tax_id,
        request.website,
        now
    ])?;
    let texts = [
        Some(request.legal_name.as_str()),
        request.trade_name.as_deref(),
        Some(&request.contact),
        Some(&request.email),
        Some(&request.phone),
        request.tax_id.as_deref(),
    ];
    // the number however it is written, and the mark of the state
    let besides = dialled(&request.phone).into_iter().chain(["=state:inactive;".into()]);
    find_by(db, &request.company, id, &texts, besides)
}
