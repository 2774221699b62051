//! Companies: who sells, who works there, and the lists their customers are set up with.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! use handfast::company::{Role, SignUp, StaffInput};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! let signed_up = handfast.companies().sign_up(&SignUp {
//!     name: "Flora Export".into(),
//!     country: "EC".into(),
//!     locale: "es-EC".into(),
//!     time_zone: "America/Guayaquil".into(),
//!     trial_ends: None,
//!     attribution: None,
//!     admin_name: "Ada Flores".into(),
//!     admin_email: "ada@flora.example".into(),
//!     admin_password: "correct horse battery staple".into(),
//! })?;
//! let admin = signed_up.actor();
//! let pedro = StaffInput { email: "pedro@flora.example".into(), name: "Pedro Paz".into(), role: Role::ProcurementManager };
//! handfast.staff().invite(admin, &pedro)?;
//! assert_eq!(handfast.staff().list(admin, &Paging::default())?.items.len(), 2);
//! # Ok::<_, handfast::Error>(())
//! ```

mod offers;
mod ops;
mod permission;
mod record;
mod scope;
mod staff;
mod state;
mod trial;

pub use offers::{Carrier, Department, Offer, OfferState, Offers, PriceType};
pub use ops::{AccessInput, Companies, CompanyInput, SignUp, SignedUp};
pub use permission::{Permission, Role};
pub use record::{Company, InvitationStyle, Staff};
pub use scope::Scope;
pub use staff::{StaffInput, StaffInvitation, StaffMembers};
pub use state::{StaffEvent, StaffState, next};
pub use trial::{TrialEvent, TrialState, next_trial};
