use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use csv_core::{ReadRecordResult, Reader};

use crate::error::{Code, Error, Result};

/// Fields of a row: some more than any table has columns, so that a spreadsheet's empty ones are told as such.
const MOST_FIELDS: usize = 64;

/// The records of a file, each within bounds.
pub(super) struct Records<R> {
    source: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    parser: Reader,
    /// The fields of one record, one behind the other, and where each ends.
    output: Vec<u8>,
    ends: [usize; MOST_FIELDS],
}

/// One of them.
pub(super) struct Record<'a> {
    /// The line it begins on, or an empty one before it.
    pub(super) line: u64,
    pub(super) fields: Vec<&'a [u8]>,
}

impl<R: Read> Records<R> {
    /// Reads `source`; a record has at most `longest` bytes without its quotes. Errors: `source_failed`.
    pub(super) fn new(mut source: R, longest: usize) -> Result<Self> {
        // the parser would pass over a byte order mark only where it comes in one piece with more
        let mut start = Vec::new();
        source.by_ref().take(3).read_to_end(&mut start).map_err(failed)?;
        if start == b"\xef\xbb\xbf" {
            start.clear();
        }
        let (parser, output, ends) = (Reader::new(), vec![0; longest], [0; MOST_FIELDS]);
        Ok(Records { source: BufReader::new(Cursor::new(start).chain(source)), parser, output, ends })
    }

    /// The fields of the next record. Errors: `too_long`, `too_many`, after which the next record follows;
    /// `source_failed`.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>> {
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
                ReadRecordResult::OutputFull => (written, refused) = (0, Some(too_long(self.output.len()))),
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

/// The same error, with the line of the file that it is about.
pub(crate) fn at(line: u64, error: &Error) -> Error {
    Error::because(error.code(), format!("line {line}: {}", error.message())).with_faults(error.faults().to_vec())
}

fn too_long(longest: usize) -> Error {
    Error::because(Code::TooLong, format!("has more than {longest} bytes; a quote may be left open"))
}

fn too_many() -> Error {
    Error::because(Code::TooMany, format!("has {MOST_FIELDS} fields or more"))
}

/// The source broke off.
pub(crate) fn failed(error: io::Error) -> Error {
    Error::new(Code::SourceFailed).caused_by(error)
}
