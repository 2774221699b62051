//! Documents that are generated from the code, so that they are never wrong.

mod errors;
mod operations;
mod scenario;
mod states;
mod words;

use crate::generated::{self, Generated};

/// Every document, where it stands and what it should hold.
fn documents() -> Vec<Generated> {
    vec![
        Generated::new("docs/errors.md", errors::page()),
        Generated::new("docs/states.md", states::page()),
        Generated::new("docs/operations.md", operations::page()),
        Generated::new("tests/scenario.schema.json", scenario::schema()),
    ]
}

/// Writes every document.
pub(crate) fn write() -> Result<(), String> {
    generated::write(&documents())
}

/// Whether every document is what it should be.
pub(crate) fn check() -> Result<(), String> {
    generated::check(&documents(), "cargo xtask docs")
}
