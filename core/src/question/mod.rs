//! Questions at checkout: what a company, or one of its departments, asks at every order.
//!
//! Every change makes a new edition, and answers name the edition they answer: what was asked before stays readable.
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::question::{AnswerForm, AnswerLimits, QuestionInput};
//! use serde_json::json;
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let admin = handfast::example::sign_up(&handfast)?;
//! # let texts = |en: &str, es: &str| [("en", en), ("es", es)].map(|(tag, text)| (tag.into(), text.into())).into();
//! handfast.questions().add(admin, &QuestionInput {
//!     key: "guests".into(),
//!     kind: AnswerForm::Number,
//!     label: texts("How many guests?", "¿Cuántos invitados?"),
//!     limits: AnswerLimits { lowest: Some("1".into()), highest: Some("200".into()), ..AnswerLimits::default() },
//!     required: true,
//!     ..QuestionInput::default()
//! }, None)?;
//!
//! let florist = handfast.departments().add(admin, "Florist")?.id;
//! handfast.questions().add(admin, &QuestionInput {
//!     key: "delivery".into(),
//!     kind: AnswerForm::Date,
//!     label: texts("When do you need them?", "¿Para cuándo?"),
//!     ..QuestionInput::default()
//! }, Some(florist))?;
//!
//! // an order in the department is asked both
//! let asked = handfast.questions().asked(admin, Some(florist), Some("es"))?;
//! assert_eq!(asked.iter().map(|question| &*question.label).collect::<Vec<_>>(), ["¿Cuántos invitados?", "¿Para cuándo?"]);
//!
//! let given = json!({ "guests": "500", "delivery": "tomorrow" });
//! let error = handfast.questions().check(admin, given.as_object().unwrap(), Some(florist), None).unwrap_err();
//! assert_eq!(error.faults()[0].field, "answers.guests");
//! assert_eq!(error.faults()[1].field, "answers.delivery");
//! # Ok::<_, handfast::Error>(())
//! ```

mod answers;
mod asked;
mod definition;
mod input;
mod ops;
mod record;

pub mod csv;

pub use answers::{Answer, AnswerValue, AnswerView, Answers};
pub use asked::AskedQuestion;
pub use definition::{AnswerForm, AnswerKind, Choice, Question, QuestionList};
pub use input::{AnswerLimits, ChoiceInput, QuestionInput};
pub use ops::{Questionnaire, Questions};
pub use record::{QuestionEdition, QuestionPlace};

pub(crate) use answers::check_all;

#[cfg(test)]
mod tests;
