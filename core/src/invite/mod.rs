//! The permanent invite link of a company, and the visitor's way from the link to a filed request.
//!
//! A visitor opens the link (which consumes nothing), gives an address, types the code that is mailed to it, and
//! gives the details of the business. Who comes back with the same address sees the request that is there.
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::invite::{LinkStanding, QrOptions};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let admin = handfast::example::sign_up(&handfast)?;
//! let link = handfast.invites().link(admin)?;
//! let svg = link.qr_svg(&QrOptions::default())?;
//! assert!(svg.starts_with("<?xml"));
//!
//! let opened = handfast.invites().open(link.slug.to_string().as_str())?;
//! assert_eq!(opened.standing, LinkStanding::Open);
//! assert_eq!(opened.company.as_str(), "Flora Export");
//! let started = handfast.invites().start(&link.slug.to_string(), "buyer@rosas.example", Some("es"))?;
//! # let code = handfast::example::mailed_code(&handfast)?;
//! let verified = handfast.invites().verify(started.visit, &code)?;
//! assert!(verified.request.is_none());
//! # Ok::<_, handfast::Error>(())
//! ```

mod answers;
mod form;
mod links;
mod record;
mod state;
mod visit;

pub use crate::qr::{ErrorCorrection, QrOptions};
pub use answers::{Answer, AnswerValue, Answers};
pub use form::{Question, QuestionInput, QuestionKind, RequestForm};
pub use links::{Funnel, Invites, LinkView};
pub use record::{InviteLink, Visit};
pub use state::{LinkEvent, LinkState, next};
pub use visit::{LinkStanding, Opened, Started, Verified};

pub(crate) use answers::{refuse_unasked, yes_or_no};
pub(crate) use form::key as question_key;
pub(crate) use visit::Visitor;
