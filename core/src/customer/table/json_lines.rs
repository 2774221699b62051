//! JSON Lines: a JSON object on each line.

use std::io::{BufRead, BufReader, ErrorKind, Read};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{COLUMNS, read::Given};
use crate::{
    csv::{at, failed},
    error::{Code, Error, Faults, Result},
    value::Line,
};

/// The lines of a source, each within bounds.
pub(in crate::customer) struct Lines<R> {
    source: BufReader<R>,
    longest: usize,
    /// The number of the line that was read last.
    line: u64,
    text: Vec<u8>,
    broken: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R, longest: usize) -> Self {
        Lines { source: BufReader::new(source), longest, line: 0, text: Vec::new(), broken: false }
    }

    /// What `make` makes of the next line that is not empty, an error with its line in front. After `source_failed` comes
    /// nothing more.
    pub(super) fn next<T>(&mut self, make: impl FnOnce(&str) -> Result<T>) -> Option<Result<T>> {
        while !self.broken {
            match self.read() {
                Ok(false) => return None,
                Ok(true) if self.text.trim_ascii().is_empty() => {}
                Ok(true) => return Some(self.made(make)),
                Err(error) => {
                    self.broken = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    fn made<T>(&self, make: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        let bytes = if self.line == 1 { self.text.strip_prefix(b"\xef\xbb\xbf") } else { None };
        let bytes = bytes.unwrap_or(&self.text);
        let text = if bytes.len() > self.longest {
            Err(Error::because(Code::TooLong, format!("has more than {} bytes", self.longest)))
        } else {
            str::from_utf8(bytes).map_err(|_| Error::because(Code::ForbiddenCharacter, "is not UTF-8"))
        };
        text.and_then(make).map_err(|error| at(self.line, &error))
    }

    /// Reads a line, of one that is too long no more than tells that it is; whether there was one. Errors: `source_failed`.
    fn read(&mut self) -> Result<bool> {
        self.text.clear();
        let mut found = false;
        loop {
            let input = match self.source.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other.map_err(failed)?,
            };
            let end = input.iter().position(|byte| *byte == b'\n');
            let part = &input[..end.unwrap_or(input.len())];
            let room = (self.longest + 4).saturating_sub(self.text.len());
            self.text.extend_from_slice(&part[..part.len().min(room)]);
            found |= !input.is_empty();
            let (ended, read) = (end.is_some() || input.is_empty(), end.map_or(input.len(), |end| end + 1));
            self.source.consume(read);
            if ended {
                self.line += u64::from(found);
                return Ok(found);
            }
        }
    }
}

/// What a line says of a customer. `null` is a blank.
pub(super) fn given(line: &str) -> Result<Given> {
    let object: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| Error::because(Code::InvalidInput, format!("is no JSON object: column {}", error.column())))?;
    let (mut faults, mut given) = (Faults::default(), Given::default());
    for (name, value) in object {
        if let Some(text) = text(&mut given, &name) {
            *text = taken(&mut faults, &name, value, "is no text");
            continue;
        }
        match name.as_str() {
            "address" => given.address = taken(&mut faults, &name, value, ADDRESS),
            "tags" => given.tags = taken(&mut faults, &name, value, "is no list of texts"),
            "extra" => given.extra = taken(&mut faults, &name, value, "is no object of texts"),
            "id" | "state" | "created" => {}
            other => drop(faults.check::<()>("columns", Err(unknown(other)))),
        }
    }
    if !faults.is_empty() {
        // so that all that is wrong with the row is told at once
        given.input().check(&mut faults);
    }
    faults.made(|| Some(given))
}

/// Where the text of this name belongs.
fn text<'a>(given: &'a mut Given, name: &str) -> Option<&'a mut Option<String>> {
    match name {
        "department" => Some(&mut given.department),
        "number" => Some(&mut given.number),
        "name" => Some(&mut given.name),
        "contact" => Some(&mut given.contact),
        "email" => Some(&mut given.email),
        "phone" => Some(&mut given.phone),
        "locale" => Some(&mut given.locale),
        "notes" => Some(&mut given.notes),
        _ => None,
    }
}

const ADDRESS: &str = "is no object of the texts `line1`, `line2`, `city`, `region`, `postal_code` and `country`";

fn taken<T: DeserializeOwned + Default>(faults: &mut Faults, name: &str, value: Value, wrong: &str) -> Option<T> {
    if value.is_null() {
        return Some(T::default());
    }
    // what serde says may repeat the input
    faults.check(name, serde_json::from_value(value).map_err(|_| Error::because(Code::InvalidInput, wrong)))
}

fn unknown(name: &str) -> Error {
    let shown = Line::<60>::parse(name).map_or_else(|_| "one".to_owned(), |name| format!("`{}`", name.as_str()));
    Error::because(Code::UnknownField, format!("hold {shown}, which is none of `{}`", COLUMNS.join("`, `")))
}
