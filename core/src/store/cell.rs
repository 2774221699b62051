//! What one column of one row can hold, and how a Rust field becomes that.

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
};

/// One stored value. No floats, so every value has an order and can be compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Nothing; equal to no other in a unique key.
    Null,
    /// A number, a truth value (0 or 1), or milliseconds since 1970.
    Int(i64),
    /// An id.
    Id(Uuid),
    /// Text of any kind; sorts by its bytes.
    Text(String),
}

/// What a column is declared to hold: a store picks its native type by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    /// `Cell::Int` of 0 or 1.
    Bool,
    /// `Cell::Int`.
    Int,
    /// `Cell::Int`: milliseconds since 1970, UTC.
    Time,
    /// `Cell::Id`.
    Id,
    /// `Cell::Text`.
    Text,
    /// `Cell::Text`: an exact decimal number without exponent or trailing zeros.
    Decimal,
    /// `Cell::Text`: JSON.
    Json,
    /// `Cell::Text`: a hash or a ciphertext; stored as text, never shown in an event.
    Secret,
}

/// Anything that can be compared with a column.
pub trait ToCell {
    /// What the column holds.
    const TYPE: CellType;
    /// This, as stored.
    fn to_cell(&self) -> Cell;
}

/// Anything that can be a column of a record.
pub trait Field: ToCell + Sized {
    /// Whether the column may be empty.
    const OPTIONAL: bool = false;
    /// This, from what is stored. Errors: `corrupt`, when someone else wrote it.
    fn from_cell(cell: &Cell) -> Result<Self>;
}

/// What a column of type `C` can be compared with: its own type, what is inside an optional one, a `&str`.
pub trait Compares<C>: ToCell {}
impl<T: Field> Compares<T> for T {}
impl<T: Field> Compares<T> for &T {}
impl<T: Field> Compares<Option<T>> for &T {}
impl<T: Field> Compares<Option<T>> for T {}
impl Compares<String> for &str {}
impl Compares<Option<String>> for &str {}

/// An argument as the cell to compare a column with; `column` only says which type that column has.
pub fn compare<R, C, A: Compares<C>>(_column: fn(&R) -> &C, argument: A) -> Cell {
    argument.to_cell()
}

/// The error of a cell that its field cannot hold. The content stays out of the message: it may be private.
pub(crate) fn corrupt(expected: &str) -> Error {
    Error::because(Code::Corrupt, format!("a stored value is not {expected}"))
}

impl<T: ToCell + ?Sized> ToCell for &T {
    const TYPE: CellType = T::TYPE;
    fn to_cell(&self) -> Cell {
        (**self).to_cell()
    }
}

impl ToCell for str {
    const TYPE: CellType = CellType::Text;
    fn to_cell(&self) -> Cell {
        Cell::Text(self.to_owned())
    }
}

impl ToCell for String {
    const TYPE: CellType = CellType::Text;
    fn to_cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
}

impl Field for String {
    fn from_cell(cell: &Cell) -> Result<Self> {
        if let Cell::Text(text) = cell { Ok(text.clone()) } else { Err(corrupt("text")) }
    }
}

impl ToCell for i64 {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(*self)
    }
}

impl Field for i64 {
    fn from_cell(cell: &Cell) -> Result<Self> {
        if let Cell::Int(int) = cell { Ok(*int) } else { Err(corrupt("a number")) }
    }
}

impl ToCell for bool {
    const TYPE: CellType = CellType::Bool;
    fn to_cell(&self) -> Cell {
        Cell::Int(i64::from(*self))
    }
}

impl Field for bool {
    fn from_cell(cell: &Cell) -> Result<Self> {
        match cell {
            Cell::Int(0) => Ok(false),
            Cell::Int(1) => Ok(true),
            _ => Err(corrupt("a truth value")),
        }
    }
}

impl ToCell for Timestamp {
    const TYPE: CellType = CellType::Time;
    fn to_cell(&self) -> Cell {
        Cell::Int(self.millis())
    }
}

impl Field for Timestamp {
    fn from_cell(cell: &Cell) -> Result<Self> {
        if let Cell::Int(millis) = cell { Ok(Timestamp::from_millis(*millis)) } else { Err(corrupt("a time")) }
    }
}

impl<T> ToCell for Id<T> {
    const TYPE: CellType = CellType::Id;
    fn to_cell(&self) -> Cell {
        Cell::Id(self.uuid())
    }
}

impl<T> Field for Id<T> {
    fn from_cell(cell: &Cell) -> Result<Self> {
        if let Cell::Id(uuid) = cell { Ok(Id::of(*uuid)) } else { Err(corrupt("an id")) }
    }
}

impl ToCell for Decimal {
    const TYPE: CellType = CellType::Decimal;
    fn to_cell(&self) -> Cell {
        Cell::Text(self.normalize().to_string())
    }
}

impl Field for Decimal {
    fn from_cell(cell: &Cell) -> Result<Self> {
        let Cell::Text(text) = cell else { return Err(corrupt("a decimal")) };
        text.parse().map_err(|_| corrupt("a decimal"))
    }
}

impl<T: ToCell> ToCell for Option<T> {
    const TYPE: CellType = T::TYPE;
    fn to_cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, T::to_cell)
    }
}

impl<T: Field> Field for Option<T> {
    const OPTIONAL: bool = true;
    fn from_cell(cell: &Cell) -> Result<Self> {
        match cell {
            Cell::Null => Ok(None),
            some => T::from_cell(some).map(Some),
        }
    }
}

/// Makes types that serde knows columns of JSON.
macro_rules! json_field {
    ($($Type:ty),+ $(,)?) => {$(
        impl $crate::store::ToCell for $Type {
            const TYPE: $crate::store::CellType = $crate::store::CellType::Json;
            fn to_cell(&self) -> $crate::store::Cell {
                $crate::store::Cell::json(self)
            }
        }

        impl $crate::store::Field for $Type {
            fn from_cell(cell: &$crate::store::Cell) -> $crate::Result<Self> {
                cell.read_json(stringify!($Type))
            }
        }
    )+};
}

pub(crate) use json_field;

impl Cell {
    /// The error of a cell that its type refuses.
    pub(crate) fn unfit(expected: &str) -> Error {
        corrupt(&format!("a `{expected}`"))
    }

    /// A value as JSON. Only maps with keys that are no text cannot be written, and no column is one; should
    /// one ever be, reading it back says `corrupt`.
    pub(crate) fn json(value: &impl serde::Serialize) -> Cell {
        Cell::Text(serde_json::to_string(value).unwrap_or_default())
    }

    pub(crate) fn read_json<T: serde::de::DeserializeOwned>(&self, expected: &str) -> Result<T> {
        let read = if let Cell::Text(text) = self { serde_json::from_str(text).ok() } else { None };
        read.ok_or_else(|| Cell::unfit(expected))
    }
}
