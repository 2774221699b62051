//! Sessions: a person signs in once and moves between all that the person is.

mod authority;
mod identity;
mod record;
mod state;

pub use identity::{Context, Identities, Identity};
pub use record::{Adding, Session};
pub use state::{SessionEvent, SessionState, next};
