//! The typed inputs and outputs of handfast, and the one table of operations: what every binding is made from.
//!
//! ```
//! use handfast_contract::{Actor, Handle, Settings, SignUp};
//!
//! let handle = Handle::open("memory:", Settings::default())?;
//! let flora = handle.companies().sign_up(SignUp {
//!     name: "Flora Export".into(),
//!     country: "EC".into(),
//!     locale: "es-EC".into(),
//!     time_zone: "America/Guayaquil".into(),
//!     admin_name: "Ada Flores".into(),
//!     admin_email: "ada@flora.example".into(),
//!     admin_password: "correct horse battery staple".to_owned().into(),
//!     trial_ends: None,
//!     attribution: None,
//! })?;
//! let ada = Actor::Staff { login: flora.admin.login, company: flora.company.id };
//! assert!(handle.invites().link(ada)?.url.starts_with("http"));
//! # Ok::<_, handfast_contract::Failure>(())
//! ```
//!
//! A host in Rust uses `handfast` itself. Here everything is plain data that each language has: ids and decimals are
//! texts with a type of their own, times are milliseconds, enums are lists of choices, pages have an item type each.
#![deny(unsafe_code)]

mod callback;
mod clock;
mod copy;
mod describe;
mod door;
mod failure;
mod handle;
mod language;
mod log;
mod open;
mod operations;
mod scalar;
pub mod shape;
mod types;
mod verbs;

pub use callback::{Permanence, Rejection};
pub use clock::ManualClock;
pub use describe::{Kind, OPERATIONS, Operation, Parameter, Who};
pub use door::{Asked, operation_names};
pub use failure::{Failure, FieldFault};
pub use handfast::{Category, Code};
pub use handle::Handle;
pub use log::{LogLevel, LogRecord, Logger};
pub use open::{BrandInput, Hashing, PolicyInput, Settings, Touch};
pub use scalar::{AnswerValue, Answers, Bytes, Columns, Decimal, Duration, Secret, Texts, Timestamp};
pub use types::*;

#[cfg(feature = "mobile")]
pub use language::mobile;
#[cfg(feature = "node")]
pub use language::node;
#[cfg(feature = "python")]
pub use language::python;

#[cfg(feature = "mobile")]
uniffi::setup_scaffolding!();
