//! The SQL of a declared table.

pub(crate) mod list;
pub(crate) mod schema;
pub(crate) mod statement;

use handfast::store::{Search, Table};

/// Every table of the library begins so, whatever else is in the file.
const PREFIX: &str = "handfast_";

/// The name of the table that holds `table`.
pub(crate) fn table_name(table: &Table) -> String {
    format!("{PREFIX}{}", table.name)
}

/// The name of the table that holds the words of `search`.
pub(crate) fn words_name(table: &Table, search: &Search) -> String {
    format!("{PREFIX}{}_{}", table.name, search.name)
}

/// A column, quoted: a record may call one `to` or `order`.
fn column(table: &Table, at: usize) -> String {
    format!("\"{}\"", table.columns.get(at).map_or("", |column| column.name))
}

/// Columns with commas between them.
fn columns<'a>(table: &Table, positions: impl IntoIterator<Item = &'a usize>) -> String {
    list_of(positions.into_iter().map(|at| column(table, *at)))
}

/// The version, then every column.
fn selected(table: &Table, alias: &str) -> String {
    let all = (0..table.columns.len()).map(|at| format!("{alias}{}", column(table, at)));
    list_of([format!("{alias}version")].into_iter().chain(all))
}

fn list_of(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}

fn all_of(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" AND ")
}

/// Hands out the parameters of a statement in the order they are bound: `?1`, `?2`, ..
#[derive(Default)]
struct Parameters(usize);

impl Parameters {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("?{}", self.0)
    }

    fn list(&mut self, count: usize) -> String {
        list_of((0..count).map(|_| self.next()))
    }
}
