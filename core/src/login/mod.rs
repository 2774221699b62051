//! Logins: the people. One login per canonical e-mail address (invariant 28), whatever the company.
//!
//! ```
//! # use handfast::{Code, Handfast, store::Memory};
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! let login = handfast.logins().authenticate("ada@flora.example", "correct horse battery staple")?;
//! let wrong = handfast.logins().authenticate("ada@flora.example", "guess").unwrap_err();
//! let unknown = handfast.logins().authenticate("nobody@flora.example", "guess").unwrap_err();
//! assert_eq!((wrong.code(), unknown.code()), (Code::WrongPassword, Code::WrongPassword));
//! # Ok::<_, handfast::Error>(())
//! ```

mod email;
mod event;
mod name;
mod ops;
mod password;
mod present;
mod proof;
mod record;
mod reset;

pub use event::{LoginEvent, LoginEventKind};
pub use ops::Logins;
pub use record::Login;
pub use reset::ResetLink;

pub(crate) use name::{SignInName, folded};
pub(crate) use present::{Admitted, temporary_slot};
pub(crate) use record::AddressChange;
