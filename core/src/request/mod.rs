//! Requests to become a customer: filed by verified visitors, decided by the company.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! use handfast::request::{Decision, RequestState};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let admin = handfast::example::sign_up(&handfast)?;
//! # let pass = handfast::example::verified_visitor(&handfast, admin)?;
//! let filed = handfast.invites().submit(&pass, &handfast::example::business())?;
//! assert_eq!(filed.state, RequestState::Pending);
//!
//! let pending = handfast.requests().list(admin, RequestState::Pending, &Paging::default())?;
//! let approved = handfast.requests().approve(admin, pending.items[0].id, &Decision::default())?;
//! assert_eq!(handfast.invites().standing(&pass)?.map(|request| request.state), Some(RequestState::Approved));
//! # Ok::<_, handfast::Error>(())
//! ```

mod bulk;
mod business;
mod decide;
mod file;
mod record;
mod state;

pub use bulk::{BulkDecision, BulkRow, Outcome};
pub(crate) use business::given;
pub use business::{Business, BusinessInput};
pub use decide::{Approved, Decision, Requests, Verdict};
pub use record::{Request, RequestView};
pub use state::{RequestEvent, RequestState, next};
