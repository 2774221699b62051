//! Cells in and rows out.

use handfast::store::{Cell, CellType, Row, Table};
use rusqlite::{
    Statement,
    types::{Null, ValueRef},
};
use uuid::{Uuid, fmt::Hyphenated};

use crate::failure::Failure;

/// Binds `cell` to the parameter `at`, counted from 1. Ids are written as a person writes them.
pub(crate) fn bind(statement: &mut Statement<'_>, at: usize, cell: &Cell) -> rusqlite::Result<()> {
    match cell {
        Cell::Null => statement.raw_bind_parameter(at, Null),
        Cell::Int(int) => statement.raw_bind_parameter(at, int),
        Cell::Text(text) => statement.raw_bind_parameter(at, text.as_str()),
        Cell::Id(id) => {
            let mut text = [0; Hyphenated::LENGTH];
            statement.raw_bind_parameter(at, &*id.hyphenated().encode_lower(&mut text))
        }
    }
}

/// Binds `cells` to the parameters from 1 on; there must be one for each.
pub(crate) fn bind_all<'a>(
    statement: &mut Statement<'_>,
    cells: impl IntoIterator<Item = &'a Cell>,
) -> Result<(), Failure> {
    // a parameter left out would keep what was bound to it before
    let bound = bind_first(statement, cells)?;
    if bound == statement.parameter_count() { Ok(()) } else { Err(Failure::Misuse) }
}

/// Binds `cells` to the parameters from 1 on; gives how many they are.
pub(crate) fn bind_first<'a>(
    statement: &mut Statement<'_>,
    cells: impl IntoIterator<Item = &'a Cell>,
) -> Result<usize, Failure> {
    let mut bound = 0;
    for cell in cells {
        bound += 1;
        bind(statement, bound, cell)?;
    }
    Ok(bound)
}

/// A record: the version, then the columns of `table`.
pub(crate) fn row(table: &Table, row: &rusqlite::Row<'_>) -> Result<Row, Failure> {
    let mut cells = Vec::with_capacity(table.columns.len());
    for (at, column) in table.columns.iter().enumerate() {
        cells.push(cell(column.ty, row.get_ref(at + 1)?)?);
    }
    Ok(Row { version: row.get(0)?, cells })
}

/// A cell of a column of type `ty`.
pub(crate) fn cell(ty: CellType, value: ValueRef<'_>) -> Result<Cell, Failure> {
    match (ty, value) {
        (_, ValueRef::Null) => Ok(Cell::Null),
        (CellType::Bool | CellType::Int | CellType::Time, ValueRef::Integer(int)) => Ok(Cell::Int(int)),
        (CellType::Id, ValueRef::Text(text)) => Uuid::try_parse_ascii(text).map(Cell::Id).map_err(|_| Failure::Value),
        (CellType::Text | CellType::Decimal | CellType::Json | CellType::Secret, ValueRef::Text(text)) => {
            String::from_utf8(text.to_vec()).map(Cell::Text).map_err(|_| Failure::Value)
        }
        _ => Err(Failure::Value),
    }
}
