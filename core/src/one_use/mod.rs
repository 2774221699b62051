//! Secrets that open something once: codes that are typed in, tokens that stand in links.
//!
//! Each lives in a slot (what it is for, and for whom); issuing a newer one overwrites it, so at most one
//! is live (invariants 7 and 12). Its state is written down when it is seen to change, so that no clock that
//! goes back and no rolled-back change revives it (invariants 8 and 11).

mod record;
mod state;

pub(crate) use record::{Redeemed, Ticket, TicketPurpose};
pub use state::{TicketEvent, TicketState, next};
