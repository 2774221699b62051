//! The records that one customer's story leaves behind, and those of stories that are still to be continued.

use std::time::Duration;

use handfast::{
    Id, Timestamp,
    company::Company,
    customer::{Customer, CustomerState, Extra, Service},
    event::{Doer, Event, EventKind, Snapshot},
    invite::{RequestForm, Visit},
    mail::{Mail, MailKind, MailState},
    request::{Business, Request, RequestState},
    secret::{Keyring, Purpose},
    store::{Record, Write},
    tag::TagSet,
    value::{EmailAddress, Locale},
};
use serde_json::json;

use super::{Cast, names};
use crate::Result;

/// The first customers came then: 2024-01-01.
pub(super) const BEGIN: Timestamp = Timestamp::from_millis(1_704_067_200_000);

/// How far a story has got.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A visitor has verified the address.
    Verified,
    /// A request waits.
    Filed,
    /// A customer lacks only step one.
    Inactive,
    /// A customer can order.
    Ready,
}

/// A story that is to be continued.
pub(crate) struct Prepared {
    pub(crate) writes: Vec<Write>,
    pub(crate) pass: String,
    pub(crate) request: Id<Request>,
    pub(crate) customer: Id<Customer>,
}

/// What the `number`-th customer, who came long ago, left behind.
pub(super) fn customer(cast: &Cast, number: u64) -> Result<Vec<Write>> {
    let story = Story::new(cast, number, BEGIN + Duration::from_secs(60) * u32::try_from(number)?)?;
    let mut writes = story.records(Stage::Ready)?;
    let (request, customer) = (story.request().cast(), story.customer().cast());
    let decided = json!({ "state": "approved", "open": null, "customer": story.customer() });
    let events = [
        (EventKind::RequestSubmitted, "request", request, None),
        (EventKind::RequestApproved, "request", request, Some(decided)),
        (EventKind::CustomerReady, "customer", customer, None),
    ];
    for ((what, kind, subject, after), at) in events.into_iter().zip(10..) {
        writes.push(insert(&story.event(what, kind, subject, after, at)));
    }
    for (kind, at) in [MailKind::RequestApproved, MailKind::ReadyToBuy].into_iter().zip(20..) {
        writes.push(insert(&story.mail(kind, at)));
    }
    Ok(writes)
}

/// The id of the `number`-th customer.
pub(crate) fn customer_id(number: u64) -> Result<Id<Customer>> {
    let at = BEGIN + Duration::from_secs(60) * u32::try_from(number)?;
    Ok(Id::new(at, 3, names::spread(number).to_be_bytes()))
}

/// A story told up to `stage`, with `now` as its beginning. `number` must be told only once.
pub(crate) fn prepare(cast: &Cast, keyring: &Keyring, number: u64, stage: Stage, now: Timestamp) -> Result<Prepared> {
    let mut story = Story::new(cast, number, now)?;
    // a token is 43 characters of base64url
    let pass = format!("{number:042}A");
    story.visit.pass = Some(keyring.digest(Purpose::VisitToken, &[pass.as_bytes()]));
    story.visit.pass_expires = Some(now + Duration::from_secs(24 * 60 * 60));
    Ok(Prepared { writes: story.records(stage)?, pass, request: story.request(), customer: story.customer() })
}

pub(super) fn insert<T: Record>(record: &T) -> Write {
    Write::insert(T::TABLE, record.cells())
}

struct Story<'a> {
    cast: &'a Cast,
    number: u64,
    at: Timestamp,
    visit: Visit,
    business: Business,
}

impl<'a> Story<'a> {
    fn new(cast: &'a Cast, number: u64, at: Timestamp) -> Result<Self> {
        let trader = names::trader(number);
        let email = EmailAddress::parse(&trader.email)?;
        let business = Business::parse(&trader.input, &RequestForm::default())?;
        let visit = Visit {
            id: Id::new(at, 1, names::spread(number).to_be_bytes()),
            company: cast.company,
            link: cast.link,
            address: email.canonical().to_owned(),
            email,
            locale: Locale::parse("es")?,
            pass: None,
            pass_expires: None,
            request: None,
        };
        Ok(Story { cast, number, at, visit, business })
    }

