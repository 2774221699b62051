//! People to be users of customers, from CSV files (RFC 4180).
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::association::{BulkMode, csv};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let file = format!("customer,email,name,login_name\n{customer},uma@rosas.example,Uma Uva,uma\n{customer},,Nobody,\n");
//! let told = |row: &_| println!("{row:?}");
//! let tried = handfast.users().add_stream(admin, "monday", BulkMode::DryRun, csv::rows(file.as_bytes())?, told)?;
//! assert_eq!((tried.rows, tried.added, tried.refused), (2, 1, 1));
//!
//! let done = handfast.users().add_stream(admin, "monday", BulkMode::Apply, csv::rows(file.as_bytes())?, told)?;
//! assert_eq!(done, tried);
//! # Ok::<_, handfast::Error>(())
//! ```

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use csv_core::{ReadRecordResult, Reader};

use super::UserInput;
use crate::{
    clock::Timestamp,
    error::{Code, Error, Faults, Result},
    id::Id,
    value::Line,
};

/// The columns, in any order; the first three must be there.
pub const COLUMNS: [&str; 5] = ["customer", "email", "name", "login_name", "notes"];
const NEEDED: usize = 3;

/// Bytes of a row, without its quotes: more than all its fields can have at their limits.
const LONGEST_ROW: usize = 64 * 1024;
/// Fields of a row: some more than there are columns, so that a spreadsheet's empty ones are told as such.
const MOST_FIELDS: usize = 64;

/// Reads the rows of a CSV file one by one, at most some 64 KiB at a time, however large the file is.
///
/// Comma-separated, in UTF-8 with or without a byte order mark, lines ended by LF or CRLF; a field in quotes may hold
/// commas, line ends and doubled quotes. The first line names the columns: `customer` (an id), `email`, `name`, and, if
/// wanted, `login_name` and `notes`, in any order. Empty lines are passed over.
///
/// A row that cannot be read is an `invalid_input` or `too_long` that names its line, and the next row follows.
/// `source_failed` is the last: the source itself broke off.
///
/// Errors: `invalid_input` (the columns: `required`, `unknown_field`, `duplicate_entry`), `source_failed`.
pub fn rows<R: Read>(source: R) -> Result<Rows<R>> {
    let mut records = Records::new(source)?;
    let columns = match records.next()? {
        Some(header) => columns(&header.fields)?,
        None => columns(&[])?,
    };
    Ok(Rows { records, columns, broken: false })
}

/// The rows of a CSV file: see [`rows`].
pub struct Rows<R> {
    records: Records<R>,
    /// Which column each field is.
    columns: Vec<usize>,
    broken: bool,
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<UserInput>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        let record = self.records.next().transpose()?;
        self.broken = record.as_ref().is_err_and(|error| error.code() == Code::SourceFailed);
        Some(record.and_then(|Record { line, fields }| input(&fields, &self.columns).map_err(|error| at(line, &error))))
    }
}

/// Which column each field of the header is.
fn columns(header: &[&[u8]]) -> Result<Vec<usize>> {
    let (mut faults, mut columns) = (Faults::default(), Vec::new());
    for (at, name) in header.iter().enumerate() {
        match known(name) {
            Ok(column) if columns.contains(&column) => faults.add(&format!("columns.{at}"), Code::DuplicateEntry),
            Ok(column) => columns.push(column),
            Err(error) => drop(faults.check::<()>(&format!("columns.{at}"), Err(error))),
        }
    }
    for (_, name) in COLUMNS.iter().enumerate().take(NEEDED).filter(|(column, _)| !columns.contains(column)) {
        faults.check::<()>("columns", Err(Error::because(Code::Required, format!("lack `{name}`"))));
    }
    faults.made(|| Some(columns))
}

fn known(name: &[u8]) -> Result<usize> {
    let text = str::from_utf8(name).map(str::trim).unwrap_or_default();
    let found = COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(text));
    found.ok_or_else(|| {
        // what is long or cannot be seen is not repeated
        let shown = Line::<60>::parse(text).map_or_else(|_| "it".to_owned(), |name| format!("`{}`", name.as_str()));
        Error::because(Code::UnknownField, format!("is not asked for: {shown} is none of `{}`", COLUMNS.join("`, `")))
    })
}

