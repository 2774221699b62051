//! What came from JavaScript and cannot be taken.

use napi::{JsValue, Unknown, ValueType};

use crate::Failure;

/// A value that cannot be taken: where it stands, and why.
#[derive(Debug)]
pub struct Unfit {
    /// The names and indices that lead to it, from the inside out.
    path: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Why a value cannot be taken.
#[derive(Debug)]
pub enum Why {
    /// It is of another type: what was expected and what came. In JavaScript a `TypeError`.
    OtherType {
        /// What was expected: `a string`.
        expected: &'static str,
        /// What came.
        got: String,
    },
    /// It is of the right type and refused.
    Refused(Box<Failure>),
    /// The engine failed.
    Engine(napi::Error),
}

impl Unfit {
    /// A value of another type.
    pub fn other_type(expected: &'static str, got: Unknown<'_>) -> Self {
        let got = match got.get_type() {
            Ok(ValueType::Object) if got.is_array().unwrap_or(false) => "an array".to_owned(),
            Ok(ValueType::Object) => "an object".to_owned(),
            Ok(ValueType::Undefined) => "undefined".to_owned(),
            Ok(ValueType::Null) => "null".to_owned(),
            Ok(other) => format!("a {}", other.to_string().to_lowercase()),
            Err(_) => "something else".to_owned(),
        };
        Why::OtherType { expected, got }.into()
    }

    /// The same value, seen from what holds it.
    pub fn inside(mut self, name: impl Into<String>) -> Self {
        self.path.push(name.into());
        self
    }

    /// The path to the value: `company.billing.line1`.
    pub fn path(&self) -> String {
        self.path.iter().rev().map(String::as_str).collect::<Vec<_>>().join(".")
    }
}

impl From<Why> for Unfit {
    fn from(why: Why) -> Self {
        Unfit { path: Vec::new(), why }
    }
}

impl From<Failure> for Unfit {
    fn from(failure: Failure) -> Self {
        Why::Refused(Box::new(failure)).into()
    }
}

impl From<napi::Error> for Unfit {
    fn from(error: napi::Error) -> Self {
        Why::Engine(error).into()
    }
}
