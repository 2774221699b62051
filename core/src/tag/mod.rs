//! Tags: what a company marks its customers with, to find them again together.
//!
//! A tag is created once, and added to and removed from customers, singly or many at once; doing so again changes nothing.
//! Lists of customers take several tags: all of them, any of them, none of them.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! use handfast::tag::TagFilter;
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let weddings = handfast.tags().create(admin, "Weddings")?.id;
//! let slow = handfast.tags().create(admin, "Pays late")?.id;
//! handfast.tags().add(admin, customer, weddings)?;
//!
//! let good = TagFilter { all_of: vec![weddings], none_of: vec![slow], ..TagFilter::default() };
//! let found = handfast.tags().customers(admin, &good, &Paging::default())?;
//! assert_eq!(found.items[0].id, customer);
//!
//! // what is merged is one tag from then on
//! let events = handfast.tags().create(admin, "Events")?.id;
//! handfast.tags().merge(admin, weddings, events)?;
//! assert!(handfast.customers().get(admin, customer)?.tags.has(events));
//! # Ok::<_, handfast::Error>(())
//! ```

mod bulk;
mod close;
mod customers;
mod export;
mod mark;
mod ops;
mod record;
mod run;
mod undo;

pub use customers::TagFilter;
pub use mark::TagChange;
pub use ops::{TagView, Tags};
pub use record::{Tag, TagName, TagSet, TagState};
pub use run::{BulkTag, BulkTagged, Selection, TagOutcome, TagRow, TagsUndone};

pub(crate) use run::{TagMark, TagRun};
