//! Two-factor: an authenticator app beside the password, and recovery codes for the day it is lost.
//!
//! ```
//! # use handfast::{Code, Handfast, store::Memory};
//! # use handfast::session::{SignIn, SignedIn};
//! use handfast::two_factor::TwoFactorState;
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! # let password = "correct horse battery staple";
//! # let input = SignIn { name: "ada@flora.example".into(), password: password.into(), ..SignIn::default() };
//! # let SignedIn::Active(held) = handfast.sessions().sign_in(&input)? else { panic!() };
//! # let session = held.token.expose();
//! let enrolment = handfast.two_factor().enrol(session, password, None)?;
//! assert!(enrolment.qr_svg.contains("<svg"), "what the app scans");
//! # let app = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(&enrolment.secret).unwrap());
//! # let app = app.build_noncompliant();
//! # let code = app.generate(handfast.now().millis() as u64 / 1_000).to_string();
//! let recovery_codes = handfast.two_factor().confirm(session, &code)?;
//! assert_eq!(recovery_codes.0.len(), 10);
//! assert_eq!(handfast.two_factor().status(session)?.state, TwoFactorState::On);
//!
//! // from now on the password alone opens nothing
//! let SignedIn::SecondFactor(waiting) = handfast.sessions().sign_in(&input)? else { panic!() };
//! let again = handfast.sessions().finish(waiting.token.expose(), &code).unwrap_err();
//! assert_eq!(again.code(), Code::WrongCode, "a code is used up");
//! handfast.sessions().finish(waiting.token.expose(), &recovery_codes.0[0])?;
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! All tries are counted together, for the login and wherever a code is asked for: after `sign_in_attempts` wrong ones
//! in a row none is looked at for `first_lockout`, twice as long after each further one, up to `longest_lockout`. A right
//! code clears the count, and so does a time of `lockout_memory` without a wrong one; a right password does not.

mod check;
mod ops;
mod record;
mod state;
mod totp;

pub use check::Factor;
pub use ops::{Enrolment, RecoveryCodes, TwoFactorStatus, TwoFactors};
pub use state::{TwoFactorEvent, TwoFactorState, next};

pub(crate) use check::{Outcome, check, scope};
pub(crate) use record::{StoredCode, TwoFactor, forget};
