//! Who is meant by an address at a company, and which rows tell of that person.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::strip::subject_of;
use crate::{
    actor::Actor,
    association::{Association, AssociationState},
    company::{Company, Permission, Staff},
    course::Signal,
    customer::Customer,
    error::Result,
    event::Event,
    handfast::Handfast,
    id::Id,
    invite::Visit,
    login::Login,
    mail::Mail,
    order::{Order, OrderState},
    request::Request,
    store::{Listing, Paging, Record},
    value::{EmailAddress, Name},
    work::Work,
};

/// Rows that are read, or decided and committed, together.
pub(super) const CHUNK: u32 = 250;

/// A person as a company knows it: the rows of its own, which a person has few of. A customer's users are as many as it has.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) company: Id<Company>,
    /// Canonical: the one that was asked for, and the one that a customer's request came from.
    pub(super) addresses: BTreeSet<String>,
    pub(super) customer: Option<Customer>,
    pub(super) visits: Vec<Visit>,
    pub(super) requests: Vec<Request>,
    pub(super) staff: Option<Staff>,
    pub(super) login: Option<Id<Login>>,
    /// Whether an order was placed with the address that was asked for.
    pub(super) bought: bool,
    /// What makes the person a user of customers.
    pub(super) users: Vec<Association>,
    /// The other users of the customer: other persons, who were written down for the customer's sake.
    pub(super) colleagues: Vec<Association>,
}

/// What stands under the keys that an address has at a company.
pub(super) struct Keyed {
    pub(super) customer: Option<Customer>,
    pub(super) visit: Option<Visit>,
    /// Where the customer came from, when that is another visit.
    pub(super) first: Option<Visit>,
    pub(super) staff: Option<Staff>,
    login: Option<Id<Login>>,
}

impl Keyed {
    pub(super) fn read(work: &mut Work<'_>, company: Id<Company>, address: &str) -> Result<Self> {
        let keys =
            (Customer::by_address(company, address), Visit::by_address(company, address), Login::by_address(address));
        let (customer, visit, login) = work.get(keys)?;
        let login = login.map(|login| login.id);
        let request = customer.as_ref().and_then(|customer| customer.request);
        // whether the address has a login is no company's to know: the same is read as if (invariant 35)
        let person = login.unwrap_or_else(|| company.cast());
        let (request, staff) = work.get((request, Staff::by_login(company, person)))?;
        let first = work.get(request.flatten().map(|request| request.visit))?.flatten();
        let first = first.filter(|first| visit.as_ref().is_none_or(|visit| visit.id != first.id));
        Ok(Keyed { customer, visit, first, staff: staff.filter(|staff| !is_erased(&staff.email)), login })
    }
}

impl Person {
    /// Errors: `role_too_low`, `not_signed_in`, `access_ended`, `delegated`, `two_factor_required`.
    pub(super) fn find(handfast: &Handfast, actor: Actor, email: &EmailAddress) -> Result<Self> {
        let (company, address) = (actor.company(), email.canonical());
        let keyed = handfast.view(|work| {
            work.authorise(actor, Permission::ManagePrivacy)?;
            Keyed::read(work, company, address)
        })?;
        let Keyed { customer, visit, first, staff, login } = keyed;
        let visits: Vec<_> = visit.into_iter().chain(first).collect();
        let mut requests = Vec::new();
        for visit in &visits {
            requests.extend(all(handfast, &[Request::of_visit(visit.id)], |_| true)?);
        }
        let users = users(handfast, company, login, address)?;
        let colleagues = match &customer {
            Some(customer) => {
                let others = |other: &Association| users.iter().all(|user| user.id != other.id);
                all(handfast, &[Association::of_customer(customer.id)], others)?
            }
            None => Vec::new(),
        };
        let bought = handfast.list_all(&placed_with(company, address), &Paging::first(1))?;
        let bought = !bought.items.is_empty();
        let addresses = visits.iter().map(|visit| visit.address.clone()).chain([address.to_owned()]).collect();
        Ok(Person { company, addresses, customer, visits, requests, staff, login, bought, users, colleagues })
    }

    /// Whether the company knows nobody by that address.
    pub(super) fn is_nobody(&self) -> bool {
        let known = self.customer.is_some() || self.staff.is_some() || self.bought;
        !known && self.visits.is_empty() && self.users.is_empty()
    }

