use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Customer, CustomerFilter, CustomerNumber, CustomerState, Customers, Extra, Service, ops::with_company};
use crate::{
    actor::Actor,
    association::Association,
    company::{Company, Department, OfferState, Permission},
    error::{Checked, Code, Error, Faults, Result},
    event::EventKind,
    id::Id,
    request::given,
    store::Paging,
    tag::TagSet,
    value::{EmailAddress, Locale, Name, Phone, PostalAddress, PostalAddressInput, Text, choices, fold},
    work::Work,
};

/// What the staff writes down of a customer, not yet checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerInput {
    /// The department it belongs to; none for the company as a whole.
    pub department: Option<Id<Department>>,
    /// The number that the company knows it by, unique there without regard to case: one line of at most 40 characters.
    pub number: Option<String>,
    /// The name: one line of at most 120 characters. Required.
    pub name: String,
    /// The person to talk to, when that is another: one line of at most 120 characters.
    pub contact: Option<String>,
    /// The e-mail address, unique at the company. Required.
    pub email: String,
    /// A phone number of 5 to 20 digits.
    pub phone: Option<String>,
    /// Where bills go.
    pub address: Option<PostalAddressInput>,
    /// The language its people read: `es`, `en-US`; the company's when left out.
    pub locale: Option<String>,
    /// What the company notes for itself: at most 2,000 characters.
    pub notes: Option<String>,
    /// What the host keeps here: names of at most 60 characters with texts of at most 500, at most 50.
    pub extra: BTreeMap<String, String>,
}

choices! {
    /// Whether a customer hears of its new account.
    pub enum Notice {
        /// By a mail with a link to choose a password, or to confirm for who has a login already.
        Mail = "mail",
        /// Not yet: `notify` sends it later.
        Later = "later",
    }
}

choices! {
    /// What came of the creation of a customer.
    pub enum Creation {
        /// It is new.
        Created = "created",
        /// The address is a customer already, which is left as it is.
        Found = "found",
    }
}

/// A customer that was created, or was there already.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CreatedCustomer {
    /// Which of both.
    pub creation: Creation,
    /// The customer.
    pub customer: Customer,
    /// Up to ten other customers with the same name or the same phone number, that the actor may see: a warning.
    pub similar: Vec<Customer>,
}

/// The same as [`CustomerInput`], checked.
#[derive(Clone)]
pub(crate) struct CustomerDetails {
    pub(super) department: Option<Id<Department>>,
    pub(super) number: Option<CustomerNumber>,
    pub(super) name: Name,
    pub(super) contact: Option<Name>,
    pub(super) email: EmailAddress,
    pub(super) phone: Option<Phone>,
    pub(super) address: Option<PostalAddress>,
    pub(super) locale: Option<Locale>,
    pub(super) notes: Option<Text<2000>>,
    pub(super) extra: Extra,
    /// What it is tagged with; `None` for what it is tagged with already.
    pub(super) tags: Option<TagSet>,
}

/// Customers that are shown as similar, at most.
const SIMILAR: u32 = 10;

impl CustomerInput {
    pub(crate) fn parse(&self) -> Result<CustomerDetails> {
        let mut faults = Faults::default();
        let details = self.check(&mut faults);
        faults.made(|| details)
    }

    /// The same, with what is wrong noted beside other faults.
    pub(super) fn check(&self, faults: &mut Faults) -> Checked<CustomerDetails> {
        let number = faults.check_optional("number", given(&self.number), CustomerNumber::parse);
        let name = faults.check("name", Name::parse(&self.name));
        let contact = faults.check_optional("contact", given(&self.contact), Name::parse);
        let email = faults.check("email", EmailAddress::parse(&self.email));
        let phone = faults.check_optional("phone", given(&self.phone), Phone::parse);
        let address = faults.check_optional("address", self.address.as_ref(), PostalAddress::parse);
        let locale = faults.check_optional("locale", given(&self.locale), Locale::parse);
        let notes = faults.check_optional("notes", given(&self.notes), Text::parse);
        let extra = faults.check("extra", Extra::parse(&self.extra));
        let (number, name, contact, email) = (number?, name?, contact?, email?);
        let (phone, address, locale, notes, extra) = (phone?, address?, locale?, notes?, extra?);
        let (department, tags) = (self.department, None);
        Some(CustomerDetails { department, number, name, contact, email, phone, address, locale, notes, extra, tags })
    }
}