/// The same error, with the line of the file that it is about.
fn at(line: u64, error: &Error) -> Error {
    Error::because(error.code(), format!("line {line}: {}", error.message())).with_faults(error.faults().to_vec())
}

fn input(fields: &[&[u8]], columns: &[usize]) -> Result<UserInput> {
    let (has, asked) = (fields.len(), columns.len());
    if has != asked {
        let code = if has < asked { Code::Required } else { Code::TooMany };
        return Err(Error::because(code, format!("has {has} fields where the first line has {asked}")));
    }
    let [customer, email, name, login_name, notes] = texts(fields, columns)?;
    let mut faults = Faults::default();
    let known = faults.check("customer", customer.trim().parse());
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let customer = known.unwrap_or_else(|| Id::first_at(Timestamp::MIN));
    let input = UserInput { customer, email, name, login_name: given(login_name), notes: given(notes) };
    if known.is_none() {
        // so that all that is wrong with the row is told at once
        input.check(&mut faults);
    }
    faults.made(|| Some(input))
}

/// The text of each column; nothing where the file has none.
fn texts(fields: &[&[u8]], columns: &[usize]) -> Result<[String; COLUMNS.len()]> {
    let (mut faults, mut texts) = (Faults::default(), <[String; COLUMNS.len()]>::default());
    for (bytes, column) in fields.iter().zip(columns) {
        let text = str::from_utf8(bytes)
            .map_err(|_| Error::because(Code::ForbiddenCharacter, "is not UTF-8: save the file in that encoding"));
        if let Some(text) = faults.check(COLUMNS[*column], text) {
            text.clone_into(&mut texts[*column]);
        }
    }
    faults.made(|| Some(texts))
}

/// The records of a file, each within bounds.
struct Records<R> {
    source: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    parser: Reader,
    /// The fields of one record, one behind the other, and where each ends.
    output: Vec<u8>,
    ends: [usize; MOST_FIELDS],
}

/// One of them.
struct Record<'a> {
    /// The line it begins on, or an empty one before it.
    line: u64,
    fields: Vec<&'a [u8]>,
}

impl<R: Read> Records<R> {
    fn new(mut source: R) -> Result<Self> {
        // the parser would pass over a byte order mark only where it comes in one piece with more
        let mut start = Vec::new();
        source.by_ref().take(3).read_to_end(&mut start).map_err(failed)?;
        if start == b"\xef\xbb\xbf" {
            start.clear();
        }
        let (parser, output, ends) = (Reader::new(), vec![0; LONGEST_ROW], [0; MOST_FIELDS]);
        Ok(Records { source: BufReader::new(Cursor::new(start).chain(source)), parser, output, ends })
    }

    /// The fields of the next record. Errors: `too_long`, `too_many`, after which the next record follows;
    /// `source_failed`.
    fn next(&mut self) -> Result<Option<Record<'_>>> {
        let line = self.parser.line();
        let (mut written, mut fields, mut refused) = (0, 0, None);
        loop {
            let input = loop {
                match self.source.fill_buf() {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other.map_err(failed)?,
                }
            };
            let (result, read, wrote, ended) =
                self.parser.read_record(input, &mut self.output[written..], &mut self.ends[fields..]);
            self.source.consume(read);
            (written, fields) = (written + wrote, fields + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                // what is too long is read to its end and forgotten
                ReadRecordResult::OutputFull => (written, refused) = (0, Some(too_long())),
                ReadRecordResult::OutputEndsFull => (fields, refused) = (0, refused.or_else(|| Some(too_many()))),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => break,
            }
        }
        match refused {
            None => Ok(Some(Record { line, fields: self.fields(fields) })),
            Some(error) => Err(at(line, &error)),
        }
    }

    fn fields(&self, fields: usize) -> Vec<&[u8]> {
        let ends = &self.ends[..fields];
        let begins = [0].into_iter().chain(ends.iter().copied());
        begins.zip(ends).map(|(begin, end)| &self.output[begin..*end]).collect()
    }
}

fn too_long() -> Error {
    Error::because(Code::TooLong, format!("has more than {LONGEST_ROW} bytes; a quote may be left open"))
}

fn too_many() -> Error {
    Error::because(Code::TooMany, format!("has {MOST_FIELDS} fields or more"))
}

fn failed(error: io::Error) -> Error {
    Error::new(Code::SourceFailed).caused_by(error)
}
