use handfast::customer as core;

use super::{
    CarrierId, CompanyId, CustomerId, DepartmentId, LinkId, PostalAddress, PostalAddressInput, PriceTypeId, RequestId,
    TagId,
};
use crate::{
    scalar::{Decimal, Texts, Timestamp},
    shape::{Argument, Fits, Lend, Outward, choice, record},
};

choice! {
    /// Whether a customer is let in.
    pub enum CustomerState of core::CustomerState {
        /// Not activated yet, or deactivated. Where every customer begins.
        Inactive,
        /// Let in.
        Active,
        /// Kept out until unblocked.
        Blocked,
        /// The person it was about is erased: what is left is the fact that there was a customer. For good.
        Erased,
    }
}

choice! {
    /// What a customer lacks to order.
    pub enum Missing of core::Missing {
        /// It is not active: step one.
        Activation,
        /// It is blocked.
        Unblocking,
        /// It has no price type: step two.
        PriceType,
        /// No day of service has a carrier: step three.
        DaysOfService,
    }
}

choice! {
    /// The steps that activate a customer, as the article names them.
    pub enum StepKind of core::StepKind {
        /// Step one: activate the customer.
        Activate,
        /// Step two: set price, markups, and advanced settings.
        Pricing,
        /// Step three: set days of service.
        Service,
    }
}

choice! {
    /// A day of the week, Monday first (ISO 8601).
    pub enum Weekday of handfast::value::Weekday {
        /// The first day of the week.
        Monday,
        /// The second day.
        Tuesday,
        /// The third day.
        Wednesday,
        /// The fourth day.
        Thursday,
        /// The fifth day.
        Friday,
        /// The sixth day.
        Saturday,
        /// The last day.
        Sunday,
    }
}

record! {
    /// A business that buys from a company.
    pub struct Customer from core::Customer {
        /// The id.
        id: CustomerId,
        /// The company.
        company: CompanyId,
        /// The request it came from; none for one that the staff created on its behalf.
        request: Option<RequestId>,
        /// The link the request came by.
        link: Option<LinkId>,
        /// Whether it is let in.
        state: CustomerState,
        /// The address as the visitor, who verified it, or the staff wrote it.
        email: String,
        /// The language its people read.
        locale: String,
        /// The registered name.
        legal_name: String,
        /// The name it trades under, when that is another.
        trade_name: Option<String>,
        /// The person to talk to.
        contact: String,
        /// A phone number.
        phone: Option<String>,
        /// Where bills go.
        billing: Option<PostalAddress>,
        /// Where goods go, when that is elsewhere.
        shipping: Option<PostalAddress>,
        /// The tax id.
        tax_id: Option<String>,
        /// A web address.
        website: Option<String>,
        /// What it buys at.
        price_type: Option<PriceTypeId>,
        /// What is added to the price, in percent.
        markup: Option<Decimal>,
        /// How much may be owed.
        credit_limit: Option<Decimal>,
        /// How much an order must come to.
        minimum_order: Option<Decimal>,
        /// Whether no tax is charged.
        tax_exempt: bool,
        /// What the company notes for itself.
        notes: Option<String>,
        /// What the host keeps here.
        extra: Texts,
        /// The carrier of each day of service, Monday first.
        service: Vec<ServiceDay>,
        /// When it could order for the first time.
        ready: Option<Timestamp>,
        /// When it came to be.
        created: Timestamp,
        /// The department that it belongs to; none for the company as a whole.
        department: Option<DepartmentId>,
        /// The number that the company knows it by, unique there without regard to case.
        number: Option<String>,
        /// Its tags, in the order those came to be.
        tags: Vec<TagId>,
    }
}

impl Outward<Vec<TagId>> for handfast::tag::TagSet {
    fn outward(self) -> Vec<TagId> {
        self.all().map(TagId::from).collect()
    }
}

choice! {
    /// Whether a customer hears of its new account.
    pub enum Notice of core::Notice {
        /// By a mail with a link to choose a password, or to confirm for who has a login already.
        Mail,
        /// Not yet: `notify` sends it later.
        Later,
    }
}

choice! {
    /// What came of the creation of a customer.
    pub enum Creation of core::Creation {
        /// It is new.
        Created,
        /// The address is a customer already, which is left as it is.
        Found,
    }
}

record! {
    /// What a search for customers is narrowed to; nothing narrows it unless told.
    pub struct CustomerFilter into core::CustomerFilter {
    } optional {
        /// Only those of this department.
        department: DepartmentId,
        /// Only those of this state.
        state: CustomerState,
        /// Only those with this tag.
        tag: TagId,
    }
}

