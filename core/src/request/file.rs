use serde_json::json;

use super::{Business, BusinessInput, Request, RequestEvent, RequestState, RequestView, Requests, next};
use crate::{
    company::Company,
    customer::Customer,
    error::{Code, Error, Result},
    event::{By, EventKind},
    id::Id,
    invite::{Invites, Visitor},
    mail::{Letter, MailKind},
    store::{Record, ToCell},
    value::PostalAddress,
    work::Work,
};

/// The verified visitor's side: file, look, withdraw. All of it with the pass that verifying the address gave.
impl Invites<'_> {
    /// Files a request with the details of the business, tells the visitor that it arrived and the company's
    /// Admins and Procurement Managers that it waits.
    ///
    /// Errors: `unknown_token`, `visit_expired`, `link_disabled`, `link_replaced`, `invalid_input` with every fault
    /// at once, `request_open`, `already_customer`, `too_soon_after_rejection` with the time to wait.
    pub fn submit(&self, pass: &str, input: &BusinessInput) -> Result<RequestView> {
        self.0.change(|work| {
            let visitor = Visitor::of(work, pass)?;
            visitor.may_file()?;
            let business = Business::parse(input, &visitor.company.form)?;
            submitted(work, visitor, business)
        })
    }

    /// The visitor's latest request, if there is one. Errors: `unknown_token`, `visit_expired`.
    pub fn standing(&self, pass: &str) -> Result<Option<RequestView>> {
        self.0.view(|work| {
            let visitor = Visitor::of(work, pass)?;
            let request = work.get(visitor.visit.request)?.flatten();
            Ok(request.map(|request| RequestView::of(&request, work.now())))
        })
    }

    /// Takes the visitor's open request back. Errors: `unknown_token`, `visit_expired`, `not_found`, `already_decided`.
    pub fn withdraw(&self, pass: &str) -> Result<RequestView> {
        self.0.change(|work| {
            let visitor = Visitor::of(work, pass)?;
            let request = work.get(visitor.visit.request)?.flatten();
            let old = request.map_or_else(Request::missing, Ok)?;
            let by = By::Visitor(visitor.visit.address.clone());
            let new = close(work, &old, RequestEvent::Withdraw)?;
            work.put(&new);
            work.changed(new.company, by, EventKind::RequestWithdrawn, &new)?;
            let values = json!({ "name": new.legal_name });
            work.mail(Letter::to_deciders(MailKind::RequestWithdrawn, &visitor.company, values))?;
            Ok(RequestView::of(&new, work.now()))
        })
    }
}

impl Requests<'_> {
    /// Writes down that requests whose time is over have expired, and tells their visitors; at most `limit`
    /// of them. For the host's own clockwork, where the policy sets a `request_lifetime`. Gives how many.
    pub fn expire(&self, limit: u32) -> Result<u32> {
        let overdue = Request::waiting(RequestState::Pending).between(None, Some(self.0.now().next().to_cell()));
        self.0.work_off(&overdue, limit, expire)
    }
}

/// An open request as it is once it has ended: it has no open address any more. Not put yet.
pub(super) fn close(work: &Work<'_>, old: &Request, event: RequestEvent) -> Result<Request> {
    let overdue = old.is_overdue(work.now()) && event != RequestEvent::Expire;
    if overdue {
        return Err(Error::because(Code::AlreadyDecided, "nobody decided this request in time"));
    }
    let state = next(old.state, event)?;
    Ok(Request { state, open: None, decided: Some(work.now()), ..old.clone() })
}

fn submitted(work: &mut Work<'_>, visitor: Visitor, business: Business) -> Result<RequestView> {
    let address = visitor.visit.address.clone();
    let company = &visitor.company;
    let known =
        (visitor.visit.request, Request::open_of(company.id, &address), Customer::by_address(company.id, &address));
    let (latest, open, customer) = work.get(known)?;
    if customer.is_some() {
        return Err(Error::new(Code::AlreadyCustomer));
    }
    if let Some(open) = open {
        if !open.is_overdue(work.now()) {
            return Err(Error::new(Code::RequestOpen));
        }
        expire(work, open.id)?;
    }
    may_file_again(work, latest.flatten().as_ref())?;
    let now = work.now();
    let lifetime = work.handfast().policy().request_lifetime;
    // for ever is the last time that can be written
    let request = Request::new(work.new_id()?, &visitor, business, now, now + lifetime);
    work.insert(&request);
    let mut visit = visitor.visit.clone();
    visit.request = Some(request.id);
    work.put(&visit);
    work.add(visitor.link.id, "submitted", 1);
    work.event(company.id, By::Visitor(address), EventKind::RequestSubmitted, &request)?;
    tell(work, company, &request)?;
    Ok(RequestView::of(&request, now))
}

fn may_file_again(work: &Work<'_>, latest: Option<&Request>) -> Result<()> {
    let rejected = latest.filter(|request| request.state == RequestState::Rejected);
    let again = rejected.and_then(|request| request.decided).map(|at| at + work.handfast().policy().refile_after);
    match again.filter(|again| work.now() < *again) {
        Some(again) => Err(Error::new(Code::TooSoonAfterRejection).retry_after(again.since(work.now()))),
        None => Ok(()),
    }
}

/// An address as it stands in a list.
fn one_line(address: &PostalAddress) -> String {
    address.to_string().lines().collect::<Vec<_>>().join(", ")
}

fn tell(work: &mut Work<'_>, company: &Company, request: &Request) -> Result<()> {
    let values = json!({ "name": request.contact });
    let (email, locale) = (&request.email, &request.locale);
    work.mail(Letter::to_visitor(MailKind::RequestReceived, company, email, locale, values))?;
    let values = json!({
        "name": request.trade_name.as_ref().unwrap_or(&request.legal_name),
        "legal_name": request.legal_name,
        "contact": request.contact,
        "email": request.email,
        "phone": request.phone,
        "tax_id": request.tax_id,
        "website": request.website,
        "billing": one_line(&request.billing),
        "shipping": request.shipping.as_ref().map(one_line),
        "answers": request.answers.lines(company.locale.language()),
        "message": request.message,
        "link": work.handfast().brand().page(&format!("requests/{}", request.id)),
    });
    work.mail(Letter::to_deciders(MailKind::NewRequest, company, values))
}

fn expire(work: &mut Work<'_>, id: Id<Request>) -> Result<bool> {
    let old = work.need(id)?;
    if !old.is_overdue(work.now()) {
        return Ok(false);
    }
    let company = work.need(old.company)?;
    let new = close(work, &old, RequestEvent::Expire)?;
    work.put(&new);
    work.changed(company.id, By::System, EventKind::RequestExpired, &new)?;
    let values = json!({ "name": new.contact });
    work.mail(Letter::to_visitor(MailKind::RequestExpired, &company, &new.email, &new.locale, values))?;
    Ok(true)
}
