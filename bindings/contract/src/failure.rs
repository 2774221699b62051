//! A failure as it leaves the library: the core's error as plain data, so that no kind is lost at a boundary.

use handfast::{Category, Code, Error};

use crate::shape::ChoiceType;

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The stable code: what a program decides by.
    pub code: Code,
    /// The family of the code.
    pub category: Category,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// What is wrong with which input, for a person.
    pub message: String,
    /// What is wrong, field by field.
    pub faults: Vec<FieldFault>,
    /// After how many milliseconds trying again makes sense, where that is known.
    pub retry_after: Option<i64>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "mobile", derive(uniffi::Record))]
pub struct FieldFault {
    /// The field, with a path for nested ones: `billing.city`, `answers.colour`.
    pub field: String,
    /// What is wrong: a code.
    pub code: String,
    /// The same for a person: reads on after the field's name.
    pub message: String,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let fault = |fault: &handfast::Fault| FieldFault {
            field: fault.field.clone(),
            code: fault.code.to_string(),
            message: fault.message.clone(),
        };
        let retry_after = error.wait().map(|wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        Failure {
            code: error.code(),
            category: error.category(),
            retryable: error.retryable(),
            message: error.message().to_owned(),
            faults: error.faults().iter().map(fault).collect(),
            retry_after,
        }
    }
}

impl Failure {
    /// A text that is none of the choices.
    pub fn unknown_choice(ty: &ChoiceType) -> Self {
        let choices: Vec<_> = ty.choices.iter().map(|choice| format!("`{}`", (choice.text)())).collect();
        let message = format!("`{}` is none of {}", ty.name, choices.join(", "));
        Error::because(Code::UnknownChoice, message).into()
    }

    /// A mistake of the library: a panic that was caught.
    pub fn panicked(payload: &(dyn std::any::Any + Send)) -> Self {
        let said = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        Error::because(Code::Internal, format!("the library panicked: {said}")).into()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for Failure {}
