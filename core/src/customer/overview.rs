use serde::Serialize;

use super::{Customer, Customers};
use crate::{
    actor::Actor,
    association::Association,
    company::{Permission, Scope},
    error::Result,
    event::Event,
    id::Id,
    order::{Order, OrderTotal},
    store::{Page, Paging, Record},
    tag::TagView,
};

/// All that a customer's page shows. Lists show their beginning.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CustomerOverview {
    /// The customer, with its contact data.
    pub customer: Customer,
    /// Its tags.
    pub tags: Vec<TagView>,
    /// Its users, the first 20, in the order they were asked: more by `users.of_customer`.
    pub users: Vec<Association>,
    /// Its orders, the newest 20: more by `orders.of_customer`.
    pub orders: Vec<Order>,
    /// What it has ordered, by place and currency.
    pub totals: Vec<OrderTotal>,
    /// Guest orders of its address that nobody has, the newest 20: they may be its own, to be linked.
    pub unclaimed: Vec<Order>,
    /// What happened to it, its users and its orders, the newest 20: more by `customers.timeline`.
    pub timeline: Vec<Event>,
}

/// Entries that each list of the page begins with.
const SHOWN: u32 = 20;

impl Customers<'_> {
    /// A customer's page: contact, tags, users, orders with what they come to, what happened. Who is limited to departments sees
    /// the orders placed there, and nothing of the others in the timeline. Who may: every role.
    /// Errors: `role_too_low`, `not_found`.
    pub fn overview(&self, actor: Actor, customer: Id<Customer>) -> Result<CustomerOverview> {
        let (customer, tags, scope) = self.0.view(|work| {
            let customer = work.authorised(actor, Permission::ReadCustomers, customer)?;
            customer.must_be_within(work, actor)?;
            let (tags, scope) = (work.get(customer.tags.all().collect::<Vec<_>>())?, work.scope(actor)?);
            Ok((customer, tags, scope))
        })?;
        let (handfast, first) = (self.0, Paging::first(SHOWN));
        let users = handfast.list(Association::of_customer(customer.id), &first)?;
        let unclaimed = Order::unclaimed(customer.company, &customer.address).descending();
        let unclaimed = handfast.list_where(&[unclaimed], &first, |order| scope.includes(order.department))?;
        Ok(CustomerOverview {
            tags: tags.into_iter().flatten().filter_map(|tag| TagView::shown(tag, scope.is_whole())).collect(),
            users: users.map(|user| user.seen_at(handfast.now())).items,
            orders: handfast.orders().of(customer.id, &scope, &first)?.items,
            totals: handfast.orders().totals_of(customer.id, &scope)?,
            unclaimed: unclaimed.items,
            timeline: self.happened(&customer, &scope, &first)?.items,
            customer,
        })
    }

    /// What happened to a customer, its users and its orders, the newest first; not what happened to orders, for who is limited
    /// to departments. Who may: every role. Errors: `role_too_low`, `not_found`, `not_a_cursor`.
    pub fn timeline(&self, actor: Actor, customer: Id<Customer>, paging: &Paging) -> Result<Page<Event>> {
        let (customer, scope) = self.0.view(|work| {
            let customer = work.authorised(actor, Permission::ReadCustomers, customer)?;
            customer.must_be_within(work, actor)?;
            work.scope(actor).map(|scope| (customer, scope))
        })?;
        self.happened(&customer, &scope, paging)
    }

    fn happened(&self, customer: &Customer, scope: &Scope, paging: &Paging) -> Result<Page<Event>> {
        let all = Event::of_customer(customer.company, customer.id).descending();
        // an event does not say where its order was placed
        self.0.list_where(&[all], paging, |event| scope.is_whole() || event.subject_kind != Order::TABLE.name)
    }
}
