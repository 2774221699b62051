//! Filing a request.

use handfast::{
    Timestamp,
    request::{Business, BusinessInput},
    secret::{Purpose, Token},
    value::PostalAddress,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Hand, Ids, Verb, quoted,
    rows::{COMPANY_VERSION, Company, Doer, Event, LINK_VERSION, Mail, company, event, mail, stand},
};
use crate::Result;

pub(super) struct Submit<'a> {
    pub(super) pass: &'a str,
    pub(super) input: &'a BusinessInput,
}

pub(super) struct Found {
    visit: Visit,
    link_version: i64,
    company: Company,
    business: Business,
}

struct Visit {
    version: i64,
    id: String,
    company: String,
    link: String,
    email: String,
    address: String,
    locale: String,
    expires: Option<i64>,
    request: Option<String>,
}

fn visit(db: &Connection, pass: &str) -> Result<Visit> {
    let mut statement = db.prepare_cached(
        "SELECT version, id, company, link, email, address, locale, pass_expires, request FROM handfast_visit \
         WHERE pass = ?1",
    )?;
    let found = statement.query_row([pass], |row| {
        Ok(Visit {
            version: row.get(0)?,
            id: row.get(1)?,
            company: row.get(2)?,
            link: row.get(3)?,
            email: row.get(4)?,
            address: row.get(5)?,
            locale: row.get(6)?,
            expires: row.get(7)?,
            request: row.get(8)?,
        })
    });
    Ok(found.optional()?.ok_or("no such pass")?)
}

/// Whether the address has an open request or is a customer's.
fn taken(db: &Connection, company: &str, address: &str) -> Result<bool> {
    let open = db
        .prepare_cached("SELECT 1 FROM handfast_request WHERE company = ?1 AND open = ?2")?
        .exists([company, address])?;
    let customer = db
        .prepare_cached("SELECT 1 FROM handfast_customer WHERE company = ?1 AND address = ?2")?
        .exists([company, address])?;
    Ok(open || customer)
}

impl Verb for Submit<'_> {
    type Found = Found;

    fn read(&self, hand: &Hand, db: &Connection) -> Result<Found> {
        let pass = Token::parse(self.pass)?;
        let digest = hand.keyring.digest(Purpose::VisitToken, &[pass.expose().as_bytes()]).to_text();
        let visit = visit(db, &digest)?;
        let (link_version, state): (i64, String) = db
            .prepare_cached("SELECT version, state FROM handfast_invite_link WHERE id = ?1")?
            .query_row([&visit.link], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let company = company(db, &visit.company)?;
        let expired = visit.expires.is_none_or(|expires| hand.now().millis() >= expires);
        // a latest request would have to be looked at; the visitors measured here have none
        if expired || state != "active" || visit.request.is_some() || taken(db, &visit.company, &visit.address)? {
            return Err("cannot file".into());
        }
        let business = Business::parse(self.input, &serde_json::from_str(&company.form)?)?;
        Ok(Found { visit, link_version, company, business })
    }

    fn stands(&self, db: &Connection, found: &Found) -> Result<bool> {
        let Found { visit, link_version, company, .. } = found;
        let link = (LINK_VERSION, visit.link.as_str(), *link_version);
        Ok(stand(db, &[link, (COMPANY_VERSION, &visit.company, company.version)])?
            && !taken(db, &visit.company, &visit.address)?)
    }

    fn write(&self, hand: &Hand, db: &Connection, found: Found) -> Result<()> {
        let Found { visit, company, business, .. } = found;
        let now = hand.now();
        let mut ids = Ids::new(now)?;
        let request = ids.next()?;
        insert(db, &request, &visit, &business, now.millis())?;
        let updated = db
            .prepare_cached(
                "UPDATE handfast_visit SET version = version + 1, request = ?3 WHERE id = ?1 AND version = ?2",
            )?
            .execute(params![visit.id, visit.version, request])?;
        if updated != 1 {
            return Err("the visit has changed".into());
        }
        db.prepare_cached("UPDATE handfast_invite_link SET submitted = submitted + 1 WHERE id = ?1")?
            .execute([&visit.link])?;
        let (doer, subject) = (Doer::Visitor(&visit.address), request.as_str());
        let submitted = Event {
            what: "request_submitted",
            doer,
            kind: "request",
            subject,
            customer: None,
            before: None,
            after: None,
        };
        event(db, &ids.next()?, &visit.company, now, &submitted)?;
        let (name, contact) = (quoted(&company.name)?, quoted(business.contact.as_str())?);
        let content = format!(r#"{{"company":{name},"name":{contact}}}"#);
        let (recipient, locale) = (Some(visit.email.as_str()), visit.locale.as_str());
        let received = Mail { kind: "request_received", recipient, locale, content };
        mail(db, &ids.next()?, &visit.company, now, &received)?;
        let optional = |text: Option<&str>| text.map_or_else(|| Ok("null".to_owned()), quoted);
        let content = format!(
            r#"{{"answers":"","billing":{},"company":{name},"contact":{contact},"email":{},"legal_name":{},"link":"{}","message":{},"name":{},"phone":{},"shipping":{},"tax_id":{},"website":{}}}"#,
            quoted(&one_line(&business.billing))?,
            quoted(&visit.email)?,
            quoted(business.legal_name.as_str())?,
            hand.brand.page(&format!("requests/{request}")),
            optional(business.message.as_ref().map(|message| message.as_str()))?,
            quoted(business.trade_name.as_ref().unwrap_or(&business.legal_name).as_str())?,
            quoted(business.phone.as_str())?,
            optional(business.shipping.as_ref().map(one_line).as_deref())?,
            optional(business.tax_id.as_ref().map(|tax_id| tax_id.as_str()))?,
            optional(business.website.as_ref().map(|website| website.as_str()))?,
        );
        let new = Mail { kind: "new_request", recipient: None, locale: &company.locale, content };
        mail(db, &ids.next()?, &visit.company, now, &new)
    }
}

fn one_line(address: &PostalAddress) -> String {
    let PostalAddress { line1, line2, city, region, postal_code, country } = address;
    let mut line = line1.to_string();
    for part in line2.iter() {
        line.extend([", ", part.as_str()]);
    }
    line.push_str(", ");
    for code in postal_code.iter() {
        line.extend([code.as_str(), " "]);
    }
    line.push_str(city.as_str());
    for part in region.iter() {
        line.extend([", ", part.as_str()]);
    }
    line.extend([", ", country.as_str()]);
    line
}

fn insert(db: &Connection, id: &str, visit: &Visit, business: &Business, now: i64) -> Result<()> {
    let shipping = business.shipping.as_ref().map(serde_json::to_string).transpose()?;
    db.prepare_cached(
        "INSERT INTO handfast_request (version, id, company, visit, link, state, email, open, locale, legal_name, \
         trade_name, contact, phone, billing, shipping, tax_id, website, message, answers, submitted, expires) \
         VALUES (1, ?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        id,
        visit.company,
        visit.id,
        visit.link,
        visit.email,
        visit.address,
        visit.locale,
        business.legal_name.as_str(),
        business.trade_name.as_ref().map(|name| name.as_str()),
        business.contact.as_str(),
        business.phone.as_str(),
        serde_json::to_string(&business.billing)?,
        shipping,
        business.tax_id.as_ref().map(|tax_id| tax_id.as_str()),
        business.website.as_ref().map(|website| website.as_str()),
        business.message.as_ref().map(|message| message.as_str()),
        serde_json::to_string(&business.answers)?,
        now,
        // without a lifetime it waits for ever
        Timestamp::MAX.millis()
    ])?;
    Ok(())
}
