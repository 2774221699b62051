//! Privacy: export everything that is held on a person, and erase a person.
//!
//! A person is known by an address, and two hold data on it: each company for itself (the customer, the requests, the users,
//! the mails and events about them), which answers for that alone; and the installation, which holds the login, no company's
//! own. So there are two of each verb: [`export_person`](Privacy::export_person) and [`erase_person`](Privacy::erase_person) for the Admins of a
//! company, [`export_login`](Privacy::export_login) and [`erase_login`](Privacy::erase_login) for the host, with
//! [`export_own`](Privacy::export_own) and [`erase_own`](Privacy::erase_own) for the person who is signed in.
//!
//! Rows are not deleted: counts, references and the audit trail stay right, and what told of the person is replaced. The
//! addresses that stand instead are under `erased.invalid`, where no mail goes (RFC 2606).
//!
//! A database gives what it wrote over to nobody, and keeps it until the space is used again: SQLite's file until `VACUUM`
//! (`PRAGMA secure_delete` zeroes it at once), every database's backups until they are thrown away. That is the host's part.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let held = handfast.privacy().export_person(admin, "buyer@rosas.example", &Paging::default())?;
//! assert_eq!(held.items[0].table, "customer");
//! assert_eq!(held.items[0].row.0["contact"], "Bea Rosas");
//!
//! let erasure = handfast.privacy().erase_person(admin, "buyer@rosas.example")?;
//! assert!(erasure.is_some_and(|erasure| erasure.ended.is_some()));
//! assert_eq!(handfast.customers().get(admin, customer)?.contact.as_str(), "Erased");
//! assert_eq!(handfast.privacy().erase_person(admin, "buyer@rosas.example")?, None);
//! # Ok::<_, handfast::Error>(())
//! ```

mod card;
mod erase;
mod export;
mod known;
mod login;
mod person;
mod record;
mod source;
mod state;
mod strip;
mod sweep;

pub use record::Erasure;
pub use source::HeldRow;
pub use state::{ErasureEvent, ErasureState, next};

use crate::handfast::Handfast;

/// The verbs of privacy: `handfast.privacy()`.
#[derive(Clone, Copy, Debug)]
pub struct Privacy<'a>(&'a Handfast);

impl Handfast {
    /// Privacy: export what is held on a person, erase a person.
    pub fn privacy(&self) -> Privacy<'_> {
        Privacy(self)
    }
}
