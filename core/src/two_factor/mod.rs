//! Two-factor: an authenticator app beside the password, and recovery codes for the day it is lost.
//!
//! ```
//! # use handfast::{Handfast, store::Memory, two_factor::TwoFactorState};
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! # Ok::<_, handfast::Error>(())
//! ```

mod check;
mod ops;
mod record;
mod state;
mod totp;

pub use check::Factor;
pub use ops::{Enrolment, RecoveryCodes, TwoFactorStatus, TwoFactors};
pub use state::{TwoFactorEvent, TwoFactorState, next};

pub(crate) use check::{Outcome, check};
pub(crate) use record::{StoredCode, TwoFactor};
