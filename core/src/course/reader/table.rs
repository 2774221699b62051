//! The values of a table by their names, and notes of what is wrong with them.

use super::super::source::{Kind, Node};
use crate::error::{Code, Error, Result};

/// Characters of a name of the file that a message repeats.
const SHOWN: usize = 60;
/// Faults that are kept. An author mends the first ones first, and a file can hold a hundred thousand.
const MOST_NOTES: usize = 100;

/// One thing that is wrong.
#[derive(Debug)]
pub(in super::super) struct Wrong {
    pub(in super::super) line: usize,
    pub(in super::super) path: String,
    pub(in super::super) code: Code,
    pub(in super::super) message: String,
}

/// Everything that is wrong.
#[derive(Default)]
pub(super) struct Notes(Vec<Wrong>);

/// A table of the file.
pub(super) struct Table<'n> {
    path: String,
    line: usize,
    entries: &'n [(String, Node)],
}

/// The path of what is called `name` in what stands at `path`.
pub(super) fn path(path: &str, name: &str) -> String {
    // names come from the file, and nothing unseen goes on into a message
    let shown: String = name.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if path.is_empty() { shown } else { format!("{path}.{shown}") }
}

impl<'n> Table<'n> {
    pub(super) fn get(&self, name: &str) -> Option<(String, &'n Node)> {
        let (_, node) = self.entries.iter().find(|(known, _)| known == name)?;
        Some((path(&self.path, name), node))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == name)
    }
}

impl Notes {
    pub(super) fn add(&mut self, line: usize, path: &str, error: Error) {
        let message = error.message().to_owned();
        self.0.push(Wrong { line, path: path.to_owned(), code: error.code(), message });
    }

    /// What is wrong by line; of one line what was noted first.
    pub(super) fn finish(mut self) -> Vec<Wrong> {
        self.0.sort_by_key(|wrong| wrong.line);
        self.0.truncate(MOST_NOTES);
        self.0
    }

    pub(super) fn check<T>(&mut self, line: usize, path: &str, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.add(line, path, error)).ok()
    }

    pub(super) fn mistyped<T>(&mut self, path: &str, node: &Node, wanted: &str) -> Option<T> {
        let message = format!("must be {wanted}, and is {}", node.kind.called());
        self.check(node.line, path, Err(Error::because(Code::InvalidInput, message)))
    }

    /// A table that holds nothing but what is known, each once.
    pub(super) fn table<'n>(&mut self, at: &str, node: &'n Node, known: &[&str]) -> Option<Table<'n>> {
        let Kind::Table(entries) = &node.kind else { return self.mistyped(at, node, "a table") };
        for (position, (name, value)) in entries.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let message = format!("is not asked for: here stand `{}`", known.join("`, `"));
                self.add(value.line, &path(at, name), Error::because(Code::UnknownField, message));
            } else if entries.iter().take(position).any(|(earlier, _)| earlier == name) {
                self.add(value.line, &path(at, name), Error::new(Code::DuplicateEntry));
            }
        }
        Some(Table { path: at.to_owned(), line: node.line, entries })
    }

    /// A value that must be there.
    pub(super) fn needed<'n>(&mut self, table: &Table<'n>, name: &str) -> Option<(String, &'n Node)> {
        let found = table.get(name);
        if found.is_none() {
            self.add(table.line, &path(&table.path, name), Error::new(Code::Required));
        }
        found
    }

    /// A value that may be missing.
    pub(super) fn or<T>(
        &mut self,
        table: &Table<'_>,
        name: &str,
        missing: T,
        read: impl FnOnce(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<T> {
        match table.get(name) {
            Some((path, node)) => read(self, &path, node),
            None => Some(missing),
        }
    }

    pub(super) fn text<T>(&mut self, path: &str, node: &Node, parse: impl FnOnce(&str) -> Result<T>) -> Option<T> {
        match &node.kind {
            Kind::Text(text) => self.check(node.line, path, parse(text)),
            _ => self.mistyped(path, node, "a text"),
        }
    }

    pub(super) fn number(&mut self, path: &str, node: &Node, (least, most): (i64, i64)) -> Option<u32> {
        let Kind::Integer(number) = node.kind else { return self.mistyped(path, node, "a whole number") };
        let fitting = u32::try_from(number).ok().filter(|_| (least..=most).contains(&number));
        let otherwise = || Error::because(Code::OutOfRange, format!("must lie between {least} and {most}"));
        self.check(node.line, path, fitting.ok_or_else(otherwise))
    }

    /// A list that is not empty and not too long.
    pub(super) fn list<'n>(&mut self, path: &str, node: &'n Node, most: usize, of: &str) -> Option<&'n [Node]> {
        let Kind::List(list) = &node.kind else { return self.mistyped(path, node, "a list") };
        if list.is_empty() {
            return self.check(node.line, path, Err(Error::because(Code::Required, "must not be empty")));
        }
        if let Some(beyond) = list.get(most) {
            let error = Error::because(Code::TooMany, format!("has more than {most} {of}: here begins one too many"));
            return self.check(beyond.line, path, Err(error));
        }
        Some(list)
    }
}