impl Customers<'_> {
    /// Creates a customer on its behalf, inactive at first. An address that is a customer already is found and offered, not
    /// created twice; so the same call made again changes nothing. Customers of the same name or phone number are told.
    ///
    /// With [`Notice::Mail`] the customer gets a mail with a link to choose a password; a person who has a login already is
    /// asked to confirm, and nothing of that login is touched (invariants 29 and 30).
    ///
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access; who is limited to departments, in those.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the department), `required` (who is
    /// limited names a department), `retired` (the department takes no new customers), `already_there` (the number is
    /// another customer's), `already_customer` (the address is one that the actor may not see), `too_often` (mails to
    /// this address).
    pub fn create(&self, actor: Actor, input: &CustomerInput, notice: Notice) -> Result<CreatedCustomer> {
        let details = input.parse()?;
        // before the change: an answer that fails after it would hide what was done
        let mut similar = self.similar(actor, &details)?;
        let (creation, customer) = self.0.change(|work| created(work, actor, &details, notice))?;
        similar.retain(|other| other.id != customer.id);
        similar.truncate(SIMILAR as usize);
        Ok(CreatedCustomer { creation, customer, similar })
    }

    /// Changes what the staff has written down of a customer. Replaces what was there; the address stays, whatever
    /// the input has: it is what the customer is known by. Who may: as for `create`.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the customer, the department),
    /// `required`, `retired` (the department), `already_there` (the number).
    pub fn update(&self, actor: Actor, customer: Id<Customer>, input: &CustomerInput) -> Result<Customer> {
        let details = input.parse()?;
        self.0.change(|work| {
            let (company, old) = with_company(work, actor, Permission::SetUpCustomers, customer)?;
            updated(work, actor, &company, &old, &details)
        })
    }

    /// Sends the customer the mail about its account: to who was created silently, or once more. Who may: as for `create`.
    ///
    /// Errors: `role_too_low`, `not_found`, `already_there` (the person uses the account already), `wrong_state` (an Admin has
    /// taken the person's access back), `too_often`.
    pub fn notify(&self, actor: Actor, customer: Id<Customer>) -> Result<Association> {
        self.0.change(|work| {
            let (company, customer) = with_company(work, actor, Permission::SetUpCustomers, customer)?;
            Association::on_behalf(work, actor, &company, &customer)
        })
    }

    /// Customers of the same name or phone number that the actor may see.
    fn similar(&self, actor: Actor, details: &CustomerDetails) -> Result<Vec<Customer>> {
        let (name, all, page) = (fold(details.name.as_str()), CustomerFilter::default(), Paging::first(SIMILAR + 1));
        let mut similar = self.search(actor, details.name.as_str(), &all, &page)?.items;
        similar.retain(|other| fold(other.legal_name.as_str()) == name);
        if let Some(phone) = &details.phone {
            similar.extend(self.search(actor, phone.as_str(), &all, &page)?.items);
        }
        let mut seen = Vec::new();
        similar.retain(|other| {
            let new = !seen.contains(&other.id);
            seen.push(other.id);
            new
        });
        Ok(similar)
    }
}

