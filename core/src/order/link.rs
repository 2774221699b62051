use super::{Order, OrderEvent, OrderState, Orders, Tally, next};
use crate::{
    actor::Actor,
    company::Permission,
    customer::Customer,
    error::Result,
    event::{By, EventKind},
    id::Id,
    store::Record,
    work::Work,
};

impl Orders<'_> {
    /// Links a guest order to a customer of the same company: the order is the customer's from then on, and stays what it was
    /// otherwise (invariant 36). Linking it to the customer that has it changes nothing.
    ///
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access; who is limited to departments, where both are within
    /// them. Errors: `role_too_low`, `not_found` (the order, the customer), `already_there` (linked to another: unlink it
    /// first), `wrong_state` (placed with an account).
    pub fn link(&self, actor: Actor, order: Id<Order>, customer: Id<Customer>) -> Result<Order> {
        self.0.change(|work| {
            let (order, found) = work.authorised_get(actor, Permission::SetUpCustomers, (order, customer))?;
            // one after the other: what is said of the second must not tell whether the first is elsewhere or nowhere
            let order = order.map_or_else(Order::missing, Ok)?;
            order.must_be_within(work, actor)?;
            let customer = found.map_or_else(Customer::missing, Ok)?;
            customer.must_be_within(work, actor)?;
            linked(work, actor, order, customer.id)
        })
    }

    /// Takes a linked order from its customer: it is a guest's again, and can be linked anew. Who may: as for `link`.
    ///
    /// Errors: `role_too_low`, `not_found`, `wrong_state` (it is linked to nobody, or was placed with an account).
    pub fn unlink(&self, actor: Actor, order: Id<Order>) -> Result<Order> {
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::SetUpCustomers, order)?;
            old.must_be_within(work, actor)?;
            let state = next(old.state, OrderEvent::Unlink)?;
            let new = Order { state, customer: None, ..old.clone() };
            work.put(&new);
            work.changed(new.company, actor, EventKind::OrderUnlinked, &new)?;
            old.customer.map_or(Ok(()), |customer| Tally::count(work, &new, customer, -1))?;
            Ok(new)
        })
    }
}

/// Gives a guest order to a customer, both of whom the caller has seen to be there.
pub(super) fn linked(work: &mut Work<'_>, by: impl Into<By>, old: Order, customer: Id<Customer>) -> Result<Order> {
    if old.state == OrderState::Linked && old.customer == Some(customer) {
        return Ok(old);
    }
    let new = Order { state: next(old.state, OrderEvent::Link)?, customer: Some(customer), ..old };
    work.put(&new);
    work.changed(new.company, by, EventKind::OrderLinked, &new)?;
    Tally::count(work, &new, customer, 1)?;
    Ok(new)
}

impl Order {
    /// Whether it is one of those that the actor may know of (invariants 35 and 37). Errors: `not_found`.
    pub(super) fn must_be_within(&self, work: &mut Work<'_>, actor: Actor) -> Result<()> {
        let within = self.company == actor.company() && work.scope(actor)?.includes(self.department);
        if within { Ok(()) } else { Order::missing() }
    }
}
