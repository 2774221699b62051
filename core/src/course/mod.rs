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

mod definition;
mod drawing;
mod fields;
mod format;
mod key;
mod progress;
mod reader;
mod source;
mod texts;

pub use definition::{Condition, Course, Item, Section, Side, Task, TaskNeed};
pub use drawing::Drawing;
pub use fields::{FieldValue, Fields};
pub use format::CourseFormat;
pub use key::{CourseKey, FieldName, SignalName};
pub use progress::{Counted, Tallies, Tally, completed};
pub use texts::Texts;

#[cfg(test)]
mod tests;
