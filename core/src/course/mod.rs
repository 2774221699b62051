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
mod texts;

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
pub use texts::Texts;

pub(crate) use cache::CourseCache;
pub(crate) use judge::{begin, note};
pub(crate) use tandem::{counts, part};

#[cfg(test)]
mod tests;
