use std::{collections::BTreeMap, io::Read};

use serde::Serialize;

use super::{
    COLUMNS, LONGEST_ROW, TableFormat,
    json_lines::{Lines, given},
};
use crate::{
    csv::{Cells, Columns, Table, unguarded},
    customer::CustomerInput,
    error::{Code, Error, Faults, Result},
    value::PostalAddressInput,
};

const TABLE: Columns = Columns { names: &COLUMNS, needed: &["name", "email"], longest: LONGEST_ROW };

/// What a row says of a customer: `None` of what it has no column for, a blank text or nothing of what is empty.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(in crate::customer) struct Given {
    pub(in crate::customer) department: Option<String>,
    pub(in crate::customer) number: Option<String>,
    pub(in crate::customer) name: Option<String>,
    pub(in crate::customer) contact: Option<String>,
    pub(in crate::customer) email: Option<String>,
    pub(in crate::customer) phone: Option<String>,
    pub(in crate::customer) address: Option<PostalAddressInput>,
    pub(in crate::customer) locale: Option<String>,
    pub(in crate::customer) notes: Option<String>,
    pub(in crate::customer) tags: Option<Vec<String>>,
    pub(in crate::customer) extra: Option<BTreeMap<String, String>>,
}

/// The rows of a table, one by one, at most some 256 KiB at a time. A row that cannot be read is an error that names its
/// line, and the next row follows; `source_failed` is the last.
pub(in crate::customer) enum Rows<R> {
    Csv(Box<Table<R>>),
    JsonLines(Lines<R>),
}

impl<R: Read> Rows<R> {
    /// Errors: `invalid_input` (the columns of CSV), `too_long`, `too_many`, `source_failed`.
    pub(in crate::customer) fn new(format: TableFormat, source: R) -> Result<Self> {
        match format {
            TableFormat::Csv => Table::new(source, TABLE).map(|table| Rows::Csv(Box::new(table))),
            TableFormat::JsonLines => Ok(Rows::JsonLines(Lines::new(source, LONGEST_ROW))),
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Given>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Rows::Csv(table) => table.next(of_cells),
            Rows::JsonLines(lines) => lines.next(given),
        }
    }
}

fn of_cells(cells: &Cells<'_>) -> Result<Given> {
    let text = |column: &str| cells.text(column).map(|text| unguarded(text).to_owned());
    let mut faults = Faults::default();
    let extra = text("extra").filter(|text| !text.trim().is_empty());
    let extra = faults.check_optional("extra", extra, |text| {
        let message = "is no JSON object of texts";
        serde_json::from_str(&text).map_err(|_| Error::because(Code::InvalidInput, message))
    });
    let extra = extra.map(|extra| cells.text("extra").map(|_| extra.unwrap_or_default()));
    let given = Given {
        department: text("department"),
        number: text("number"),
        name: text("name"),
        contact: text("contact"),
        email: text("email"),
        phone: text("phone"),
        address: address(&text),
        locale: text("locale"),
        notes: text("notes"),
        tags: text("tags").map(|tags| tags.lines().map(str::to_owned).filter(|tag| !tag.trim().is_empty()).collect()),
        extra: extra.clone().flatten(),
    };
    if extra.is_none() {
        // so that all that is wrong with the row is told at once
        given.input().check(&mut faults);
    }
    faults.made(|| Some(given))
}

/// The address, where the file has one of its columns.
fn address(text: &impl Fn(&str) -> Option<String>) -> Option<PostalAddressInput> {
    let part = |name: &str| text(&format!("address.{name}"));
    let (line1, line2, city) = (part("line1"), part("line2"), part("city"));
    let (region, postal_code, country) = (part("region"), part("postal_code"), part("country"));
    let all = [&line1, &line2, &city, &region, &postal_code, &country];
    all.iter().any(|part| part.is_some()).then(|| PostalAddressInput {
        line1: line1.unwrap_or_default(),
        line2,
        city: city.unwrap_or_default(),
        region,
        postal_code,
        country: country.unwrap_or_default(),
    })
}

impl Given {
    /// The same as an input; the department and the tags are names, and looked up for themselves.
    pub(in crate::customer) fn input(&self) -> CustomerInput {
        CustomerInput {
            department: None,
            number: self.number.clone(),
            name: self.name.clone().unwrap_or_default(),
            contact: self.contact.clone(),
            email: self.email.clone().unwrap_or_default(),
            phone: self.phone.clone(),
            address: self.address.clone().filter(|address| !is_blank(address)),
            locale: self.locale.clone(),
            notes: self.notes.clone(),
            extra: self.extra.clone().unwrap_or_default(),
        }
    }
}

fn is_blank(address: &PostalAddressInput) -> bool {
    let PostalAddressInput { line1, line2, city, region, postal_code, country } = address;
    let optional = [line2, region, postal_code].into_iter().flatten();
    optional.chain([line1, city, country]).all(|text| text.trim().is_empty())
}
