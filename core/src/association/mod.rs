//! Associations: people as users of a company's customers.
//!
//! An Admin invites a person; who has no login yet chooses a password, who has one confirms the association signed in.
//! Until then it opens nothing. Many are invited at once with [`Users::add_many`], from a file of any size with [`csv`].
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::{association::{AssociationState, UserInput}, session::{SignIn, SignedIn}};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let uma = UserInput {
//!     customer,
//!     email: "uma@rosas.example".into(),
//!     name: "Uma Uva".into(),
//!     login_name: Some("uma".into()),
//!     notes: None,
//! };
//! assert!(!handfast.users().preview(admin, &uma)?.association, "nobody has this address yet");
//! let invited = handfast.users().add(admin, &uma)?;
//! assert_eq!(invited.state, AssociationState::Pending);
//!
//! // the mail holds a temporary password, which opens nothing but the choice of another
//! let temporary = handfast::example::mailed_password(&handfast)?;
//! let sign_in = SignIn { name: "uma".into(), company: Some(admin.company()), password: temporary, ..SignIn::default() };
//! assert!(matches!(handfast.sessions().sign_in(&sign_in)?, SignedIn::ChoosePassword));
//! # Ok::<_, handfast::Error>(())
//! ```

mod answer;
mod bulk;
pub mod csv;
mod first;
mod invite;
mod ops;
mod record;
mod rehearsal;
mod send;
mod state;
mod waiting;

pub use crate::bulk::BulkMode;
pub use answer::{FirstPassword, OwnAssociation, UserInvitation};
pub use bulk::{BulkTotals, BulkUsers, UserOutcome, UserRow};
pub use invite::UserInput;
pub use ops::{Preview, Users};
pub use record::{Association, LoginName};
pub use state::{AssociationEvent, AssociationState, next};
