//! Associations: people as users of a company's customers.
//!
//! An Admin invites a person; who has no login yet chooses a password, who has one confirms the association signed in.
//! Until then it opens nothing.

mod answer;
mod first;
mod ops;
mod record;
mod send;
mod state;

pub use answer::{FirstPassword, OwnAssociation, UserInvitation};
pub use ops::{Preview, UserInput, Users};
pub use record::{Association, LoginName};
pub use state::{AssociationEvent, AssociationState, next};