    /// The orders of the customer, and those placed with one of the addresses, whosever they are now.
    pub(super) fn orders(&self) -> Vec<Listing<Order>> {
        let own = self.customer.iter().map(|customer| Order::of_customer(customer.id));
        own.chain(self.addresses.iter().flat_map(|address| placed_with(self.company, address))).collect()
    }

    /// What happened to those of the customer: to the others nothing did, but that they were recorded.
    pub(super) fn order_events(&self) -> Vec<Listing<Event>> {
        self.customer.iter().map(|customer| Event::of_customer(self.company, customer.id)).collect()
    }

    /// The rows whose events tell of the person.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Id<()>> {
        let customer = self.customer.iter().map(|customer| customer.id.cast());
        let visits = self.visits.iter().map(|visit| visit.id.cast());
        let requests = self.requests.iter().map(|request| request.id.cast());
        let users = self.users.iter().map(|user| user.id.cast());
        customer.chain(visits).chain(requests).chain(users).chain(self.staff.iter().map(|staff| staff.id.cast()))
    }

    /// Whether a mail was to this person.
    pub(super) fn gets(&self, mail: &Mail) -> bool {
        mail.recipient.as_ref().is_some_and(|recipient| self.addresses.contains(recipient.canonical()))
    }

    /// Whether a mail to somebody else tells of the person: it leads to one of the rows, or names the business or the
    /// address. Of two businesses of one name it cannot tell which.
    pub(super) fn is_told_of(&self, mail: &Mail) -> bool {
        let link = mail.content.0.get("link").and_then(|link| link.as_str()).unwrap_or_default();
        let leads = |id: String| link.contains(&id);
        self.customer.iter().any(|customer| leads(customer.id.to_string()))
            || self.requests.iter().any(|request| leads(request.id.to_string()))
            || mail
                .content
                .0
                .iter()
                .filter(|(name, _)| *name != "company")
                .any(|(_, value)| self.is_named(value.as_str()))
    }

    fn is_named(&self, text: Option<&str>) -> bool {
        let is = |name: &Name| Some(name.as_str()) == text;
        let customer = self.customer.iter().any(|known| {
            is(&known.legal_name) || known.trade_name.as_ref().is_some_and(is) || Some(known.email.original()) == text
        });
        customer
            || self.requests.iter().any(|known| {
                is(&known.legal_name)
                    || known.trade_name.as_ref().is_some_and(is)
                    || Some(known.email.original()) == text
            })
    }

    /// Whether a signal is about one of the rows.
    pub(super) fn is_signalled(&self, signal: &Signal) -> bool {
        let subject = subject_of(signal).1;
        subject.is_some_and(|subject: Uuid| self.subjects().any(|known| known.uuid() == subject))
    }
}

/// The rows that make a person user of the company's customers: those of the login, and those of the address, which the
/// login may have left since. The same is read whether there is a login or not (invariant 35).
fn users(
    handfast: &Handfast,
    company: Id<Company>,
    login: Option<Id<Login>>,
    address: &str,
) -> Result<Vec<Association>> {
    let person = login.unwrap_or_else(|| company.cast());
    let own = |user: &Association| user.company == company && !is_erased(&user.email);
    let mut users = all(handfast, &[Association::of_login(person)], own)?;
    let states: Vec<_> = AssociationState::ALL.iter().map(|state| Association::of_state(company, *state)).collect();
    let by_address = all(handfast, &states, |user| user.login != person && user.email.canonical() == address)?;
    users.extend(by_address);
    Ok(users)
}

/// The orders that were placed with an address.
fn placed_with(company: Id<Company>, address: &str) -> Vec<Listing<Order>> {
    OrderState::ALL.iter().map(|state| Order::of_address(company, *state, address)).collect()
}

/// Whether an address stands for a person who is erased.
pub(super) fn is_erased(email: &EmailAddress) -> bool {
    email.canonical().ends_with("@erased.invalid")
}

/// All rows of some lists of one order that `keep` lets through.
pub(super) fn all<T: Record>(
    handfast: &Handfast,
    listings: &[Listing<T>],
    keep: impl Fn(&T) -> bool,
) -> Result<Vec<T>> {
    let (mut found, mut paging) = (Vec::new(), Some(Paging::first(CHUNK)));
    while let Some(asked) = paging {
        let page = handfast.list_where(listings, &asked, &keep)?;
        paging = Paging::after(&page, CHUNK);
        found.extend(page.items);
    }
    Ok(found)
}
