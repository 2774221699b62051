//! Pages of a list: where one ends is an opaque cursor, bound to the list it came from.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cell, CellType, Query, Source};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
};

/// Where a page ended. Opaque; only the list that gave it takes it back (`not_a_cursor` otherwise).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor as text, to be sent to a browser and back.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Cursor(text)
    }
}

/// Some items of a list, and where the next page begins.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// `None` when this was the last page.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), next: self.next }
    }
}

/// Which page of a list, and how long: the first 50 items unless told.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paging {
    /// The `next` of the page before.
    pub cursor: Option<Cursor>,
    /// 1 to 500 items; 50 when `None`. What lies outside is taken as the nearest.
    pub limit: Option<u32>,
}

impl Paging {
    /// The first page, of at most `limit` items.
    pub fn first(limit: u32) -> Self {
        Paging { cursor: None, limit: Some(limit) }
    }

    /// The page after `page`, `None` when that was the last.
    pub fn after<T>(page: &Page<T>, limit: u32) -> Option<Self> {
        page.next.clone().map(|cursor| Paging { cursor: Some(cursor), limit: Some(limit) })
    }

    pub(crate) fn size(&self) -> u32 {
        self.limit.unwrap_or(50).clamp(1, 500)
    }
}

/// Longer than any cursor this library makes: text columns that order a list hold at most a few hundred bytes.
const LONGEST: usize = 8_192;

impl Query {
    /// The cursor of a page that ends with the row `cells`.
    pub(crate) fn cursor(&self, cells: &[Cell]) -> Cursor {
        let mut text = format!("{:x}", self.fingerprint());
        for cell in self.position(cells) {
            text.push('.');
            match cell {
                Cell::Null => text.push('n'),
                Cell::Int(int) => text.push_str(&format!("i{int}")),
                Cell::Id(id) => text.push_str(&format!("u{}", id.simple())),
                Cell::Text(part) => {
                    text.push('t');
                    text.extend(part.bytes().map(|byte| format!("{byte:02x}")));
                }
            }
        }
        Cursor(text)
    }

    /// Continues after `cursor`. Errors: `not_a_cursor`.
    pub(crate) fn continue_after(&mut self, cursor: &Cursor) -> Result<()> {
        let (mine, rest) = cursor.0.split_once('.').unwrap_or_default();
        let known = cursor.0.len() <= LONGEST && mine == format!("{:x}", self.fingerprint());
        let cells: Option<Vec<Cell>> = if known { rest.split('.').map(cell).collect() } else { None };
        let position = cells.filter(|cells| self.can_end_at(cells));
        self.after = Some(position.ok_or_else(|| Error::new(Code::NotACursor))?);
        Ok(())
    }

    /// Whether a page of this list can end at `cells`. The fingerprint is no secret, so a cursor may hold
    /// anything, and a store must not be asked to compare a number with text.
    fn can_end_at(&self, cells: &[Cell]) -> bool {
        let types: Vec<_> = match &self.source {
            Source::Search { .. } => vec![CellType::Text, CellType::Id],
            Source::Table | Source::Index(_) => {
                let order = self.index().and_then(|index| index.columns.get(index.fixed..)).unwrap_or_default();
                order.iter().filter_map(|at| self.table.columns.get(*at)).map(|column| column.ty).collect()
            }
        };
        cells.len() == types.len() && cells.iter().zip(types).all(|(cell, ty)| can_be(cell, ty))
    }

    /// FNV-1a over the list and what it fixes: not a secret, only a guard against mixing lists up.
    fn fingerprint(&self) -> u64 {
        let named = format!(
            "{}.{}.{:?}.{:?}.{:?}.{:?}.{:?}",
            self.table.name,
            self.name(),
            self.source,
            self.fixed,
            self.from,
            self.until,
            self.direction
        );
        named.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// Whether a column of type `ty` that orders a list can hold `cell`; none of them is ever empty.
fn can_be(cell: &Cell, ty: CellType) -> bool {
    match (ty, cell) {
        (CellType::Bool, Cell::Int(int)) => (0..=1).contains(int),
        (CellType::Int, Cell::Int(_)) | (CellType::Id, Cell::Id(_)) => true,
        (CellType::Time, Cell::Int(millis)) => Timestamp::from_millis(*millis).millis() == *millis,
        (CellType::Text, Cell::Text(text)) => !text.contains('\0'),
        _ => false,
    }
}

fn cell(part: &str) -> Option<Cell> {
    let (kind, rest) = part.split_at_checked(1)?;
    match kind {
        "n" => rest.is_empty().then_some(Cell::Null),
        "i" => rest.parse().ok().map(Cell::Int),
        "u" => Uuid::try_parse(rest).ok().map(Cell::Id),
        "t" => text(rest).map(Cell::Text),
        _ => None,
    }
}

fn text(hex: &str) -> Option<String> {
    let byte = |at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    String::from_utf8((0..hex.len()).step_by(2).map(byte).collect::<Option<_>>()?).ok()
}

#[cfg(test)]
#[path = "cursor_tests.rs"]
mod tests;
