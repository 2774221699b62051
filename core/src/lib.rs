//! Onboarding between businesses, as a library.

mod clock;
mod error;
mod id;
mod random;

pub mod mail;
pub mod secret;
pub mod store;
pub mod value;

pub use clock::{Clock, SystemClock, Timestamp};
pub use error::{Category, Checked, Code, Error, Fault, Faults, Result};
pub use id::Id;
pub use random::{Random, SystemRandom};
