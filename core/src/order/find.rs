use serde::{Deserialize, Serialize};

use super::{Order, OrderState, Orders};
use crate::{
    actor::Actor,
    company::{Department, Scope},
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
        self.searched(actor, text, (filter, paging), &self.0.reading_scope(actor)?)
    }

    fn searched(
        &self,
        actor: Actor,
        text: &str,
        (filter, paging): (&OrderFilter, &Paging),
        scope: &Scope,
    ) -> Result<Page<Order>> {
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
        let meant = customers.meant(actor, text)?;
        if let Some(order) = &meant.order {
            return Ok(LookedUp { customers: customers.exact(actor, text, &meant)?, orders: vec![order.clone()] });
        }
        let few = (&OrderFilter::default(), &Paging::first(LOOKED_UP));
        let orders = self.searched(actor, text, few, &meant.scope)?.items;
        Ok(LookedUp { customers: customers.looked_up(actor, text, &meant)?, orders })
    }
}
