//! Sessions: a person signs in once and moves between all that the person is.
//!
//! ```
//! # use handfast::{Code, Handfast, store::Memory};
//! use handfast::session::{Context, SignIn, SignedIn};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! let ada = SignIn {
//!     name: "ada@flora.example".into(),
//!     password: "correct horse battery staple".into(),
//!     device: Some("Firefox on Linux".into()),
//!     ..SignIn::default()
//! };
//! let SignedIn::Active(held) = handfast.sessions().sign_in(&ada)? else { panic!("no second factor is asked for") };
//!
//! // at every request: who is it, and what may be done?
//! let who = handfast.sessions().resolve(held.token.expose())?;
//! assert!(matches!(who.context, Context::Staff { .. }));
//! let actor = who.actor().expect("a member of the staff");
//! assert_eq!(handfast.companies().get(actor)?.name.as_str(), "Flora Export");
//!
//! handfast.sessions().sign_out(held.token.expose(), None)?;
//! assert_eq!(handfast.companies().get(actor).unwrap_err().code(), Code::NotSignedIn);
//! # Ok::<_, handfast::Error>(())
//! ```

mod authority;
mod identity;
mod ops;
mod record;
mod resolve;
mod sign_in;
mod standing;
mod state;

pub use identity::{Context, Identities, Identity};
pub use ops::{Choice, IdentityView, SessionView, Sessions};
pub use record::{Adding, Session};
pub use resolve::Resolved;
pub use sign_in::{Held, SignIn, SignedIn};
pub use state::{SessionEvent, SessionState, next};
