use handfast::request as core;

use super::{Answer, CompanyId, Customer, CustomerId, LinkId, LoginId, RequestId, VisitId};
use crate::{
    scalar::{Answers, Timestamp},
    shape::{Lend, Outward, choice, record},
};

choice! {
    /// Where a request stands.
    pub enum RequestState of core::RequestState {
        /// Waits for a decision.
        Pending,
        /// Made a customer, not yet an active one.
        Approved,
        /// Declined.
        Rejected,
        /// Taken back by the visitor.
        Withdrawn,
        /// Not decided in time.
        Expired,
    }
}

choice! {
    /// What a company decides.
    pub enum Verdict of core::Verdict {
        /// Make it a customer, inactive at first.
        Approve,
        /// Decline.
        Reject,
    }
}

choice! {
    /// What came of one decision among many.
    pub enum BulkOutcome {
        /// It is a customer now.
        Approved = "approved",
        /// It was declined.
        Rejected = "rejected",
        /// It was left as it is.
        Refused = "refused",
    }
}

record! {
    /// A postal address as it comes from outside; an optional field that is blank counts as not given.
    pub struct PostalAddressInput into handfast::value::PostalAddressInput {
        /// Street and number: 120 characters.
        line1: String,
        /// Town: 100 characters.
        city: String,
        /// Country, two letters of ISO 3166-1.
        country: String,
    } optional {
        /// Floor, building, care of: 120 characters.
        line2: String,
        /// State, province or county: 100 characters.
        region: String,
        /// Postal code: 20 characters.
        postal_code: String,
    }
}

record! {
    /// Where post and goods go.
    pub struct PostalAddress from handfast::value::PostalAddress {
        /// Street and number, or what stands for them.
        line1: String,
        /// Floor, building, care of.
        line2: Option<String>,
        /// Town.
        city: String,
        /// State, province or county, where the country's post asks for it.
        region: Option<String>,
        /// Postal code, where the country has them.
        postal_code: Option<String>,
        /// Country: two letters of ISO 3166-1.
        country: String,
    }
}

record! {
    /// The details of a business as a visitor gives them.
    pub struct BusinessInput into core::BusinessInput {
        /// The registered name: one line of at most 120 characters.
        legal_name: String,
        /// The person to talk to: one line of at most 120 characters.
        contact: String,
        /// A phone number of 5 to 20 digits.
        phone: String,
        /// Where bills go.
        billing: PostalAddressInput,
    } optional {
        /// The name it trades under, when that is another: one line of at most 120 characters.
        trade_name: String,
        /// Where goods go, when that is elsewhere.
        shipping: PostalAddressInput,
        /// The tax id: 2 to 32 letters, digits and marks.
        tax_id: String,
        /// A web address.
        website: String,
        /// A message to the company: at most 2,000 characters.
        message: String,
        /// The answers to the company's own questions, by their names.
        answers: Answers,
    }
}

record! {
    /// A request to become a customer, as the company sees it.
    pub struct Request from core::Request {
        /// The id.
        id: RequestId,
        /// The company.
        company: CompanyId,
        /// Whose it is.
        visit: VisitId,
        /// The link it came by.
        link: LinkId,
        /// Where it stands.
        state: RequestState,
        /// The verified address as the visitor wrote it.
        email: String,
        /// The language the visitor reads.
        locale: String,
        /// The registered name.
        legal_name: String,
        /// The name it trades under, when that is another.
        trade_name: Option<String>,
        /// The person to talk to.
        contact: String,
        /// A phone number.
        phone: String,
        /// Where bills go.
        billing: PostalAddress,
        /// Where goods go, when that is elsewhere.
        shipping: Option<PostalAddress>,
        /// The tax id.
        tax_id: Option<String>,
        /// A web address.
        website: Option<String>,
        /// A message to the company.
        message: Option<String>,
        /// The answers to the company's own questions.
        answers: Vec<Answer>,
        /// When it was filed.
        submitted: Timestamp,
        /// When it expires, if nobody decides it before; the end of the year 9999: never.
        expires: Timestamp,
        /// When it was decided, withdrawn or expired.
        decided: Option<Timestamp>,
        /// Who decided it; nobody when the host did, or time.
        decided_by: Option<LoginId>,
        /// What the visitor is told about the decision.
        reason: Option<String>,
        /// What the company notes for itself about the decision.
        note: Option<String>,
        /// The customer that came of it.
        customer: Option<CustomerId>,
    }
}

record! {
    /// A request as its visitor sees it.
    pub struct RequestView from core::RequestView {
        /// The id.
        id: RequestId,
        /// Where it stands.
        state: RequestState,
        /// The registered name.
        legal_name: String,
        /// When it was filed.
        submitted: Timestamp,
        /// When it was decided, withdrawn or expired.
        decided: Option<Timestamp>,
        /// What the company says about its decision.
        reason: Option<String>,
    }
}

record! {
    /// What goes with a decision.
    pub struct Decision into core::Decision {
    } optional {
        /// What the visitor is told: at most 1,000 characters.
        reason: String,
        /// What the company notes for itself: at most 1,000 characters.
        note: String,
    }
}

impl Lend for Option<core::Decision> {
    type Lent<'a> = &'a core::Decision;
    fn lend(&self) -> &core::Decision {
        const NO_WORDS: &core::Decision = &core::Decision { reason: None, note: None };
        self.as_ref().unwrap_or(NO_WORDS)
    }
}

record! {
    /// What an approval makes.
    pub struct Approved from core::Approved {
        /// The request, decided.
        request: Request,
        /// The customer, inactive.
        customer: Customer,
    }
}

record! {
    /// The same decision on many requests.
    pub struct BulkDecision into core::BulkDecision {
        /// The requests: at most 1,000 (`bulk_rows`), none twice.
        requests: Vec<RequestId>,
        /// Yes or no.
        verdict: Verdict,
    } optional {
        /// What goes with it, the same for all.
        decision: Decision,
    }
}

impl crate::shape::Fits<core::Decision> for Option<Decision> {
    fn fit(self) -> handfast::Result<core::Decision> {
        self.map_or_else(|| Ok(core::Decision::default()), crate::shape::Fits::fit)
    }
}

record! {
    /// What came of one request.
    pub struct BulkRow by hand {
        /// The request.
        request: RequestId,
        /// What came of it.
        outcome: BulkOutcome,
        /// The customer, when it is one now.
        customer: Option<CustomerId>,
        /// Why it was refused: a code.
        code: Option<String>,
        /// The same for a person.
        message: Option<String>,
    }
}

impl Outward<BulkRow> for core::BulkRow {
    fn outward(self) -> BulkRow {
        let request = self.request.into();
        let (outcome, customer, refused) = match self.outcome {
            core::Outcome::Approved { customer } => (BulkOutcome::Approved, Some(customer.into()), None),
            core::Outcome::Rejected => (BulkOutcome::Rejected, None, None),
            core::Outcome::Refused { code, message } => (BulkOutcome::Refused, None, Some((code, message))),
        };
        let (code, message) = refused.unzip();
        BulkRow { request, outcome, customer, code, message }
    }
}
