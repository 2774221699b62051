//! The format that courses are written in; `docs/courses.md` is for their authors.

use super::{
    definition::Course,
    reader::{self, Wrong},
    source::{self, Lines, Unreadable},
};
use crate::{
    error::{Code, Error, Fault, Result},
    value::choices,
};

/// Faults that the message of an error tells; its list has more.
const TOLD: usize = 5;

choices! {
    /// What a course is written in.
    pub enum CourseFormat {
        /// TOML 1.0.
        Toml = "toml",
        /// JSON (RFC 8259).
        Json = "json",
    }
}

impl Course {
    /// Reads a file of at most 256 KiB. Errors: `not_a_course`, whose message tells line and reason.
    ///
    /// Where the file could be read at all, the error lists up to 100 faults, each with a path as its field
    /// (`sections[1].items[0].task.count`) and `line 12: ` in front of its message; the message of the error itself
    /// tells the first five.
    pub fn parse(source: &str, format: CourseFormat) -> Result<Course> {
        if source.len() > Course::MOST_BYTES {
            let line = Lines::of(source).line(Course::MOST_BYTES);
            let message = format!("line {line}: goes beyond the {} KiB of a course", Course::MOST_BYTES / 1024);
            return Err(Error::because(Code::NotACourse, message));
        }
        let node = match format {
            CourseFormat::Toml => source::toml(source),
            CourseFormat::Json => source::json(source),
        };
        let node = node.map_err(|Unreadable { line, message }| {
            Error::because(Code::NotACourse, format!("line {line}: {message}"))
        })?;
        reader::read(&node).map_err(|wrong| refused(&wrong))
    }
}

fn refused(wrong: &[Wrong]) -> Error {
    let told = wrong.iter().take(TOLD).map(|Wrong { line, path, message, .. }| match path.as_str() {
        "" => format!("line {line}: the course {message}"),
        path => format!("line {line}: `{path}` {message}"),
    });
    let mut message = told.collect::<Vec<_>>().join("; ");
    if let Some(more @ 1..) = wrong.len().checked_sub(TOLD) {
        message.push_str(&format!("; and {more} more"));
    }
    let faults = wrong.iter().map(|Wrong { line, path, code, message }| Fault {
        field: path.clone(),
        code: *code,
        message: format!("line {line}: {message}"),
    });
    Error::because(Code::NotACourse, message).with_faults(faults.collect())
}
