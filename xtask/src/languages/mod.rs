//! The tests of the languages other than Rust, each with the tools of its own.

mod kotlin;
mod node;
mod python;
mod swift;
mod together;

use crate::steps::{Missing, Steps};

/// A language: what it is called, whether its tools are here, and its tests. Each has a file beside this one.
pub(crate) struct Language {
    name: &'static str,
    /// What is missing and how to get it, if something is.
    missing: fn() -> Option<String>,
    test: fn(&mut Steps) -> Result<(), String>,
}

impl Language {
    /// What is missing and how to get it, if something is.
    fn missing(&self) -> Option<String> {
        (self.missing)()
    }
}

const LANGUAGES: &[Language] = &[python::PYTHON, node::NODE, together::TOGETHER, kotlin::KOTLIN, swift::SWIFT];

/// Runs the tests of every language whose tools are here.
pub(crate) fn test(steps: &mut Steps, missing: Missing) -> Result<(), String> {
    let mut skipped = Vec::new();
    for language in LANGUAGES {
        match (language.missing(), missing) {
            (None, _) => (language.test)(steps)?,
            (Some(what), Missing::Skip) => skipped.push(format!("{} was skipped: {what}", language.name)),
            (Some(what), Missing::Fail) => return Err(format!("{} cannot be tested: {what}", language.name)),
        }
    }
    skipped.iter().for_each(|line| println!("{line}"));
    Ok(())
}
