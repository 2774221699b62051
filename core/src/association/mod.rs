//! Associations: people as users of a company's customers.

mod record;
mod state;

pub use record::{Association, LoginName};
pub use state::{AssociationEvent, AssociationState, next};
