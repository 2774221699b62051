use serde::{Deserialize, Serialize};

use super::{Order, OrderNumber, OrderState, Orders};
use crate::{
    actor::Actor,
    company::Department,
    customer::Customer,
    error::Result,
    id::Id,
    store::{Page, Paging},
};

/// What a search for orders is narrowed to; nothing narrows it unless told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderFilter {
    /// Only those placed in this department.
    pub department: Option<Id<Department>>,
    /// Only those of this state: guest orders that nobody has, say.
    pub state: Option<OrderState>,
}

/// What one box finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LookedUp {
    /// Customers, at most ten.
    pub customers: Vec<Customer>,
    /// Orders, at most ten.
    pub orders: Vec<Order>,
}

/// What one box shows of each kind, at most.
const LOOKED_UP: u32 = 10;

impl Orders<'_> {
    /// Orders by words: each word of `text` is the beginning of a word in the number, the buyer's address or name, without
    /// regard to case and accents. They come in the order of the words found, whole words first. Only those that `filter`
    /// leaves, and of who is limited to departments those placed there. A blank text finds all that a filter leaves, and
    /// without a filter nothing. Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn search(&self, actor: Actor, text: &str, filter: &OrderFilter, paging: &Paging) -> Result<Page<Order>> {
        let scope = self.scope(actor)?;
        let narrows = filter.department.is_some() || filter.state.is_some();
        if text.trim().is_empty() && !narrows {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let found = Order::find(actor.company(), text);
        let found = filter.state.iter().fold(found, |found, state| found.marked("state", state.as_str()));
        self.0.list_all(&scope.narrow_to(filter.department, &found), paging)
    }

    /// A customer or an order from one box: an order number, an e-mail address, a name, a phone number, a customer number, a
    /// tag. At most ten of each; an order of exactly this number is the only one. Who may: every role. Errors: `role_too_low`.
    pub fn look_up(&self, actor: Actor, text: &str) -> Result<LookedUp> {
        let customers = self.0.customers();
        if let Some(order) = self.numbered(actor, text)? {
            return Ok(LookedUp { customers: customers.exact(actor, text)?, orders: vec![order] });
        }
        let orders = self.search(actor, text, &OrderFilter::default(), &Paging::first(LOOKED_UP))?.items;
        Ok(LookedUp { customers: customers.lookup(actor, text)?, orders })
    }

    /// The order of exactly this number, if the actor may see it.
    pub(crate) fn numbered(&self, actor: Actor, number: &str) -> Result<Option<Order>> {
        let number = OrderNumber::parse(number).ok();
        let scope = self.scope(actor)?;
        let key = || number.as_ref().map(|number| Order::by_number(actor.company(), number));
        let found = self.0.view(|work| work.get(key()))?.flatten();
        Ok(found.filter(|order| scope.includes(order.department)))
    }
}
