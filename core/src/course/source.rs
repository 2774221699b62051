//! A file as values that know their lines, the same for TOML and JSON.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

mod json;
mod toml;

pub(super) use json::json;
pub(super) use toml::toml;

/// How deep tables and lists may stand in each other. A course needs eight.
const DEEPEST: usize = 16;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// What kind of value it is.
#[derive(Debug)]
pub(super) enum Kind {
    Table(Vec<(String, Node)>),
    List(Vec<Node>),
    Text(String),
    Integer(i64),
    Bool(bool),
    /// What no course holds, by what it is called.
    Other(&'static str),
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) message: String,
}

impl Kind {
    /// What an author calls it.
    pub(super) fn called(&self) -> &'static str {
        match self {
            Kind::Table(_) => "a table",
            Kind::List(_) => "a list",
            Kind::Text(_) => "a text",
            Kind::Integer(_) => "a whole number",
            Kind::Bool(_) => "true or false",
            Kind::Other(called) => called,
        }
    }
}

/// The starts of the lines of a text.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(source: &str) -> Self {
        let ends = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at).max(1)
    }
}

fn too_deep(line: usize) -> Unreadable {
    Unreadable { line, message: format!("tables and lists stand more than {DEEPEST} deep in each other") }
}

/// A value that is read from a store, where it stands on one line.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Stored).map(|kind| Node { line: 1, kind })
    }
}

struct Stored;

impl<'de> de::Visitor<'de> for Stored {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a course")
    }
    fn visit_bool<E>(self, yes: bool) -> Result<Kind, E> {
        Ok(Kind::Bool(yes))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Kind, E> {
        Ok(Kind::Integer(number))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Kind, E> {
        Ok(i64::try_from(number).map_or(Kind::Other("a number beyond 64 bits"), Kind::Integer))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Kind, E> {
        Ok(Kind::Other("a number with a fraction, or beyond 64 bits"))
    }
    fn visit_str<E>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Text(text.to_owned()))
    }
    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Other("null"))
    }
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Kind, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Kind::List(nodes))
    }
    fn visit_map<A: de::MapAccess<'de>>(self, mut table: A) -> Result<Kind, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = table.next_entry()? {
            entries.push(entry);
        }
        Ok(Kind::Table(entries))
    }
}
