//! The SQL of a declared table.

pub(crate) mod list;
pub(crate) mod schema;
pub(crate) mod statement;
pub(crate) mod texts;

use handfast::store::{CellType, Search, Table};
use tokio_postgres::types::Type;

use crate::cells::{wire, wires};

/// Every table of the library begins so, whatever else is in the schema.
const PREFIX: &str = "handfast_";

/// A statement, and the types of its parameters.
#[derive(Debug)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) types: Vec<Type>,
}

/// The schema that holds the tables.
#[derive(Clone, Debug)]
pub(crate) struct Place(String);

impl Place {
    pub(crate) fn new(schema: &str) -> Self {
        Place(quoted(schema))
    }

    /// The schema, quoted.
    pub(crate) fn schema(&self) -> &str {
        &self.0
    }

    /// A table that belongs to no record.
    pub(crate) fn own(&self, name: &str) -> String {
        format!("{}.{PREFIX}{name}", self.0)
    }

    fn table(&self, table: &Table) -> String {
        format!("{}.{}", self.0, quoted(&table_name(table)))
    }

    fn words(&self, table: &Table, search: &Search) -> String {
        format!("{}.{}", self.0, quoted(&words_name(table, search)))
    }
}

/// A name as it stands in SQL, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn table_name(table: &Table) -> String {
    format!("{PREFIX}{}", table.name)
}

fn words_name(table: &Table, search: &Search) -> String {
    format!("{PREFIX}{}_{}", table.name, search.name)
}

/// A column, quoted: a record may call one `to` or `order`.
fn column(table: &Table, at: usize) -> String {
    quoted(table.columns.get(at).map_or("", |column| column.name))
}

fn type_of(table: &Table, at: usize) -> CellType {
    table.columns.get(at).map_or(CellType::Text, |column| column.ty)
}

/// Columns with commas between them.
fn columns<'a>(table: &Table, positions: impl IntoIterator<Item = &'a usize>) -> String {
    list_of(positions.into_iter().map(|at| column(table, *at)))
}

/// The version, then every column; decimals as text, as they travel.
fn selected(table: &Table, alias: &str) -> String {
    let all = table.columns.iter().map(|column| match column.ty {
        CellType::Decimal => format!("{alias}.{}::text", quoted(column.name)),
        _ => format!("{alias}.{}", quoted(column.name)),
    });
    list_of([format!("{alias}.version")].into_iter().chain(all))
}

/// A value on its way into a column of type `ty`.
fn stored(ty: CellType, value: &str) -> String {
    if ty == CellType::Decimal { format!("{value}::numeric") } else { value.to_owned() }
}

fn list_of(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}

fn all_of(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(" AND ")
}

/// Hands out the parameters of a statement in the order they are bound, `$1`, `$2`, .., and keeps their types.
#[derive(Default)]
struct Parameters(Vec<Type>);

impl Parameters {
    fn typed(&mut self, ty: Type) -> String {
        self.0.push(ty);
        format!("${}", self.0.len())
    }

    fn int(&mut self) -> String {
        self.typed(Type::INT8)
    }

    /// A parameter for a cell of type `ty`.
    fn cell(&mut self, ty: CellType) -> String {
        let mark = self.typed(wire(ty));
        stored(ty, &mark)
    }

    /// A parameter for cells of type `ty`.
    fn cells(&mut self, ty: CellType) -> String {
        self.typed(wires(ty))
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod plan_tests;
