//! Files that are written by a program and checked in: the program says what they should hold.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file, seen from the root of the workspace, and what it should hold.
pub(crate) struct Generated {
    name: &'static str,
    text: String,
}

impl Generated {
    pub(crate) fn new(name: &'static str, text: String) -> Self {
        Generated { name, text }
    }
}

/// A file, seen from the root of the workspace.
pub(crate) fn path(name: impl AsRef<Path>) -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path.join(name)
}

/// Writes every file.
pub(crate) fn write(files: &[Generated]) -> Result<(), String> {
    for Generated { name, text } in files {
        fs::write(path(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// Whether every file is what it should be; `command` makes it so.
pub(crate) fn check(files: &[Generated], command: &str) -> Result<(), String> {
    let differs = |file: &&Generated| fs::read_to_string(path(file.name)).ok().as_ref() != Some(&file.text);
    let old: Vec<_> = files.iter().filter(differs).map(|file| file.name).collect();
    match old.as_slice() {
        [] => Ok(()),
        old => Err(format!("not up to date, run `{command}`: {}", old.join(", "))),
    }
}