    fn id<T>(&self, sequence: u16) -> Id<T> {
        Id::new(self.at, sequence, names::spread(self.number).to_be_bytes())
    }

    fn request(&self) -> Id<Request> {
        self.id(2)
    }

    fn customer(&self) -> Id<Customer> {
        self.id(3)
    }

    fn records(&self, stage: Stage) -> Result<Vec<Write>> {
        let mut visit = self.visit.clone();
        if stage == Stage::Verified {
            return Ok(vec![insert(&visit)]);
        }
        visit.request = Some(self.request());
        let pending = self.pending();
        if stage == Stage::Filed {
            return Ok(vec![insert(&visit), insert(&pending)]);
        }
        let request = Request {
            state: RequestState::Approved,
            open: None,
            decided: Some(self.at),
            decided_by: Some(self.cast.login),
            customer: Some(self.customer()),
            ..pending
        };
        Ok(vec![insert(&visit), insert(&request), insert(&self.customer_in(stage)?)])
    }

    fn pending(&self) -> Request {
        let (visit, business) = (&self.visit, self.business.clone());
        Request {
            id: self.request(),
            company: visit.company,
            visit: visit.id,
            link: visit.link,
            state: RequestState::Pending,
            email: visit.email.clone(),
            open: Some(visit.address.clone()),
            locale: visit.locale.clone(),
            legal_name: business.legal_name,
            trade_name: business.trade_name,
            contact: business.contact,
            phone: business.phone,
            billing: business.billing,
            shipping: business.shipping,
            tax_id: business.tax_id,
            website: business.website,
            message: business.message,
            answers: business.answers,
            submitted: self.at,
            expires: Timestamp::MAX,
            decided: None,
            decided_by: None,
            reason: None,
            note: None,
            customer: None,
        }
    }

    fn customer_in(&self, stage: Stage) -> Result<Customer> {
        let request = self.pending();
        let ready = stage == Stage::Ready;
        Ok(Customer {
            id: self.customer(),
            company: request.company,
            request: Some(request.id),
            link: Some(request.link),
            state: if ready { CustomerState::Active } else { CustomerState::Inactive },
            email: request.email,
            address: self.visit.address.clone(),
            locale: request.locale,
            legal_name: request.legal_name,
            trade_name: request.trade_name,
            contact: request.contact,
            phone: Some(request.phone),
            billing: Some(request.billing),
            shipping: request.shipping,
            tax_id: request.tax_id,
            website: request.website,
            price_type: Some(self.cast.price_type),
            markup: None,
            credit_limit: None,
            minimum_order: None,
            tax_exempt: false,
            notes: None,
            extra: Extra::default(),
            service: Service::parse(&[("monday".into(), self.cast.carrier), ("thursday".into(), self.cast.carrier)])?,
            ready: ready.then_some(self.at),
            created: self.at,
            department: None,
            number: None,
            number_key: None,
            tags: TagSet::default(),
        })
    }

    fn event(
        &self,
        what: EventKind,
        kind: &str,
        subject: Id<()>,
        after: Option<serde_json::Value>,
        sequence: u16,
    ) -> Event {
        let after = after.and_then(|after| after.as_object().cloned()).map(Snapshot);
        Event {
            id: self.id(sequence),
            company: self.cast.company,
            at: self.at,
            what,
            doer: Doer::Staff,
            login: Some(self.cast.login),
            on_behalf_of: None,
            address: None,
            subject_kind: kind.to_owned(),
            subject,
            before: after.clone(),
            after,
            partner: None,
            customer: (kind == "customer").then(|| subject.cast()),
        }
    }

    fn mail(&self, kind: MailKind, sequence: u16) -> Mail {
        let company: Id<Company> = self.cast.company;
        let content = json!({ "company": "Flora Export", "name": self.business.contact });
        Mail {
            id: self.id(sequence),
            company: Some(company),
            kind,
            state: MailState::Sent,
            recipient: Some(self.visit.email.clone()),
            recipient_name: None,
            audience: None,
            locale: self.visit.locale.clone(),
            content: Snapshot(content.as_object().cloned().unwrap_or_default()),
            sealed: None,
            created: self.at,
            due: self.at,
            attempts: 1,
            failure: None,
            settled: Some(self.at),
            address: Some(self.visit.address.clone()),
        }
    }
}
