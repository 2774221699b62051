//! The parts of the bindings that are generated from the contract: types, names and wrappers of each language.

mod mobile;
mod node;
mod python;

use crate::generated::{Generated, Writer};

const WRITER: Writer = Writer { command: "cargo xtask stubs", folder: "bindings" };

/// Every generated file of every binding. Each language has a file beside this one that gives its own.
fn stubs() -> Vec<Generated> {
    [mobile::stubs(), node::stubs(), python::stubs()].into_iter().flatten().collect()
}

/// Writes every file.
pub(crate) fn write() -> Result<(), String> {
    WRITER.write(&stubs())
}

/// Whether every file is what it should be.
pub(crate) fn check() -> Result<(), String> {
    WRITER.check(&stubs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_short_and_marked() {
        for Generated { name, text } in stubs() {
            let lines = text.lines().count();
            assert!(lines <= 600, "{name} has {lines} lines: its generator must split it");
            assert!(
                text.lines().take(2).any(|line| line.contains(&WRITER.mark())),
                "{name} is not marked as generated"
            );
        }
    }
}
