use rust_decimal::Decimal;
use serde::Serialize;

use super::Order;
use crate::{
    company::{Company, Department},
    customer::Customer,
    error::Result,
    id::Id,
    record,
    value::{Currency, Sum},
    work::Work,
};

/// What a customer has ordered in one place and one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderTotal {
    /// The department; `None` for the company as a whole.
    pub department: Option<Id<Department>>,
    /// The currency.
    pub currency: Currency,
    /// How many orders.
    pub orders: i64,
    /// What they come to.
    pub amount: Sum,
}

record! {
    /// The orders of a customer in one place and one currency, counted as they come and go.
    pub(crate) struct Tally in "order_total" {
        /// The id.
        id: Id<Tally>,
        /// The company.
        company: Id<Company>,
        /// The customer.
        customer: Id<Customer>,
        /// The department, or the company where there is none: what makes it unique.
        place: Id<()>,
        /// The department.
        department: Option<Id<Department>>,
        /// The currency.
        currency: Currency,
        /// How many orders.
        orders: i64,
        /// What they come to, in whole units. Apart from the rest, so that no sum of the largest amounts is too large for
        /// a column: nine million orders of a million millions.
        units: i64,
        /// And in ten thousandths.
        parts: i64,
    }
    unique by_place(customer: Id<Customer>, place: Id<()>, currency: Currency);
    index of_customer(customer: Id<Customer>) by (currency);
    counts (orders, units, parts);
}

/// Ten thousandths in a unit: an amount has four decimals at most.
const PARTS: i128 = 10_000;

impl Tally {
    /// Counts an order in for a customer (`times` is 1), or out (-1).
    pub(super) fn count(work: &mut Work<'_>, order: &Order, customer: Id<Customer>, times: i64) -> Result<()> {
        let place = order.department.map_or_else(|| order.company.cast(), Id::cast);
        let (units, parts) = split(order.amount.decimal());
        let (orders, units, parts) = (times, units * times, parts * times);
        if let Some(tally) = work.get(Tally::by_place(customer, place, order.currency))? {
            work.add(tally.id, "orders", orders);
            work.add(tally.id, "units", units);
            work.add(tally.id, "parts", parts);
            return Ok(());
        }
        let (id, Order { company, department, currency, .. }) = (work.new_id()?, order.clone());
        work.insert(&Tally { id, company, customer, place, department, currency, orders, units, parts });
        Ok(())
    }

    /// As it is shown; `None` where all orders went elsewhere.
    pub(crate) fn seen(self) -> Option<OrderTotal> {
        let Tally { department, currency, orders, units, parts, .. } = self;
        let amount = Decimal::from_i128_with_scale(i128::from(units) * PARTS + i128::from(parts), 4);
        let amount = Sum::new(amount).ok().filter(|_| orders != 0)?;
        Some(OrderTotal { department, currency, orders, amount })
    }
}

/// Whole units and ten thousandths; an amount is small enough for both.
fn split(amount: Decimal) -> (i64, i64) {
    let mut amount = amount;
    amount.rescale(4);
    let small = |part: i128| i64::try_from(part).unwrap_or_default();
    (small(amount.mantissa() / PARTS), small(amount.mantissa() % PARTS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Amount;

    #[test]
    fn an_amount_is_split_without_loss() {
        for (amount, parts) in
            [("0", (0, 0)), ("12.5", (12, 5_000)), ("0.0001", (0, 1)), ("999999999999.9999", (999_999_999_999, 9_999))]
        {
            assert_eq!(split(Amount::parse(amount).unwrap().decimal()), parts);
        }
    }
}
