//! JSON, whose reader forgets where a value stood: each is kept raw at first, as a piece of the file, and where a piece
//! begins is where the value stands.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use super::{DEEPEST, Kind, Lines, Node, Unreadable, too_deep};

/// Reads JSON (RFC 8259) in which no table has a name twice.
pub(in super::super) fn json(source: &str) -> Result<Node, Unreadable> {
    // what is no JSON at all is told here, with its true line
    serde_json::from_str::<serde_json::Value>(source).map_err(|error| unreadable(&error, 1))?;
    let file = File { source, lines: Lines::of(source) };
    let raw: &RawValue = serde_json::from_str(source).map_err(|error| unreadable(&error, 1))?;
    file.node(raw, 0)
}

struct File<'a> {
    source: &'a str,
    lines: Lines,
}

impl<'a> File<'a> {
    fn node(&self, raw: &'a RawValue, depth: usize) -> Result<Node, Unreadable> {
        // a raw value borrows from the file, so that the distance of the two is its place
        let at = raw.get().as_ptr().addr().saturating_sub(self.source.as_ptr().addr());
        let line = self.lines.line(at);
        if depth > DEEPEST {
            return Err(too_deep(line));
        }
        let kind = match raw.get().bytes().next() {
            Some(b'{') => {
                let Entries(entries) = read(raw, line)?;
                let named = entries.into_iter().map(|(name, raw)| Ok((name, self.node(raw, depth + 1)?)));
                Kind::Table(named.collect::<Result<_, _>>()?)
            }
            Some(b'[') => {
                let list: Vec<&RawValue> = read(raw, line)?;
                Kind::List(list.into_iter().map(|raw| self.node(raw, depth + 1)).collect::<Result<_, _>>()?)
            }
            // texts, numbers and the three words are read as they are from a store
            _ => read::<Node>(raw, line)?.kind,
        };
        Ok(Node { line, kind })
    }
}

fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue, line: usize) -> Result<T, Unreadable> {
    serde_json::from_str(raw.get()).map_err(|error| unreadable(&error, line))
}

fn unreadable(error: &serde_json::Error, first: usize) -> Unreadable {
    let message = error.to_string();
    // the line is told in front of the message
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    Unreadable { line: first + error.line().saturating_sub(1), message: message.to_owned() }
}

/// The entries of a table, in order.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Deserialize<'a> for Entries<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'a> de::Visitor<'a> for EntriesVisitor {
    type Value = Entries<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: de::MapAccess<'a>>(self, mut table: A) -> Result<Entries<'a>, A::Error> {
        let mut entries = Vec::new();
        while let Some(name) = table.next_key()? {
            entries.push((name, table.next_value()?));
        }
        Ok(Entries(entries))
    }
}
