use serde::Deserialize;

use super::{Customer, CustomerNumber, CustomerState, Customers, create::number_key};
use crate::{
    actor::Actor,
    company::{Department, Permission, Scope},
    error::Result,
    id::Id,
    store::{Listing, Page, Paging},
    tag::Tag,
    value::EmailAddress,
};

/// What a search for customers is narrowed to; nothing narrows it unless told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerFilter {
    /// Only those of this department.
    pub department: Option<Id<Department>>,
    /// Only those of this state.
    pub state: Option<CustomerState>,
    /// Only those with this tag.
    pub tag: Option<Id<Tag>>,
}

impl CustomerFilter {
    fn narrows(&self) -> bool {
        self.department.is_some() || self.state.is_some() || self.tag.is_some()
    }
}

/// What a till shows, at most.
const LOOKED_UP: u32 = 10;

impl Customers<'_> {
    /// The company's customers by legal name; only those in `state`, where one is given. Who is limited to departments sees
    /// those of its own. Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, state: Option<CustomerState>, paging: &Paging) -> Result<Page<Customer>> {
        self.0.list_all(&self.listed(actor, state)?, paging)
    }

    /// The lists that hold all customers that the actor may look up, by legal name.
    fn listed(&self, actor: Actor, state: Option<CustomerState>) -> Result<Vec<Listing<Customer>>> {
        let scope = self.scope(actor)?;
        let company = actor.company();
        let whole = || match state {
            Some(state) => Customer::of_state(company, state),
            None => Customer::of_company(company),
        };
        let within = |department| match state {
            Some(state) => Customer::of_department_state(company, department, state),
            None => Customer::of_department(company, department),
        };
        Ok(scope.narrowed(whole, within))
    }

    /// The lists that hold what a filter leaves: all of it by legal name, where it narrows nothing.
    pub(super) fn left(&self, actor: Actor, filter: &CustomerFilter) -> Result<Vec<Listing<Customer>>> {
        if filter.narrows() { self.found(actor, "", filter) } else { self.listed(actor, None) }
    }

    /// Customers by words: each word of `text` is the beginning of a word in the names, the address, the tax id or the
    /// number, without regard to case and accents, or of the phone number however it is written: `020 7946 0958` finds
    /// `+44 (0)20 7946-0958`. `_` and `%` are letters. They come in the order of the words found, whole words first.
    ///
    /// Only those that `filter` leaves, and of who is limited to departments those of its own. A blank text finds all that a
    /// filter leaves, the oldest first, and nothing without one; only the first 1,000 characters are looked at.
    /// Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn search(&self, actor: Actor, text: &str, filter: &CustomerFilter, paging: &Paging) -> Result<Page<Customer>> {
        self.0.list_all(&self.found(actor, text, filter)?, paging)
    }

    /// Customers for the till, from one string: an e-mail address or a customer number finds its own first, then come those
    /// that `search` finds; at most ten. Who may: every role. Errors: `role_too_low`.
    pub fn lookup(&self, actor: Actor, text: &str) -> Result<Vec<Customer>> {
        let company = actor.company();
        let address = EmailAddress::parse(text).ok();
        let number = CustomerNumber::parse(text).ok().map(|number| number_key(&number));
        let exact = self.0.view(|work| {
            let by_address = address.as_ref().map(|address| Customer::by_address(company, address.canonical()));
            let by_number = number.as_deref().map(|number| Customer::by_number(company, number));
            work.authorise(actor, Permission::ReadCustomers)?;
            let (by_address, by_number) = work.get((by_address, by_number))?;
            let found = [by_number.flatten(), by_address.flatten()].into_iter().flatten();
            Ok(found.filter(|found| found.must_be_within(work, actor).is_ok()).collect::<Vec<_>>())
        })?;
        let found = self.search(actor, text, &CustomerFilter::default(), &Paging::first(LOOKED_UP))?.items;
        let mut all: Vec<Customer> = Vec::new();
        for customer in exact.into_iter().chain(found) {
            if all.iter().all(|known| known.id != customer.id) {
                all.push(customer);
            }
        }
        all.truncate(LOOKED_UP as usize);
        Ok(all)
    }

    /// The lists of what a search finds, one for each department that the actor is limited to.
    fn found(&self, actor: Actor, text: &str, filter: &CustomerFilter) -> Result<Vec<Listing<Customer>>> {
        let scope = self.scope(actor)?;
        if text.trim().is_empty() && !filter.narrows() {
            return Ok(Vec::new());
        }
        let found = Customer::find(actor.company(), text);
        let found = filter.state.iter().fold(found, |found, state| found.marked("state", state.as_str()));
        let found = filter.tag.iter().fold(found, |found, tag| found.marked("tags", &tag.to_string()));
        Ok(match filter.department {
            Some(department) if scope.includes(Some(department)) => {
                vec![found.marked("department", &department.to_string())]
            }
            Some(_) => Vec::new(),
            None => scope.narrow(&found),
        })
    }

    /// Where the actor may look customers up.
    fn scope(&self, actor: Actor) -> Result<Scope> {
        self.0.view(|work| {
            work.authorise(actor, Permission::ReadCustomers)?;
            work.scope(actor)
        })
    }
}
