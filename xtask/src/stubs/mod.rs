//! The parts of the bindings that are generated from the contract: types, names and wrappers of each language.

mod mobile;
mod node;
mod python;

use crate::generated::{self, Generated};

/// Every generated file of every binding. Each language has a file beside this one that gives its own.
fn stubs() -> Vec<Generated> {
    [mobile::stubs(), node::stubs(), python::stubs()].into_iter().flatten().collect()
}

/// Writes every file.
pub(crate) fn write() -> Result<(), String> {
    generated::write(&stubs())
}

/// Whether every file is what it should be.
pub(crate) fn check() -> Result<(), String> {
    generated::check(&stubs(), "cargo xtask stubs")
}
