//! Documents that are generated from the code, so that they are never wrong.

mod errors;
mod operations;
mod scenario;
mod states;
mod words;

use crate::generated::{Generated, Writer};

const WRITER: Writer = Writer { command: "cargo xtask docs", folder: "tests" };

/// Every document, where it stands and what it should hold.
fn documents() -> Vec<Generated> {
    let mut documents = vec![
        Generated::new("docs/errors.md", errors::page()),
        Generated::new("docs/states.md", states::page()),
        Generated::new("docs/operations.md", operations::page()),
    ];
    documents.extend(scenario::schema());
    documents
}

/// Writes every document.
pub(crate) fn write() -> Result<(), String> {
    WRITER.write(&documents())
}

/// Whether every document is what it should be.
pub(crate) fn check() -> Result<(), String> {
    WRITER.check(&documents())
}
