//! Logins: the people. One login per canonical e-mail address (invariant 28), whatever the company. Only the person
//! changes the password and the address; no company sees what happens to a login (invariant 29).
//!
//! ```
//! # use handfast::{Code, Handfast, store::Memory};
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! let login = handfast.logins().authenticate("ada@flora.example", "correct horse battery staple")?;
//! let wrong = handfast.logins().authenticate("ada@flora.example", "guess").unwrap_err();
//! let unknown = handfast.logins().authenticate("nobody@flora.example", "guess").unwrap_err();
//! assert_eq!((wrong.code(), unknown.code()), (Code::WrongPassword, Code::WrongPassword));
//!
//! # handfast::example::delivered(&handfast)?;
//! // a link for whoever has forgotten the password, good once
//! handfast.logins().request_reset("ada@flora.example", None)?;
//! # let mails = handfast::example::delivered(&handfast)?;
//! # let after = mails[0].text.split_once("password/reset#").unwrap().1;
//! # let token = after.split_whitespace().next().unwrap();
//! assert_eq!(handfast.logins().reset_link(token)?.email.original(), "ada@flora.example");
//! handfast.logins().reset(token, "ada keeps a better horse")?;
//! assert_eq!(handfast.logins().authenticate("ada@flora.example", "ada keeps a better horse")?, login);
//! # Ok::<_, handfast::Error>(())
//! ```

mod email;
mod event;
mod forget;
mod name;
mod ops;
mod password;
mod present;
mod proof;
mod record;
mod reset;

pub use email::EmailChangeView;
pub use event::{LoginEvent, LoginEventKind};
pub use ops::Logins;
pub use record::Login;
pub use reset::ResetLink;

pub(crate) use name::{SignInName, folded};
pub(crate) use present::Admitted;
pub(crate) use record::AddressChange;
