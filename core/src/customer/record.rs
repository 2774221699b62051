use serde::Serialize;

use super::{CustomerState, Extra, Service};
use crate::{
    clock::Timestamp,
    company::{Company, Department, PriceType},
    error::Result,
    id::Id,
    invite::InviteLink,
    record,
    request::Request,
    store::choice_columns,
    tag::TagSet,
    value::{Amount, EmailAddress, Line, Locale, Name, Percent, Phone, PostalAddress, TaxId, Text, Website},
    work::Work,
};

choice_columns!(CustomerState);

/// The number that a company knows a customer by.
pub type CustomerNumber = Line<40>;

record! {
    /// A business that buys from a company.
    #[derive(Serialize)]
    pub struct Customer in "customer" {
        /// The id.
        id: Id<Customer>,
        /// The company.
        company: Id<Company>,
        /// The request it came from; `None` for one that the staff created on its behalf.
        request: Option<Id<Request>>,
        /// The link the request came by.
        link: Option<Id<InviteLink>>,
        /// Whether it is let in.
        state: CustomerState,
        /// The address as the visitor, who verified it, or the staff wrote it.
        email: EmailAddress,
        /// The same, canonical: unique at the company.
        address: String,
        /// The language its people read.
        locale: Locale,
        /// The registered name.
        legal_name: Name,
        /// The name it trades under, when that is another.
        trade_name: Option<Name>,
        /// The person to talk to.
        contact: Name,
        /// A phone number.
        phone: Option<Phone>,
        /// Where bills go.
        billing: Option<PostalAddress>,
        /// Where goods go, when that is elsewhere.
        shipping: Option<PostalAddress>,
        /// The tax id.
        tax_id: Option<TaxId>,
        /// A web address.
        website: Option<Website>,
        /// What it buys at.
        price_type: Option<Id<PriceType>>,
        /// What is added to the price, in percent.
        markup: Option<Percent>,
        /// How much may be owed.
        credit_limit: Option<Amount>,
        /// How much an order must come to.
        minimum_order: Option<Amount>,
        /// Whether no tax is charged.
        tax_exempt: bool,
        /// What the company notes for itself.
        notes: Option<Text<2000>>,
        /// What the host keeps here.
        extra: Extra,
        /// The carrier of each day of service.
        service: Service,
        /// When it could order for the first time.
        ready: Option<Timestamp>,
        /// When it came to be.
        created: Timestamp,
        /// The department that it belongs to; `None` for the company as a whole.
        department: Option<Id<Department>>,
        /// The number that the company knows it by, unique there without regard to case.
        number: Option<CustomerNumber>,
        /// The same, folded.
        #[serde(skip)]
        number_key: Option<String>,
        /// What it is tagged with.
        tags: TagSet,
    }
    unique by_address(company: Id<Company>, address: &str);
    unique by_number(company: Id<Company>, number_key: &str);
    index of_company(company: Id<Company>) by (legal_name);
    index of_state(company: Id<Company>, state: CustomerState) by (legal_name);
    index of_department(company: Id<Company>, department: Id<Department>) by (legal_name);
    index of_department_state(company: Id<Company>, department: Id<Department>, state: CustomerState) by (legal_name);
    search find(company: Id<Company>) over (legal_name, trade_name, contact, email, tax_id, number)
        digits (phone) marks (state, department, tags);
}

impl Customer {
    /// The inactive customer that a request becomes (invariant 3), not yet inserted.
    pub(crate) fn of(work: &Work<'_>, request: &Request, address: &str) -> Result<Self> {
        let request = request.clone();
        Ok(Customer {
            id: work.new_id()?,
            company: request.company,
            request: Some(request.id),
            link: Some(request.link),
            state: CustomerState::Inactive,
            email: request.email,
            address: address.to_owned(),
            locale: request.locale,
            legal_name: request.legal_name,
            trade_name: request.trade_name,
            contact: request.contact,
            phone: Some(request.phone),
            billing: Some(request.billing),
            shipping: request.shipping,
            tax_id: request.tax_id,
            website: request.website,
            price_type: None,
            markup: None,
            credit_limit: None,
            minimum_order: None,
            tax_exempt: false,
            notes: None,
            extra: Extra::default(),
            service: Service::default(),
            ready: None,
            created: work.now(),
            department: None,
            number: None,
            number_key: None,
            tags: TagSet::default(),
        })
    }

    /// How people call it.
    pub fn display_name(&self) -> &Name {
        self.trade_name.as_ref().unwrap_or(&self.legal_name)
    }
}
