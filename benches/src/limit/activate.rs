//! Activating a customer that lacks only this.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Hand, Ids, Verb,
    course::{HEAD_VERSION, Head, PROGRESS_VERSION, Progress, Signal, head, keep, progress},
    quoted,
    rows::{
        COMPANY_VERSION, Company, Doer, Event, Mail, SETTERS_UP, STAFF_VERSION, authority, company, event, mail, stand,
    },
};
use crate::Result;

/// What happens, which is a signal to the course too.
const CHANGED: &str = "customer_state_changed";
const READY: &str = "customer_ready";

pub(super) struct Activate {
    pub(super) customer: String,
}

pub(super) struct Found {
    staff: (i64, String),
    company: Company,
    customer: Customer,
    /// The course, where one is published, and how far the company has come.
    course: Option<(Head, Progress)>,
}

struct Customer {
    version: i64,
    company: String,
    link: String,
    state: String,
    email: String,
    locale: String,
    contact: String,
    price_type: Option<String>,
    service: String,
    ready: Option<i64>,
}

fn customer(db: &Connection, id: &str) -> Result<Customer> {
    let mut statement = db.prepare_cached(
        "SELECT version, company, link, state, email, locale, contact, price_type, service, ready \
         FROM handfast_customer WHERE id = ?1",
    )?;
    let found = statement.query_row([id], |row| {
        Ok(Customer {
            version: row.get(0)?,
            company: row.get(1)?,
            link: row.get(2)?,
            state: row.get(3)?,
            email: row.get(4)?,
            locale: row.get(5)?,
            contact: row.get(6)?,
            price_type: row.get(7)?,
            service: row.get(8)?,
            ready: row.get(9)?,
        })
    });
    Ok(found.optional()?.ok_or("no such customer")?)
}

impl Verb for Activate {
    type Found = Found;

    fn read(&self, hand: &Hand, db: &Connection) -> Result<Found> {
        let staff = authority(db, &hand.company, &hand.login, SETTERS_UP)?;
        let (company, customer) = (company(db, &hand.company)?, customer(db, &self.customer)?);
        // activating another makes nobody ready to buy: not what is measured here
        let first = customer.ready.is_none() && customer.price_type.is_some() && customer.service != "{}";
        if customer.company != hand.company || customer.state != "inactive" || !first {
            return Err("cannot be activated".into());
        }
        let head = head(hand, db)?;
        let mut course = head.map(|head| progress(db, &hand.company, &head).map(|own| (head, own))).transpose()?;
        if let Some((head, progress)) = &mut course {
            [CHANGED, READY].into_iter().try_for_each(|signal| progress.count(&head.course, signal))?;
        }
        Ok(Found { staff, company, customer, course })
    }

    fn stands(&self, db: &Connection, found: &Found) -> Result<bool> {
        let staff = (STAFF_VERSION, found.staff.1.as_str(), found.staff.0);
        let mut rows = vec![staff, (COMPANY_VERSION, &found.customer.company, found.company.version)];
        if let Some((head, progress)) = &found.course {
            rows.push((HEAD_VERSION, &head.id, head.version));
            rows.push((PROGRESS_VERSION, &progress.id, progress.version));
        }
        stand(db, &rows)
    }

    fn write(&self, hand: &Hand, db: &Connection, found: Found) -> Result<()> {
        let Found { company, customer, course, .. } = found;
        let (now, id) = (hand.now(), hand.company.as_str());
        let mut ids = Ids::new(now)?;
        let updated = db
            .prepare_cached(
                "UPDATE handfast_customer SET version = version + 1, state = 'active', ready = ?3 \
                 WHERE id = ?1 AND version = ?2",
            )?
            .execute(params![self.customer, customer.version, now.millis()])?;
        if updated != 1 {
            return Err("the customer has changed".into());
        }
        // a search can be narrowed by the state
        db.prepare_cached(
            "DELETE FROM handfast_customer_find WHERE company = ?1 AND id = ?2 AND word = '=state:inactive;'",
        )?
        .execute([&customer.company, &self.customer])?;
        db.prepare_cached("INSERT INTO handfast_customer_find (company, id, word) VALUES (?1, ?2, '=state:active;')")?
            .execute([&customer.company, &self.customer])?;
        db.prepare_cached("UPDATE handfast_invite_link SET activated = activated + 1 WHERE id = ?1")?
            .execute([&customer.link])?;
        let (doer, kind, subject) = (Doer::Staff(&hand.login), "customer", self.customer.as_str());
        let before = Some(r#"{"ready":null,"state":"inactive"}"#.to_owned());
        let after = Some(format!(r#"{{"ready":"{now}","state":"active"}}"#));
        let signal = |ids: &mut Ids, name, fields: &str| match &course {
            None => Ok(()),
            Some((head, _)) => {
                let (account, edition) = (id, head.edition);
                let told = Signal { account, side: "commerce", name, fields, occurred: now, edition, key: None };
                keep(db, &ids.next()?, now, &told)
            }
        };
        let changed = Event { what: CHANGED, doer, kind, subject, customer: Some(subject), before, after };
        event(db, &ids.next()?, id, now, &changed)?;
        let fields = format!(r#"{{"ready":"{now}","state":"active","subject":"{subject}","subject_kind":"customer"}}"#);
        signal(&mut ids, CHANGED, &fields)?;
        let ready = Event { what: READY, doer, kind, subject, customer: Some(subject), before: None, after: None };
        event(db, &ids.next()?, id, now, &ready)?;
        signal(&mut ids, READY, &format!(r#"{{"subject":"{subject}","subject_kind":"customer"}}"#))?;
        course.iter().try_for_each(|(_, progress)| progress.write(db))?;
        let content = format!(
            r#"{{"company":{},"link":"{}","name":{}}}"#,
            quoted(&company.name)?,
            hand.brand.page("shop"),
            quoted(&customer.contact)?
        );
        let (recipient, locale) = (Some(customer.email.as_str()), customer.locale.as_str());
        mail(db, &ids.next()?, id, now, &Mail { kind: "ready_to_buy", recipient, locale, content })
    }
}
