//! The course that makes a certified partner: what it is made of, read from a file and checked, and how signals
//! complete its tasks.
//!
//! ```
//! use handfast::course::{Counted, Course, CourseFormat, Fields, Tallies};
//!
//! let course = Course::parse(
//!     r#"
//!     key = "first-steps"
//!     version = 1
//!     title = { en = "First steps", es = "Primeros pasos" }
//!
//!     [[sections]]
//!     key = "clients"
//!     title = { en = "Your clients", es = "Sus clientes" }
//!
//!     [[sections.items]]
//!     key = "link-two"
//!     title = { en = "Link two clients", es = "Vincule dos clientes" }
//!
//!     [sections.items.task]
//!     directive = { en = "Link two different companies.", es = "Vincule dos empresas distintas." }
//!     side = "partner"
//!     signal = "client_linked"
//!     count = 2
//!     distinct = "company"
//!     "#,
//!     CourseFormat::Toml,
//! )?;
//! assert_eq!(course.title().in_language("es-EC"), "Primeros pasos");
//!
//! let mut tallies = Tallies::default();
//! let (key, task) = course.tasks().next().expect("a task");
//! let mut link = |company: &str| -> handfast::Result<Counted> {
//!     let fields = Fields::new([("company".parse()?, company.parse()?)])?;
//!     Ok(tallies.count(key, task, &"client_linked".parse()?, &fields))
//! };
//! assert_eq!(link("Flora")?, Counted::Counted);
//! assert_eq!(link("Flora")?, Counted::Nothing);
//! assert_eq!(link("Rosas")?, Counted::Complete);
//!
//! let mistaken = Course::parse("key = \"first-steps\"\nversion = 0", CourseFormat::Toml).unwrap_err();
//! assert!(mistaken.message().contains("line 2: `version` must lie between 1 and 4294967295"), "{mistaken}");
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! Published, it completes by using the product and by what the host reports; the last task certifies:
//!
//! ```
//! # use handfast::{Handfast, store::Memory, session::{SignIn, SignedIn}, partner::PartnerSignUp};
//! use handfast::course::{CourseFormat, SignalInput};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let source = r#"{ "key": "first-steps", "version": 1, "title": "First steps", "sections": [{ "key": "shop", "title":
//! #   "Your shop", "items": [{ "key": "opened", "title": "Open", "task": { "directive": "Open the shop.",
//! #   "side": "partner", "signal": "shop.opened" } }] }] }"#;
//! handfast.courses().publish(source, CourseFormat::Json)?;
//! # let password = "correct horse battery staple";
//! # let partner = handfast.partners().sign_up(&PartnerSignUp {
//! #     name: "Camino Consulting".into(), locale: "en".into(), owner_name: "Carla Camino".into(),
//! #     owner_email: "carla@camino.example".into(), owner_password: password.into(),
//! # })?.partner.id;
//! # let input = SignIn { name: "carla@camino.example".into(), password: password.into(), ..SignIn::default() };
//! # let SignedIn::Active(held) = handfast.sessions().sign_in(&input)? else { panic!() };
//! # let session = held.token.expose();
//! let page = handfast.courses().page(session, None)?;
//! assert_eq!((page.tasks.completed, page.tasks.total), (0, 1));
//!
//! let opened = SignalInput {
//!     partner: Some(partner),
//!     company: None,
//!     name: "shop.opened".into(),
//!     fields: serde_json::Map::new(),
//!     occurred: None,
//!     key: "shop 4711 opened".into(),
//! };
//! assert_eq!(handfast.courses().signal(&opened)?.completed.len(), 1);
//! let certificate = handfast.courses().certificate(session, None)?;
//! assert_eq!(handfast.courses().verify(certificate.number.as_str(), None)?.name.as_str(), "Camino Consulting");
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! `docs/courses.md` is for authors of courses.

mod cache;
mod certificate_number;
mod certificates;
mod certify;
mod definition;
mod drawing;
mod facts;
mod fields;
mod format;
mod judge;
mod key;
mod known;
mod move_on;
mod ops;
mod pages;
mod progress;
mod publish;
mod reader;
mod rebuild;
mod record;
mod signals;
mod source;
mod tandem;
mod together;

pub use certificate_number::CertificateNumber;
pub use certificates::{CertificateView, VerifiedCertificate};
pub use definition::{Condition, Course, Item, Section, Side, Task, TaskNeed};
pub use drawing::Drawing;
pub use fields::{FieldValue, Fields};
pub use format::CourseFormat;
pub use key::{CourseKey, FieldName, SignalName};
pub use ops::Courses;
pub use pages::{CanCertify, CoursePage, Directive, ItemView, MissingTask, SectionView, TandemView, TaskState};
pub use progress::{Counted, Tallies, Tally, completed};
pub use publish::PublishedCourse;
pub use rebuild::Rebuilt;
pub use record::{Account, Certificate, Completed, CourseVersion, Done, Progress, Published, Signal, TaskKeys};
pub use signals::{SignalInput, SignalRow, Signalled};
pub use tandem::TaskCount;

#[doc(inline)]
pub use crate::value::Texts;

pub(crate) use cache::CourseCache;
pub(crate) use judge::{asks, begin, note, reads};
pub(crate) use signals::Reported;
pub(crate) use tandem::{counts, part};

#[cfg(test)]
mod tests;
