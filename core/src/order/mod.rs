//! Orders: references to the orders that the host has taken, of customers and of guests; a guest's can be linked to a customer.
//!
//! The host stays the keeper of its orders. What is recorded here says who ordered, where, when and for how much, so that
//! a customer and its orders are found together. The number of an order is the host's own, and the key under which it is
//! recorded once.
//!
//! ```
//! # use handfast::{Handfast, Timestamp, store::{Memory, Paging}};
//! use handfast::order::OrderInput;
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let placed: Timestamp = "2026-11-22T10:00:00Z".parse()?;
//! let order = handfast.orders().record(admin, &OrderInput {
//!     number: "B-1042".into(),
//!     email: Some("rosa@example.com".into()),
//!     name: Some("Rosa Campos".into()),
//!     amount: "48.50".into(),
//!     currency: "EUR".into(),
//!     ..OrderInput::placed(placed)
//! })?;
//! assert_eq!(order.customer, None, "a guest's");
//!
//! handfast.orders().link(admin, order.id, customer)?;
//! let page = handfast.customers().overview(admin, customer)?;
//! assert_eq!(page.orders[0].number.as_str(), "B-1042");
//! assert_eq!(page.totals[0].amount.to_string(), "48.5");
//! # Ok::<_, handfast::Error>(())
//! ```

mod answers;
mod claim;
mod file;
mod find;
mod link;
mod ops;
mod record;
mod state;
mod total;

pub use file::OrderInput;
pub use find::{LookedUp, OrderFilter};
pub use ops::Orders;
pub use record::{Order, OrderLines, OrderNumber};
pub use state::{OrderEvent, OrderState, next};
pub use total::OrderTotal;

pub(crate) use total::Tally;
