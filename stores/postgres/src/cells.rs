//! Cells in and rows out, in PostgreSQL's binary form.

use std::{error::Error, fmt, str};

use bytes::{BufMut, BytesMut};
use handfast::store::{Cell, CellType, Row, Table};
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::failure::Failure;

/// What is bound to a parameter.
pub(crate) enum Param<'a> {
    /// A cell of a column.
    Cell(CellType, &'a Cell),
    /// A cell of a column for each of several rows.
    Cells(CellType, Vec<&'a Cell>),
    /// An id that is no cell.
    Uuid(Uuid),
    /// The same as another.
    Again(&'a Param<'a>),
    /// Words.
    Words(Vec<&'a str>),
    /// A number.
    Int(i64),
    /// A number for each of several rows.
    Ints(Vec<i64>),
}

/// The type in which a cell travels. Decimals go as text: what has exact digits is not computed with on the way.
pub(crate) fn wire(ty: CellType) -> Type {
    match ty {
        CellType::Bool => Type::BOOL,
        CellType::Int | CellType::Time => Type::INT8,
        CellType::Id => Type::UUID,
        CellType::Json => Type::JSON,
        CellType::Text | CellType::Decimal | CellType::Secret => Type::TEXT,
    }
}

/// The type in which many such cells travel.
pub(crate) fn wires(ty: CellType) -> Type {
    match ty {
        CellType::Bool => Type::BOOL_ARRAY,
        CellType::Int | CellType::Time => Type::INT8_ARRAY,
        CellType::Id => Type::UUID_ARRAY,
        CellType::Json => Type::JSON_ARRAY,
        CellType::Text | CellType::Decimal | CellType::Secret => Type::TEXT_ARRAY,
    }
}

/// The driver logs parameters when it is told to: their values may be private.
impl fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

type Written = Result<IsNull, Box<dyn Error + Sync + Send>>;

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Written {
        match self {
            Param::Cell(of, cell) => Ok(put(*of, cell, out)),
            Param::Cells(of, cells) => array(ty, cells, out, |cell, out| put(*of, cell, out)),
            Param::Words(words) => array(ty, words, out, |word, out| {
                out.put_slice(word.as_bytes());
                IsNull::No
            }),
            Param::Uuid(id) => {
                out.put_slice(id.as_bytes());
                Ok(IsNull::No)
            }
            Param::Again(param) => param.to_sql(ty, out),
            Param::Int(int) => {
                out.put_i64(*int);
                Ok(IsNull::No)
            }
            Param::Ints(ints) => array(ty, ints, out, |int, out| {
                out.put_i64(*int);
                IsNull::No
            }),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn put(ty: CellType, cell: &Cell, out: &mut BytesMut) -> IsNull {
    match (ty, cell) {
        (_, Cell::Null) => return IsNull::Yes,
        (CellType::Bool, Cell::Int(int)) => out.put_u8(u8::from(*int != 0)),
        (_, Cell::Int(int)) => out.put_i64(*int),
        (_, Cell::Id(id)) => out.put_slice(id.as_bytes()),
        (_, Cell::Text(text)) => out.put_slice(text.as_bytes()),
    }
    IsNull::No
}

/// One dimension, counted from 1; what is empty has none.
fn array<T>(ty: &Type, all: &[T], out: &mut BytesMut, put: impl Fn(&T, &mut BytesMut) -> IsNull) -> Written {
    let Kind::Array(element) = ty.kind() else { return Err("not an array".into()) };
    out.put_i32(i32::from(!all.is_empty()));
    out.put_i32(1);
    out.put_u32(element.oid());
    if !all.is_empty() {
        out.put_i32(i32::try_from(all.len())?);
        out.put_i32(1);
    }
    for one in all {
        let at = out.len();
        out.put_i32(-1);
        if let IsNull::No = put(one, out) {
            let length = i32::try_from(out.len() - at - 4)?;
            out[at..at + 4].copy_from_slice(&length.to_be_bytes());
        }
    }
    Ok(IsNull::No)
}

/// A value as it came.
struct Raw<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A record: from the column `at` on the version, then the columns of `table`.
pub(crate) fn row(table: &Table, row: &tokio_postgres::Row, at: usize) -> Result<Row, Failure> {
    let Cell::Int(version) = cell(CellType::Int, row, at)? else { return Err(Failure::Value) };
    let columns = table.columns.iter().zip(at + 1..);
    let cells = columns.map(|(column, at)| cell(column.ty, row, at)).collect::<Result<_, _>>()?;
    Ok(Row { version, cells })
}

/// The cell of type `ty` in the column `at`.
pub(crate) fn cell(ty: CellType, row: &tokio_postgres::Row, at: usize) -> Result<Cell, Failure> {
    let Some(Raw(raw)) = row.try_get::<_, Option<Raw<'_>>>(at).map_err(|_| Failure::Misuse)? else {
        return Ok(Cell::Null);
    };
    let cell = match ty {
        CellType::Bool => raw.first().map(|truth| Cell::Int(i64::from(*truth))),
        CellType::Int | CellType::Time => raw.try_into().ok().map(|int| Cell::Int(i64::from_be_bytes(int))),
        CellType::Id => Uuid::from_slice(raw).ok().map(Cell::Id),
        CellType::Text | CellType::Decimal | CellType::Json | CellType::Secret => {
            str::from_utf8(raw).ok().map(|text| Cell::Text(text.to_owned()))
        }
    };
    cell.ok_or(Failure::Value)
}
