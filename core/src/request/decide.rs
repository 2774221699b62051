use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Request, RequestEvent, RequestState, file::close, given};
use crate::{
    actor::Actor,
    association::Association,
    company::{Company, Permission},
    customer::{self, Customer},
    error::{Checked, Code, Error, Faults, Result},
    event::EventKind,
    handfast::Handfast,
    id::Id,
    mail::{Letter, MailKind},
    progress::Listener,
    store::{Page, Paging, Record},
    value::{Text, choices},
    work::Work,
};

/// The verbs of requests: `handfast.requests()`.
#[derive(Clone, Copy, Debug)]
pub struct Requests<'a>(pub(super) &'a Handfast, pub(super) Listener<'a>);

impl Handfast {
    /// Requests to become a customer: file, look at, decide.
    pub fn requests(&self) -> Requests<'_> {
        Requests(self, Listener::default())
    }
}

choices! {
    /// What a company decides.
    pub enum Verdict {
        /// Make it a customer, inactive at first.
        Approve = "approve",
        /// Decline.
        Reject = "reject",
    }
}

/// What goes with a decision, not yet checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decision {
    /// What the visitor is told: at most 1,000 characters.
    pub reason: Option<String>,
    /// What the company notes for itself: at most 1,000 characters.
    pub note: Option<String>,
}

/// The same, checked.
#[derive(Clone)]
pub(super) struct Words {
    reason: Option<Text<1000>>,
    note: Option<Text<1000>>,
}

/// What an approval makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Approved {
    /// The request, decided.
    pub request: Request,
    /// The customer, inactive.
    pub customer: Customer,
}

impl Decision {
    /// The words that go with a decision. Errors: `invalid_input` with every fault at once.
    fn parse(&self) -> Result<Words> {
        let mut faults = Faults::default();
        let words = self.check(&mut faults);
        faults.made(|| words)
    }

    pub(super) fn check(&self, faults: &mut Faults) -> Checked<Words> {
        let reason = faults.check_optional("reason", given(&self.reason), Text::parse);
        let note = faults.check_optional("note", given(&self.note), Text::parse);
        Some(Words { reason: reason?, note: note? })
    }
}

/// The company's side: look and decide.
impl Requests<'_> {
    /// The company's requests of one state, the oldest first.
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, state: RequestState, paging: &Paging) -> Result<Page<Request>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadRequests))?;
        self.0.list(Request::of_state(actor.company(), state), paging)
    }

    /// One request. Who may: as for `list`. Errors: `role_too_low`, `not_found`.
    pub fn get(&self, actor: Actor, request: Id<Request>) -> Result<Request> {
        let found = self.0.view(|work| work.authorised(actor, Permission::ReadRequests, request))?;
        if found.company == actor.company() { Ok(found) } else { Request::missing() }
    }

    /// Makes the request a customer, inactive at first (invariant 3); tells the visitor, and the company how to
    /// activate it. Who may: Admin, Procurement Manager.
    ///
    /// Errors: `invalid_input`, `role_too_low`, `not_found`, `already_decided`, `already_there` (a customer of this
    /// address).
    pub fn approve(&self, actor: Actor, request: Id<Request>, decision: &Decision) -> Result<Approved> {
        let words = decision.parse()?;
        self.0.change(|work| approve(work, actor, request, &words))
    }

    /// Declines the request and tells the visitor, with the reason if one is given. Who may: Admin, Procurement Manager.
    ///
    /// Errors: `invalid_input`, `role_too_low`, `not_found`, `already_decided`.
    pub fn reject(&self, actor: Actor, request: Id<Request>, decision: &Decision) -> Result<Request> {
        let words = decision.parse()?;
        self.0.change(|work| reject(work, actor, request, &words))
    }
}

pub(super) fn approve(work: &mut Work<'_>, actor: Actor, id: Id<Request>, words: &Words) -> Result<Approved> {
    let (company, old) = to_decide(work, actor, id)?;
    let closed = close(work, &old, RequestEvent::Approve)?;
    // a request that could be closed was open, and an open one holds its canonical address
    let address = old.open.as_deref().ok_or_else(|| Error::new(Code::Corrupt))?;
    let customer = Customer::of(work, &closed, address)?;
    let request = decided(work, actor, Request { customer: Some(customer.id), ..closed }, words);
    work.insert(&customer);
    work.add(request.link, "approved", 1);
    work.changed(company.id, actor, EventKind::RequestApproved, &request)?;
    work.event(company.id, actor, EventKind::CustomerCreated, &customer)?;
    let values = json!({ "name": request.contact });
    work.mail(Letter::to_visitor(MailKind::RequestApproved, &company, &request.email, &request.locale, values))?;
    Association::first(work, actor, &company, &customer)?;
    let link = customer::page(work.handfast().brand(), customer.id);
    let values = json!({ "customer": customer.display_name(), "link": link });
    work.mail(Letter::to_deciders(MailKind::ActivationGuide, &company, values))?;
    Ok(Approved { request, customer })
}

pub(super) fn reject(work: &mut Work<'_>, actor: Actor, id: Id<Request>, words: &Words) -> Result<Request> {
    let (company, old) = to_decide(work, actor, id)?;
    let closed = close(work, &old, RequestEvent::Reject)?;
    let request = decided(work, actor, closed, words);
    work.changed(company.id, actor, EventKind::RequestRejected, &request)?;
    let values = json!({ "name": request.contact, "reason": request.reason });
    work.mail(Letter::to_visitor(MailKind::RequestRejected, &company, &request.email, &request.locale, values))?;
    Ok(request)
}

fn to_decide(work: &mut Work<'_>, actor: Actor, id: Id<Request>) -> Result<(Company, Request)> {
    let (company, request) = work.authorised(actor, Permission::DecideRequests, (actor.company(), id))?;
    if request.company == company.id { Ok((company, request)) } else { Request::missing() }
}

fn decided(work: &mut Work<'_>, actor: Actor, request: Request, words: &Words) -> Request {
    let Words { reason, note } = words.clone();
    let request = Request { decided_by: actor.login(), reason, note, ..request };
    work.put(&request);
    request
}
