//! Several things wrong at once: the parts of one input are checked together and told together.

use serde::{Deserialize, Serialize};

use super::{Code, Error, Result};

/// One thing that is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field, with a path for nested ones: `billing.city`, `answers.colour`.
    pub field: String,
    /// What is wrong.
    pub code: Code,
    /// The same for a person: reads on after the field's name.
    pub message: String,
}

/// What is wrong with an input, gathered field by field.
///
/// ```
/// use handfast::{Code, Faults, value::EmailAddress};
///
/// let mut faults = Faults::default();
/// let email = faults.check("email", EmailAddress::parse("nobody"));
/// let other = faults.check("other", EmailAddress::parse("me@example.com"));
/// let error = faults.finish().unwrap_err();
/// assert_eq!(error.code(), Code::InvalidInput);
/// assert_eq!(error.faults()[0].field, "email");
/// assert!(email.is_none() && other.is_some());
/// ```
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl From<&[Fault]> for Faults {
    /// Goes on with what was noted before.
    fn from(faults: &[Fault]) -> Self {
        Faults(faults.to_vec())
    }
}

/// A value that was checked: `None` when a fault was noted instead.
pub type Checked<T> = Option<T>;

impl Faults {
    /// Keeps the value, or notes what is wrong with `field`. An error that has faults of its own
    /// (a nested input) is noted with `field` in front of each.
    pub fn check<T>(&mut self, field: &str, result: Result<T>) -> Checked<T> {
        result.map_err(|error| self.note(field, &error)).ok()
    }

    /// The same for an input that may be missing: `Some(None)` when it is.
    pub fn check_optional<I, T>(
        &mut self,
        field: &str,
        input: Option<I>,
        parse: impl FnOnce(I) -> Result<T>,
    ) -> Checked<Option<T>> {
        match input {
            None => Some(None),
            Some(input) => self.check(field, parse(input)).map(Some),
        }
    }

    /// Notes one fault.
    pub fn add(&mut self, field: &str, code: Code) {
        self.note(field, &Error::new(code));
    }

    /// Whether nothing was noted.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn note(&mut self, field: &str, error: &Error) {
        if error.faults().is_empty() {
            let message = error.message().to_owned();
            self.0.push(Fault { field: field.to_owned(), code: error.code(), message });
        }
        for fault in error.faults() {
            self.0.push(Fault { field: format!("{field}.{}", fault.field), ..fault.clone() });
        }
    }

    /// `Ok` when nothing was noted, or one error that holds all of it.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::invalid(self.0)) }
    }

    /// What all checked values make together, or one error that holds every fault.
    /// `make` gives `None` only when a value was not kept, and then a fault was noted.
    pub fn made<T>(self, make: impl FnOnce() -> Option<T>) -> Result<T> {
        self.finish()?;
        make().ok_or_else(|| Error::because(Code::Internal, "a value was refused without a fault"))
    }
}
