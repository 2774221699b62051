use serde::Deserialize;

use super::{Customer, CustomerNumber, CustomerState, Customers, create::number_key};
use crate::{
    actor::Actor,
    company::{Department, Permission, Scope},
    error::Result,
    id::Id,
    order::{Order, OrderNumber},
    store::{Listing, Page, Paging},
    tag::{Tag, TagName},
    value::{EmailAddress, name_key},
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

    fn lets(&self, customer: &Customer) -> bool {
        let of = |department| customer.department == Some(department);
        self.department.is_none_or(of)
            && self.state.is_none_or(|state| customer.state == state)
            && self.tag.is_none_or(|tag| customer.tags.has(tag))
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
        let scope = self.0.reading_scope(actor)?;
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
        if filter.narrows() { Ok(self.meant(actor, "")?.found(actor, "", filter)) } else { self.listed(actor, None) }
    }

    /// Customers by words: each word of `text` is the beginning of a word in the names, the address, the tax id or the
    /// number, without regard to case and accents, or of the phone number however it is written: `020 7946 0958` finds
    /// `+44 (0)20 7946-0958`. `_` and `%` are letters. They come in the order of the words found, whole words first.
    ///
    /// Only those that `filter` leaves, and of who is limited to departments those of its own. A blank text finds all that a
    /// filter leaves, the oldest first, and nothing without one; only the first 1,000 characters are looked at. A text whose
    /// words find nobody may be the name of a tag, and finds all that have it, or the number of an order, and finds whose it is.
    /// Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn search(&self, actor: Actor, text: &str, filter: &CustomerFilter, paging: &Paging) -> Result<Page<Customer>> {
        self.searched(actor, text, (filter, paging), &self.meant(actor, text)?)
    }

    fn searched(
        &self,
        actor: Actor,
        text: &str,
        (filter, paging): (&CustomerFilter, &Paging),
        meant: &Meant,
    ) -> Result<Page<Customer>> {
        let found = meant.found(actor, text, filter);
        if !meant.is_something() || !self.0.list_all(&found, &Paging::first(1))?.items.is_empty() {
            return self.0.list_all(&found, paging);
        }
        match (meant.tag, filter.tag) {
            (Some(tag), None) => self.0.list_all(&meant.tagged(actor, filter, tag), paging),
            _ => {
                let items = meant.buyer.iter().filter(|buyer| filter.lets(buyer)).cloned().collect();
                Ok(Page { items, next: None })
            }
        }
    }

    /// Customers for the till, from one string: whose e-mail address, customer number or order number it is. Only where it is
    /// nobody's, those that `search` finds, then those that have a tag of this name; at most ten. Who may: every role.
    /// Errors: `role_too_low`.
    pub fn lookup(&self, actor: Actor, text: &str) -> Result<Vec<Customer>> {
        self.looked_up(actor, text, &self.meant(actor, text)?)
    }

    /// The same, once it is known what the text may mean.
    pub(crate) fn looked_up(&self, actor: Actor, text: &str, meant: &Meant) -> Result<Vec<Customer>> {
        let exact = self.exact(actor, text, meant)?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        let (all, few) = (CustomerFilter::default(), Paging::first(LOOKED_UP));
        let mut found = self.searched(actor, text, (&all, &few), meant)?.items;
        if let Some(tag) = meant.tag {
            found.extend(self.0.list_all(&meant.tagged(actor, &all, tag), &few)?.items);
        }
        Ok(each_once(found))
    }

    /// Whose e-mail address, customer number or order number a text is.
    pub(crate) fn exact(&self, actor: Actor, text: &str, meant: &Meant) -> Result<Vec<Customer>> {
        let company = actor.company();
        let address = EmailAddress::parse(text).ok();
        let number = CustomerNumber::parse(text).ok().map(|number| number_key(&number));
        let found = self.0.view(|work| {
            let by_address = address.as_ref().map(|address| Customer::by_address(company, address.canonical()));
            let by_number = number.as_deref().map(|number| Customer::by_number(company, number));
            let (by_address, by_number) = work.get((by_address, by_number))?;
            Ok([by_number.flatten(), by_address.flatten()])
        })?;
        let found = found.into_iter().flatten().filter(|found| meant.scope.includes(found.department));
        Ok(each_once(found.chain(meant.buyer.clone()).collect()))
    }

    /// Where the actor may look customers up, and what a text may mean beyond its words. Errors: `role_too_low`.
    pub(crate) fn meant(&self, actor: Actor, text: &str) -> Result<Meant> {
        let company = actor.company();
        let name = TagName::parse(text).ok().map(|name| name_key(name.as_str()));
        let number = OrderNumber::parse(text).ok();
        self.0.view(|work| {
            let tag = name.as_deref().map(|name| Tag::by_name(company, name));
            let order = number.as_ref().map(|number| Order::by_number(company, number));
            let (tag, order) = work.authorised_get(actor, Permission::ReadCustomers, (tag, order))?;
            let scope = work.scope(actor)?;
            let order = order.flatten().filter(|order| scope.includes(order.department));
            let buyer = work.get(order.as_ref().and_then(|order| order.customer))?.flatten();
            Ok(Meant {
                tag: tag.flatten().filter(|tag| tag.must_be_usable(company).is_ok()).map(|tag| tag.id),
                buyer: buyer.filter(|buyer| scope.includes(buyer.department)),
                order,
                scope,
            })
        })
    }
}

/// The first ten, each once.
fn each_once(found: Vec<Customer>) -> Vec<Customer> {
    let mut all: Vec<Customer> = Vec::new();
    for customer in found {
        if all.iter().all(|known| known.id != customer.id) {
            all.push(customer);
        }
    }
    all.truncate(LOOKED_UP as usize);
    all
}

/// What a text that is searched for may mean, within where the actor works.
pub(crate) struct Meant {
    pub(crate) scope: Scope,
    /// The tag that it is the name of.
    tag: Option<Id<Tag>>,
    /// The order that it is the number of.
    pub(crate) order: Option<Order>,
    /// Whose order it is the number of.
    buyer: Option<Customer>,
}

impl Meant {
    fn is_something(&self) -> bool {
        self.tag.is_some() || self.buyer.is_some()
    }

    /// The lists of those that have a tag, too.
    fn tagged(&self, actor: Actor, filter: &CustomerFilter, tag: Id<Tag>) -> Vec<Listing<Customer>> {
        self.found(actor, "", &CustomerFilter { tag: Some(tag), ..filter.clone() })
    }

    /// The lists of what the words find, one for each department that the actor is limited to.
    fn found(&self, actor: Actor, text: &str, filter: &CustomerFilter) -> Vec<Listing<Customer>> {
        if text.trim().is_empty() && !filter.narrows() {
            return Vec::new();
        }
        let found = Customer::find(actor.company(), text);
        let found = filter.state.iter().fold(found, |found, state| found.marked("state", state.as_str()));
        let found = filter.tag.iter().fold(found, |found, tag| found.marked("tags", &tag.to_string()));
        self.scope.narrow_to(filter.department, &found)
    }
}