impl Lend for Option<core::CustomerFilter> {
    type Lent<'a> = &'a core::CustomerFilter;
    fn lend(&self) -> &core::CustomerFilter {
        const ALL: &core::CustomerFilter = &core::CustomerFilter { department: None, state: None, tag: None };
        self.as_ref().unwrap_or(ALL)
    }
}

record! {
    /// What the staff writes down of a customer.
    pub struct CustomerInput into core::CustomerInput {
        /// The name: one line of at most 120 characters.
        name: String,
        /// The e-mail address, unique at the company.
        email: String,
    } optional {
        /// The department it belongs to; none for the company as a whole.
        department: DepartmentId,
        /// The number that the company knows it by, unique there without regard to case: one line of at most 40 characters.
        number: String,
        /// The person to talk to, when that is another: one line of at most 120 characters.
        contact: String,
        /// A phone number of 5 to 20 digits.
        phone: String,
        /// Where bills go.
        address: PostalAddressInput,
        /// The language its people read: `es`, `en-US`; the company's when left out.
        locale: String,
        /// What the company notes for itself: at most 2,000 characters.
        notes: String,
        /// What the host keeps here: names of at most 60 characters with texts of at most 500, at most 50.
        extra: Texts,
    }
}

record! {
    /// A customer that was created, or was there already.
    pub struct CreatedCustomer from core::CreatedCustomer {
        /// Which of both.
        creation: Creation,
        /// The customer.
        customer: Customer,
        /// Up to ten other customers with the same name or the same phone number, that the actor may see: a warning.
        similar: Vec<Customer>,
    }
}

record! {
    /// A day of service with its carrier.
    pub struct ServiceDay by hand {
        /// The day.
        day: Weekday,
        /// Who brings the goods on it.
        carrier: CarrierId,
    }
}

impl Argument for ServiceDay {
    type Core = (String, handfast::Id<handfast::company::Carrier>);
    fn core(self) -> handfast::Result<Self::Core> {
        let mut faults = handfast::Faults::default();
        let carrier = faults.check("carrier", self.carrier.fit());
        faults.made(|| Some((self.day.as_str().to_owned(), carrier?)))
    }
}

impl Outward<Vec<ServiceDay>> for core::Service {
    fn outward(self) -> Vec<ServiceDay> {
        self.days().map(|(day, carrier)| ServiceDay { day: day.outward(), carrier: carrier.outward() }).collect()
    }
}

record! {
    /// Whether a customer can order, and if not, why not.
    pub struct CanOrder from core::CanOrder {
        /// Whether it can.
        yes: bool,
        /// What is missing; empty when it can.
        missing: Vec<Missing>,
    }
}

record! {
    /// A customer's price type, markup and advanced settings. What is left out is cleared.
    pub struct PricingInput into core::PricingInput {
        /// What it buys at: one of the company's price types.
        price_type: PriceTypeId,
    } optional {
        /// What is added to the price: -100 to 1,000 percent, with at most four decimals.
        markup: Decimal,
        /// How much may be owed: with at most four decimals.
        credit_limit: Decimal,
        /// How much an order must come to: with at most four decimals.
        minimum_order: Decimal,
        /// Whether no tax is charged; it is unless told.
        tax_exempt: bool,
        /// What the company notes for itself: at most 2,000 characters.
        notes: String,
        /// What the host keeps here: names of at most 60 characters with texts of at most 500, at most 50.
        extra: Texts,
    }
}

record! {
    /// The guided tour of a customer's activation: the steps in the article's order. They may be taken in any.
    pub struct Tour from core::Tour {
        /// The customer.
        customer: CustomerId,
        /// The page that the button of the mail leads to, where the tour begins.
        link: String,
        /// The steps.
        steps: Vec<Step>,
        /// Whether all is done and the customer can order.
        done: bool,
    }
}

record! {
    /// One step of a tour.
    pub struct Step from core::Step {
        /// 1 for the first.
        number: u32,
        /// Which step.
        kind: StepKind,
        /// What it is called, in the language asked for.
        title: String,
        /// What to do, line by line, in the same language.
        directions: Vec<String>,
        /// The setting it points at: a name for the host's own page, the same in every language.
        points_at: String,
        /// Whether it is done.
        done: bool,
    }
}

impl Outward<Vec<String>> for &'static [&'static str] {
    fn outward(self) -> Vec<String> {
        self.iter().map(|line| (*line).to_owned()).collect()
    }
}
