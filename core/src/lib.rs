//! Onboarding between businesses, as a library: an invite link brings customers in, who are verified, approved and
//! activated, with the mails, the audit trail and the storage already right.
//!
//! ```
//! use handfast::{Handfast, company::SignUp, store::Memory};
//!
//! let handfast = Handfast::builder(Memory::new()).build()?;
//! let flora = handfast.companies().sign_up(&SignUp {
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
//! let link = handfast.invites().link(flora.actor())?;
//! assert!(link.url.ends_with(&link.slug.to_string()));
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! [`Memory`](store::Memory) forgets; `handfast-sqlite` keeps everything in one file. The capabilities are
//! [`company`], [`invite`], [`request`], [`customer`], [`question`], [`association`], [`login`], [`session`], [`two_factor`],
//! [`partner`], [`course`], [`mail`] and [`event`]; each page begins with an example.
//!
//! Every call that acts for a company takes an [`Actor`]; every failure is an [`Error`] with a stable [`Code`]; every
//! number stands in [`Policy`].
#![forbid(unsafe_code)]

mod actor;
mod bulk;
mod clock;
mod csv;
mod error;
mod handfast;
mod id;
mod limit;
mod policy;
mod progress;
mod qr;
mod random;
mod replay;
mod schema;
mod work;

pub mod association;
pub mod checkout;
pub mod company;
pub mod copy;
pub mod course;
pub mod customer;
pub mod event;
pub mod example;
pub mod invite;
pub mod login;
pub mod machine;
pub mod mail;
pub mod one_use;
pub mod order;
pub mod partner;
pub mod privacy;
pub mod question;
pub mod request;
pub mod secret;
pub mod session;
pub mod store;
pub mod tag;
pub mod two_factor;
pub mod value;

pub use actor::Actor;
pub use clock::{Clock, SystemClock, Timestamp};
pub use error::{Category, Checked, Code, Error, Fault, Faults, Result};
pub use handfast::{Builder, Handfast, HostError};
pub use id::Id;
pub use policy::{Policy, Touch};
pub use progress::Progress;
pub use random::{Random, SystemRandom};
pub use schema::SCHEMA;
pub use work::Work;
