use serde::Serialize;

use super::{Business, RequestState};
use crate::{
    clock::Timestamp,
    company::Company,
    customer::Customer,
    id::Id,
    invite::{Answers, InviteLink, Visit, Visitor},
    login::Login,
    record,
    store::choice_columns,
    value::{EmailAddress, Locale, Name, Phone, PostalAddress, TaxId, Text, Website},
};

choice_columns!(RequestState);

record! {
    /// A request to become a customer, as the company sees it.
    #[derive(Serialize)]
    pub struct Request in "request" {
        /// The id.
        id: Id<Request>,
        /// The company.
        company: Id<Company>,
        /// Whose it is.
        visit: Id<Visit>,
        /// The link it came by.
        link: Id<InviteLink>,
        /// Where it stands.
        state: RequestState,
        /// The verified address as the visitor wrote it.
        email: EmailAddress,
        /// The canonical address while the request is open, and nothing after: so that one address has at most one
        /// open request (invariant 5).
        open: Option<String>,
        /// The language the visitor reads.
        locale: Locale,
        /// The registered name.
        legal_name: Name,
        /// The name it trades under, when that is another.
        trade_name: Option<Name>,
        /// The person to talk to.
        contact: Name,
        /// A phone number.
        phone: Phone,
        /// Where bills go.
        billing: PostalAddress,
        /// Where goods go, when that is elsewhere.
        shipping: Option<PostalAddress>,
        /// The tax id.
        tax_id: Option<TaxId>,
        /// A web address.
        website: Option<Website>,
        /// A message to the company.
        message: Option<Text<2000>>,
        /// The answers to the company's own questions.
        answers: Answers,
        /// When it was filed.
        submitted: Timestamp,
        /// When it expires, if nobody decides it before; `Timestamp::MAX`: never.
        expires: Timestamp,
        /// When it was decided, withdrawn or expired.
        decided: Option<Timestamp>,
        /// Who decided it; nobody when the host did, or time.
        decided_by: Option<Id<Login>>,
        /// What the visitor is told about the decision.
        reason: Option<Text<1000>>,
        /// What the company notes for itself about the decision.
        note: Option<Text<1000>>,
        /// The customer that came of it.
        customer: Option<Id<Customer>>,
    }
    unique open_of(company: Id<Company>, open: &str);
    index of_state(company: Id<Company>, state: RequestState) by (submitted);
    index waiting(state: RequestState) by (expires);
    index of_visit(visit: Id<Visit>) by ();
}

/// A request as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestView {
    /// The id.
    pub id: Id<Request>,
    /// Where it stands.
    pub state: RequestState,
    /// The registered name.
    pub legal_name: Name,
    /// When it was filed.
    pub submitted: Timestamp,
    /// When it was decided, withdrawn or expired.
    pub decided: Option<Timestamp>,
    /// What the company says about its decision.
    pub reason: Option<Text<1000>>,
}

impl RequestView {
    /// What the visitor may see. A request whose time is over shows as expired, whether or not that was
    /// written down yet.
    pub(crate) fn of(request: &Request, now: Timestamp) -> Self {
        let state = if request.is_overdue(now) { RequestState::Expired } else { request.state };
        RequestView {
            id: request.id,
            state,
            legal_name: request.legal_name.clone(),
            submitted: request.submitted,
            decided: request.decided,
            reason: request.reason.clone(),
        }
    }
}

impl Request {
    /// Whether nobody decided it in time.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == RequestState::Pending && self.expires < Timestamp::MAX && now >= self.expires
    }

    /// A new request of a visitor, not yet inserted.
    pub(super) fn new(
        id: Id<Request>,
        visitor: &Visitor,
        business: Business,
        submitted: Timestamp,
        expires: Timestamp,
    ) -> Self {
        let Business { legal_name, trade_name, contact, phone, billing, shipping, tax_id, website, message, answers } =
            business;
        Request {
            id,
            company: visitor.company.id,
            visit: visitor.visit.id,
            link: visitor.link.id,
            state: RequestState::Pending,
            email: visitor.visit.email.clone(),
            open: Some(visitor.visit.address.clone()),
            locale: visitor.visit.locale.clone(),
            legal_name,
            trade_name,
            contact,
            phone,
            billing,
            shipping,
            tax_id,
            website,
            message,
            answers,
            submitted,
            expires,
            decided: None,
            decided_by: None,
            reason: None,
            note: None,
            customer: None,
        }
    }
}
