use super::{Order, OrderTotal, Tally};
use crate::{
    actor::Actor,
    company::{Permission, Scope},
    customer::Customer,
    error::Result,
    handfast::Handfast,
    id::Id,
    store::{Page, Paging},
};

/// The verbs of orders: `handfast.orders()`.
#[derive(Clone, Copy, Debug)]
pub struct Orders<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Orders: record, look up, link.
    pub fn orders(&self) -> Orders<'_> {
        Orders(self)
    }
}

/// Places and currencies that one customer has orders in; nobody is known to have more.
const TOTALS: u32 = 500;

impl Orders<'_> {
    /// One order. Who may: every role; who is limited to departments, of an order placed in those.
    /// Errors: `role_too_low`, `not_found`.
    pub fn get(&self, actor: Actor, order: Id<Order>) -> Result<Order> {
        self.0.view(|work| {
            let order = work.authorised(actor, Permission::ReadCustomers, order)?;
            order.must_be_within(work, actor).map(|()| order)
        })
    }

    /// The company's orders, the newest first; of who is limited to departments those placed there. Who may: every role.
    /// Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, paging: &Paging) -> Result<Page<Order>> {
        let (scope, company) = (self.0.reading_scope(actor)?, actor.company());
        let whole = || Order::of_company(company).descending();
        let within = |department| Order::of_department(company, department).descending();
        self.0.list_all(&scope.narrowed(whole, within), paging)
    }

    /// The orders of one customer, the newest first; of who is limited to departments those placed there. Who may: every role.
    /// Errors: `role_too_low`, `not_found` (the customer), `not_a_cursor`.
    pub fn of_customer(&self, actor: Actor, customer: Id<Customer>, paging: &Paging) -> Result<Page<Order>> {
        let scope = self.seen(actor, customer)?;
        self.of(customer, &scope, paging)
    }

    /// What one customer has ordered, by place and currency; of who is limited to departments those places alone.
    /// Who may: every role. Errors: `role_too_low`, `not_found` (the customer).
    pub fn totals(&self, actor: Actor, customer: Id<Customer>) -> Result<Vec<OrderTotal>> {
        let scope = self.seen(actor, customer)?;
        self.totals_of(customer, &scope)
    }

    pub(crate) fn of(&self, customer: Id<Customer>, scope: &Scope, paging: &Paging) -> Result<Page<Order>> {
        let all = Order::of_customer(customer).descending();
        self.0.list_where(&[all], paging, |order| scope.includes(order.department))
    }

    pub(crate) fn totals_of(&self, customer: Id<Customer>, scope: &Scope) -> Result<Vec<OrderTotal>> {
        let all = self.0.list(Tally::of_customer(customer), &Paging::first(TOTALS))?.items;
        Ok(all.into_iter().filter_map(Tally::seen).filter(|total| scope.includes(total.department)).collect())
    }

    /// Where the actor may look up this customer.
    fn seen(&self, actor: Actor, customer: Id<Customer>) -> Result<Scope> {
        self.0.view(|work| {
            let customer = work.authorised(actor, Permission::ReadCustomers, customer)?;
            customer.must_be_within(work, actor)?;
            work.scope(actor)
        })
    }
}
