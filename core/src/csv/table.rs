use std::io::Read;

use super::read::{Record, Records, at};
use crate::{
    error::{Code, Error, Faults, Result},
    value::Line,
};

/// The columns of a table.
#[derive(Clone, Copy)]
pub(crate) struct Columns {
    /// Their names, each once.
    pub(crate) names: &'static [&'static str],
    /// Those that every file has.
    pub(crate) needed: &'static [&'static str],
    /// Bytes of a row, without its quotes: more than all its fields can have at their limits.
    pub(crate) longest: usize,
}

/// A CSV file whose first line names its columns, in any order.
pub(crate) struct Table<R> {
    records: Records<R>,
    columns: Columns,
    /// Which column each field is.
    order: Vec<usize>,
    broken: bool,
}

/// The fields of one row.
pub(crate) struct Cells<'a> {
    columns: Columns,
    order: &'a [usize],
    texts: Vec<&'a str>,
}

impl<R: Read> Table<R> {
    /// Reads the first line. Errors: `invalid_input` (the columns: `required`, `unknown_field`, `duplicate_entry`),
    /// `too_long`, `too_many`, `source_failed`.
    pub(crate) fn new(source: R, columns: Columns) -> Result<Self> {
        let mut records = Records::new(source, columns.longest)?;
        let order = match records.next()? {
            Some(header) => columns.order(&header.fields)?,
            None => columns.order(&[])?,
        };
        Ok(Table { records, columns, order, broken: false })
    }

    /// What `make` makes of the next row, an error with its line in front. After `source_failed` comes nothing more.
    pub(crate) fn next<T>(&mut self, make: impl FnOnce(&Cells<'_>) -> Result<T>) -> Option<Result<T>> {
        if self.broken {
            return None;
        }
        let record = self.records.next().transpose()?;
        self.broken = record.as_ref().is_err_and(|error| error.code() == Code::SourceFailed);
        Some(record.and_then(|Record { line, fields }| {
            let cells = self.columns.cells(&self.order, &fields);
            cells.and_then(|cells| make(&cells)).map_err(|error| at(line, &error))
        }))
    }
}

impl Cells<'_> {
    /// The text of a column; `None` where the file lacks the column.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        let place = self.order.iter().position(|at| self.columns.names.get(*at) == Some(&column))?;
        self.texts.get(place).copied()
    }
}

impl Columns {
    /// Which column each field of the header is.
    fn order(&self, header: &[&[u8]]) -> Result<Vec<usize>> {
        let (mut faults, mut order) = (Faults::default(), Vec::new());
        for (at, name) in header.iter().enumerate() {
            match self.known(name) {
                Ok(column) if order.contains(&column) => faults.add(&format!("columns.{at}"), Code::DuplicateEntry),
                Ok(column) => order.push(column),
                Err(error) => drop(faults.check::<()>(&format!("columns.{at}"), Err(error))),
            }
        }
        let has = |name: &&&str| order.iter().any(|at| self.names.get(*at) == Some(*name));
        for name in self.needed.iter().filter(|name| !has(name)) {
            faults.check::<()>("columns", Err(Error::because(Code::Required, format!("lack `{name}`"))));
        }
        faults.made(|| Some(order))
    }

    fn known(&self, name: &[u8]) -> Result<usize> {
        let text = str::from_utf8(name).map(str::trim).unwrap_or_default();
        let found = self.names.iter().position(|column| column.eq_ignore_ascii_case(text));
        found.ok_or_else(|| {
            // what is long or cannot be seen is not repeated
            let shown = Line::<60>::parse(text).map_or_else(|_| "it".to_owned(), |name| format!("`{}`", name.as_str()));
            let names = self.names.join("`, `");
            Error::because(Code::UnknownField, format!("is not asked for: {shown} is none of `{names}`"))
        })
    }

    fn cells<'a>(self, order: &'a [usize], fields: &[&'a [u8]]) -> Result<Cells<'a>> {
        let (has, asked) = (fields.len(), order.len());
        if has != asked {
            let code = if has < asked { Code::Required } else { Code::TooMany };
            return Err(Error::because(code, format!("has {has} fields where the first line has {asked}")));
        }
        let (mut faults, mut texts) = (Faults::default(), Vec::with_capacity(has));
        for (bytes, column) in fields.iter().zip(order) {
            let text = str::from_utf8(bytes)
                .map_err(|_| Error::because(Code::ForbiddenCharacter, "is not UTF-8: save the file in that encoding"));
            texts.extend(faults.check(self.names.get(*column).copied().unwrap_or_default(), text));
        }
        faults.made(|| Some(Cells { columns: self, order, texts }))
    }
}
