//! What flaws do to values.

use handfast::store::{Cell, CellType, Table};

use crate::flaws::Flaw::{self, *};

/// The cells of a row as a store with `flaw` keeps them.
pub(crate) fn stored(flaw: Option<Flaw>, table: &Table, cells: Vec<Cell>) -> Vec<Cell> {
    let typed = cells.into_iter().zip(table.columns);
    let keep = |(cell, column): (Cell, &handfast::store::Column)| match (flaw, cell, column.ty) {
        (Some(RewritesJson), Cell::Text(json), CellType::Json) => Cell::Text(json.replace(' ', "")),
        (Some(FillsNull), Cell::Null, CellType::Int) => Cell::Int(0),
        (Some(RoundsNumbers), Cell::Int(number), CellType::Int) => Cell::Int(number as f64 as i64),
        (Some(TrimsText), Cell::Text(text), _) => Cell::Text(text.trim().to_owned()),
        (Some(TakesEmptyForNull), Cell::Text(text), _) if text.is_empty() && column.optional => Cell::Null,
        (Some(CutsText), Cell::Text(text), _) => Cell::Text(text.chars().take(65_535).collect()),
        (_, cell, _) => cell,
    };
    typed.map(keep).collect()
}

/// What a list with `flaw` compares instead of `cells`.
pub(crate) fn order(flaw: Option<Flaw>, cells: Vec<Cell>) -> Vec<(Vec<u16>, Cell)> {
    let place = |cell: Cell| match (flaw, &cell) {
        (Some(FoldsTheOrder), Cell::Text(text)) => (text.to_lowercase().encode_utf16().collect(), cell),
        (Some(OrdersByUtf16), Cell::Text(text)) => (text.encode_utf16().collect(), cell),
        (Some(OrdersAsText), Cell::Int(number)) => (number.to_string().encode_utf16().collect(), cell),
        _ => (Vec::new(), cell),
    };
    cells.into_iter().map(place).collect()
}

/// SQL's `word LIKE 'prefix%'`, where nobody escaped the prefix.
pub(crate) fn like(word: &str, prefix: &str) -> bool {
    match prefix.chars().next() {
        None => true,
        Some('%') => (0..=word.len()).filter_map(|at| word.get(at..)).any(|rest| like(rest, &prefix[1..])),
        Some(wanted) => {
            let mut letters = word.chars();
            letters.next().is_some_and(|letter| wanted == '_' || letter == wanted)
                && like(letters.as_str(), &prefix[wanted.len_utf8()..])
        }
    }
}
