//! Every failure of the library is one [`Error`]: a stable code, a category, and what to do about it.
//!
//! ```
//! use handfast::{Category, Code, value::EmailAddress};
//!
//! let error = EmailAddress::parse("no at sign").unwrap_err();
//! assert_eq!(error.code(), Code::NotAnEmail);
//! assert_eq!(error.code().as_str(), "not_an_email");
//! assert_eq!(error.category(), Category::Invalid);
//! assert!(!error.retryable());
//! ```

mod codes;
mod faults;

use std::{error, fmt, time::Duration};

pub use codes::{Category, Code};
pub use faults::{Checked, Fault, Faults};

/// What went wrong: one pointer wide, so that results stay small.
pub struct Error(Box<Inner>);

/// The result of every fallible call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

struct Inner {
    code: Code,
    message: String,
    faults: Vec<Fault>,
    retry_after: Option<Duration>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Error {
    /// An error whose message is the code's own sentence.
    pub fn new(code: Code) -> Self {
        Error::because(code, code.sentence())
    }

    /// An error with a message of its own: lower case, no full stop, inputs in backticks, never a secret.
    pub fn because(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Error(Box::new(Inner { code, message, faults: Vec::new(), retry_after: None, source: None }))
    }

    /// Everything that is wrong with an input, at once.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let named: Vec<_> = faults.iter().map(|fault| format!("`{}` {}", fault.field, fault.message)).collect();
        let mut error = Error::because(Code::InvalidInput, named.join("; "));
        error.0.faults = faults;
        error
    }

    /// The same error, with what stands in the way listed for a user interface to show.
    #[must_use]
    pub fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.0.faults = faults;
        self
    }

    /// The same error, with the time after which trying again makes sense.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// The same error, with what caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The stable code: what a program decides by.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The family of the code, as one maps it to an HTTP status or an exception class.
    pub fn category(&self) -> Category {
        self.0.code.category()
    }

    /// Whether the same call may succeed later with nothing changed by the caller.
    pub fn retryable(&self) -> bool {
        self.0.code.retryable()
    }

    /// What is wrong with which input, for a person. Never holds a secret or SQL.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What is wrong, field by field; empty when the error is not about fields.
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// How long to wait before trying again, where that is known.
    pub fn wait(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Error::new(code)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.0.message, self.0.code)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("code", &self.0.code).field("message", &self.0.message);
        if !self.0.faults.is_empty() {
            shown.field("faults", &self.0.faults);
        }
        if let Some(source) = &self.0.source {
            shown.field("source", &source.to_string());
        }
        shown.finish()
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
