//! Files that are written by a program and checked in: the program says what they should hold.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// A file, seen from the root of the workspace, and what it should hold.
pub(crate) struct Generated {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Generated {
    pub(crate) fn new(name: impl Into<String>, text: String) -> Self {
        Generated { name: name.into(), text }
    }
}

/// A file, seen from the root of the workspace.
pub(crate) fn path(name: impl AsRef<Path>) -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path.join(name)
}

/// Writes every file, with the folders that hold it.
pub(crate) fn write(files: &[Generated]) -> Result<(), String> {
    for Generated { name, text } in files {
        let path = path(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// Whether every file is what it should be; `command` makes it so.
pub(crate) fn check(files: &[Generated], command: &str) -> Result<(), String> {
    let differs = |file: &&Generated| fs::read_to_string(path(&file.name)).ok().as_ref() != Some(&file.text);
    let old: Vec<_> = files.iter().filter(differs).map(|file| file.name.as_str()).collect();
    match old.as_slice() {
        [] => Ok(()),
        old => Err(format!("not up to date, run `{command}`: {}", old.join(", "))),
    }
}

/// Folders of others' files, and of what is built.
const NOT_OURS: &[&str] = &["node_modules", "target"];

/// The files below `folder` whose first lines bear `mark` and that are none of `files`: nobody writes them any more.
pub(crate) fn left_over(folder: &Path, mark: &str, files: &[Generated]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !NOT_OURS.contains(&&*name) && !name.starts_with('.') {
                found.extend(left_over(&path, mark, files)?);
            }
        } else if bears(&path, mark)? && !files.iter().any(|file| self::path(&file.name) == path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// How many bytes the first lines have at most.
const HEAD: u64 = 200;

/// Whether a mark stands in the first lines of a file.
fn bears(path: &Path, mark: &str) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).contains(mark))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_marked_file_that_nobody_writes_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        };
        let old = write("groups/shops.py", "# Made by us\n");
        let new = write("groups/customers.py", "# Made by us\n");
        write("by_hand.py", "print()\n");
        write("target/groups/shops.py", "# Made by us\n");
        write("quotes.py", &format!("{}\n# Made by us\n", "#".repeat(200)));
        let files = [Generated::new(new.to_str().unwrap(), String::new())];
        assert_eq!(left_over(folder.path(), "Made by us", &files).unwrap(), [old]);
    }
}