/// Creates, or finds under the address.
pub(crate) fn created(
    work: &mut Work<'_>,
    actor: Actor,
    details: &CustomerDetails,
    notice: Notice,
) -> Result<(Creation, Customer)> {
    let company = work.authorised(actor, Permission::SetUpCustomers, actor.company())?;
    let key = details.number.as_ref().map(number_key);
    let by_number = key.as_deref().map(|key| Customer::by_number(company.id, key));
    let (found, holder) = work.get((Customer::by_address(company.id, details.email.canonical()), by_number))?;
    place(work, actor, details.department)?;
    if let Some(found) = found {
        let seen = found.must_be_within(work, actor);
        return seen.map_err(|_| Error::new(Code::AlreadyCustomer)).map(|()| (Creation::Found, found));
    }
    if holder.flatten().is_some() {
        return Err(number_taken());
    }
    if notice == Notice::Mail {
        // before anything is written, so that a change with many rows can go on after a refusal
        Association::check_rate(work, &company, &details.email)?;
    }
    let customer = details.new_customer(work, &company)?;
    work.insert(&customer);
    count(work, &TagSet::default(), &customer.tags);
    work.event(company.id, actor, EventKind::CustomerCreated, &customer)?;
    if notice == Notice::Mail {
        Association::on_behalf(work, actor, &company, &customer)?;
    }
    Ok((Creation::Created, customer))
}

/// Changes a customer to what its details say. Writes nothing before it has found nothing to refuse.
pub(super) fn updated(
    work: &mut Work<'_>,
    actor: Actor,
    company: &Company,
    old: &Customer,
    details: &CustomerDetails,
) -> Result<Customer> {
    if details.department != old.department {
        place(work, actor, details.department)?;
    }
    let key = details.number.as_ref().map(number_key);
    let holder = work.get(key.as_deref().map(|key| Customer::by_number(company.id, key)))?.flatten();
    if holder.is_some_and(|holder| holder.id != old.id) {
        return Err(number_taken());
    }
    let new = details.over(old.clone());
    if new != *old {
        work.put(&new);
        count(work, &old.tags, &new.tags);
        work.changed(company.id, actor, EventKind::CustomerChanged, &new)?;
    }
    Ok(new)
}

/// Counts one more customer of each tag that one has gained.
fn count(work: &mut Work<'_>, old: &TagSet, new: &TagSet) {
    new.all().filter(|tag| !old.has(*tag)).for_each(|tag| work.add(tag, "customers", 1));
}

/// Whether the actor may put a customer into a department, or into none.
fn place(work: &mut Work<'_>, actor: Actor, department: Option<Id<Department>>) -> Result<()> {
    match work.within(actor, department)?.map(|department| department.state) {
        Some(OfferState::Retired) => Err(Error::new(Code::Retired)),
        Some(OfferState::Offered) | None => Ok(()),
    }
}

/// What makes two numbers one.
pub(super) fn number_key(number: &CustomerNumber) -> String {
    number.as_str().to_lowercase()
}

pub(super) fn number_taken() -> Error {
    Error::because(Code::AlreadyThere, "`number` is another customer's")
}

impl CustomerDetails {
    fn new_customer(&self, work: &Work<'_>, company: &Company) -> Result<Customer> {
        let customer = Customer {
            id: work.new_id()?,
            company: company.id,
            request: None,
            link: None,
            state: CustomerState::Inactive,
            email: self.email.clone(),
            address: self.email.canonical().to_owned(),
            locale: company.locale.clone(),
            legal_name: self.name.clone(),
            trade_name: None,
            contact: self.name.clone(),
            phone: None,
            billing: None,
            shipping: None,
            tax_id: None,
            website: None,
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
        };
        Ok(self.over(customer))
    }

    /// A customer with these details.
    fn over(&self, customer: Customer) -> Customer {
        Customer {
            department: self.department,
            number: self.number.clone(),
            number_key: self.number.as_ref().map(number_key),
            legal_name: self.name.clone(),
            contact: self.contact.clone().unwrap_or_else(|| self.name.clone()),
            phone: self.phone.clone(),
            billing: self.address.clone(),
            locale: self.locale.clone().unwrap_or(customer.locale),
            notes: self.notes.clone(),
            extra: self.extra.clone(),
            tags: self.tags.clone().unwrap_or(customer.tags),
            ..customer
        }
    }
}
