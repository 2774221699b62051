//! The customer's side: its orders, and those it placed before it had an account.

use super::{Order, OrderState, Orders, link::linked};
use crate::{
    customer::Customer,
    error::Result,
    event::By,
    id::Id,
    login::Login,
    session::Session,
    store::{Page, Paging, Record},
};

impl Orders<'_> {
    /// The orders of the customer whom the session acts for, the newest first.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `customer_inactive`, `customer_only`,
    /// `not_a_cursor`.
    pub fn mine(&self, session_token: &str, paging: &Paging) -> Result<Page<Order>> {
        let (_, customer) = self.0.view(|work| Session::customer(work, session_token))?;
        self.0.list(Order::of_customer(customer.id).descending(), paging)
    }

    /// "Your past orders": guest orders of the company that nobody has, placed with the address that the signed-in person has
    /// proved to be theirs; the newest first.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `customer_inactive`, `customer_only`,
    /// `not_a_cursor`.
    pub fn claimable(&self, session_token: &str, paging: &Paging) -> Result<Page<Order>> {
        let (login, customer) = self.0.view(|work| Session::customer(work, session_token))?;
        if login.verified.is_none() {
            return Ok(Page { items: Vec::new(), next: None });
        }
        self.0.list(Order::unclaimed(customer.company, &login.address).descending(), paging)
    }

    /// Links one of them to the customer. The order's address must be the one that the person has proved to be theirs
    /// (invariant 36); any other order is not there. Claiming it once more changes nothing.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `customer_inactive`, `customer_only`, `not_found`.
    pub fn claim(&self, session_token: &str, order: Id<Order>) -> Result<Order> {
        self.0.change(|work| {
            let (login, customer) = Session::customer(work, session_token)?;
            let found = work.get(order)?.filter(|order| order.can_be_claimed(&login, &customer));
            let order = found.map_or_else(Order::missing, Ok)?;
            linked(work, By::User(login.id), order, customer.id)
        })
    }
}

impl Order {
    fn can_be_claimed(&self, login: &Login, customer: &Customer) -> bool {
        let own = match self.state {
            OrderState::Guest => true,
            OrderState::Linked => self.customer == Some(customer.id),
            OrderState::Account => false,
        };
        own && self.company == customer.company && login.verified.is_some() && self.address == login.address
    }
}
