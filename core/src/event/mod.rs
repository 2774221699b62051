//! The audit trail: what happened, who did it, for whom, what it was before and what it is after.
//!
//! An event is written in the same commit as the change it tells of (invariant 38), and never changes.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! use handfast::event::{EventFilter, EventKind};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let admin = handfast::example::sign_up(&handfast)?;
//! let page = handfast.events().list(admin, &EventFilter::default(), &Paging::default())?;
//! assert_eq!(page.items.last().map(|event| event.what), Some(EventKind::CompanySignedUp));
//! # Ok::<_, handfast::Error>(())
//! ```

mod ops;
mod record;

pub use ops::{EventFilter, Events};
pub use record::{Doer, Event, EventKind, Snapshot};

pub(crate) use record::By;
