use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use handfast::{
    SCHEMA,
    partner::PartnerNumber,
    store::{Cell, CellType, Row, Table},
};
use handfast_tests::snapshot::Snapshot;
use uuid::Uuid;

/// All rows of the library as lines of text, sorted, so that two runs can be compared: what is random in the new rows
/// (ids, slugs, secrets) is left out, and an id of a new row is told as the kind of that row.
pub(crate) type Picture = Vec<String>;

/// The ids of the rows of a snapshot.
pub(crate) fn ids(snapshot: &Snapshot) -> BTreeSet<Uuid> {
    rows(snapshot).filter_map(|(_, row)| id(row)).collect()
}

/// A picture of a snapshot; ids in `old` are told as they are.
pub(crate) fn picture(snapshot: &Snapshot, old: &BTreeSet<Uuid>) -> Picture {
    let kinds: BTreeMap<_, _> = rows(snapshot).filter_map(|(table, row)| Some((id(row)?, table.name))).collect();
    let numbers = rows(snapshot).filter(|(_, row)| id(row).is_none_or(|id| !old.contains(&id)));
    let names = Names { old, kinds, numbers: numbers.flat_map(|(table, row)| drawn(table, row)).collect() };
    let mut lines: Vec<_> = rows(snapshot).map(|(table, row)| names.line(table, row)).collect();
    lines.sort_unstable();
    lines
}

fn rows(snapshot: &Snapshot) -> impl Iterator<Item = (&'static Table, &Row)> {
    SCHEMA.tables.iter().flat_map(|table| snapshot.rows(table).into_iter().map(|row| (*table, row)))
}

fn id(row: &Row) -> Option<Uuid> {
    if let Cell::Id(id) = row.id() { Some(*id) } else { None }
}

/// What was drawn for a row beside its id and its secrets, as it is told elsewhere.
fn drawn(table: &Table, row: &Row) -> Vec<String> {
    let column = match table.name {
        "partner" | "certificate" => table.columns.iter().position(|column| column.name == "number"),
        _ => None,
    };
    match column.and_then(|at| row.cells.get(at)) {
        Some(Cell::Text(number)) => {
            let grouped = PartnerNumber::parse(number).map(|number| number.grouped());
            grouped.into_iter().chain([number.clone()]).collect()
        }
        _ => Vec::new(),
    }
}

/// What ids are called.
struct Names<'a> {
    old: &'a BTreeSet<Uuid>,
    kinds: BTreeMap<Uuid, &'static str>,
    /// The numbers of new partners and certificates.
    numbers: Vec<String>,
}

impl Names<'_> {
    fn line(&self, table: &Table, row: &Row) -> String {
        let is_new = id(row).is_none_or(|id| !self.old.contains(&id));
        let mut line = format!("{} version={}", table.name, row.version);
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let told = match (cell, column.ty) {
                (Cell::Null, _) => "nothing".to_owned(),
                (_, CellType::Secret) => "a secret".to_owned(),
                (Cell::Text(_), _) if column.name == "slug" && is_new => "a slug".to_owned(),
                // of ids and times
                (Cell::Text(_), _) if (table.name, column.name) == ("certificate", "digest") => "evidence".to_owned(),
                (Cell::Int(int), _) => int.to_string(),
                (Cell::Id(id), _) => self.name(*id),
                (Cell::Text(text), _) => self.text(text),
            };
            let _ = write!(line, " {}={told}", column.name);
        }
        line
    }

    fn name(&self, id: Uuid) -> String {
        match self.kinds.get(&id) {
            _ if self.old.contains(&id) => id.to_string(),
            Some(kind) => format!("new {kind}"),
            None => "an id of nothing".to_owned(),
        }
    }

    /// A text with the ids in it told by their names.
    fn text(&self, text: &str) -> String {
        const LENGTH: usize = uuid::fmt::Hyphenated::LENGTH;
        let text = self.numbers.iter().fold(text.to_owned(), |text, number| text.replace(number, "a number"));
        let (mut told, mut rest) = (String::new(), text.as_str());
        while let Some(first) = rest.chars().next() {
            let begins = rest.as_bytes().get(8) == Some(&b'-');
            match rest.get(..LENGTH).filter(|_| begins).and_then(|id| Uuid::try_parse(id).ok()) {
                Some(id) => {
                    told.push_str(&self.name(id));
                    rest = &rest[LENGTH..];
                }
                None => {
                    told.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        told
    }
}
