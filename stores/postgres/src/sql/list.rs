//! The statements that list: a page of an index, a page of a search.

use handfast::store::{Begin, Table};
use tokio_postgres::types::Type;

use super::{Parameters, Place, all_of, column, columns, list_of, selected, type_of};

/// A page of an index or of a whole table, by what bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Page {
    /// Position in `table.indexes`; none for the table by its ids.
    pub(crate) index: Option<usize>,
    /// A bit for each fixed column that is to be empty, the first lowest.
    pub(crate) empty: u64,
    /// Whether it runs from the largest to the smallest.
    pub(crate) descending: bool,
    /// Where it begins.
    pub(crate) begin: Begin,
    /// Whether it ends before or at a bound.
    pub(crate) bounded: bool,
}

/// A page of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Found {
    /// Position in `table.searches`.
    pub(crate) search: usize,
    /// How many words it looks for.
    pub(crate) words: usize,
    /// Whether it continues a page.
    pub(crate) after: bool,
}

/// Binds: the fixed cells that are not empty, where it begins, where it ends, the limit.
pub(super) fn page(name: &str, table: &Table, page: Page, marks: &mut Parameters) -> Option<String> {
    let index = table.order(page.index)?;
    let (fixed, order) = index.columns.split_at_checked(index.fixed)?;
    let is_empty = |at: usize| page.empty >> at & 1 == 1;
    let mut conditions = Vec::new();
    for (at, of) in fixed.iter().enumerate() {
        let column = column(table, *of);
        conditions.push(match is_empty(at) {
            true => format!("t.{column} IS NULL"),
            false => format!("t.{column} = {}", marks.cell(type_of(table, *of))),
        });
    }
    let leading = *order.first()?;
    let first = format!("t.{}", column(table, leading));
    match page.begin {
        Begin::First => {}
        Begin::Bound if page.descending => {
            conditions.push(format!("{first} < {}", marks.cell(type_of(table, leading))))
        }
        Begin::Bound => conditions.push(format!("{first} >= {}", marks.cell(type_of(table, leading)))),
        Begin::After => {
            let beyond = if page.descending { "<" } else { ">" };
            let position = list_of(order.iter().map(|at| marks.cell(type_of(table, *at))));
            conditions.push(format!("({}) {beyond} ({position})", columns(table, order)));
        }
    }
    if page.bounded {
        let within = if page.descending { ">=" } else { "<" };
        conditions.push(format!("{first} {within} {}", marks.cell(type_of(table, leading))));
    }
    let way = if page.descending { " DESC" } else { "" };
    // an empty column is not taken for a constant, so the index is only followed when it is named in the order
    let empty = fixed.iter().enumerate().filter(|(at, _)| is_empty(*at)).map(|(_, of)| of);
    let by = list_of(empty.chain(order).map(|at| format!("t.{}{way}", column(table, *at))));
    let (selected, conditions) = (selected(table, "t"), where_all(conditions));
    Some(format!("SELECT {selected} FROM {name} AS t{conditions} ORDER BY {by} LIMIT {}", marks.int()))
}

/// Binds: the fixed cells; the word and the id where the page before ended; the beginning and the end of the
/// range of each word; the limit.
///
/// A row comes by the first of its words in the range, so it must have no smaller one there.
pub(super) fn found(name: &str, place: &Place, table: &Table, found: Found, marks: &mut Parameters) -> Option<String> {
    let search = table.searches.get(found.search)?;
    let words = place.words(table, search);
    let text = |marks: &mut Parameters| marks.typed(Type::TEXT);
    let fixed = search.fixed.iter().map(|at| format!("w.{} = {}", column(table, *at), marks.cell(type_of(table, *at))));
    let mut conditions: Vec<_> = fixed.collect();
    if found.after {
        conditions.push(format!("(w.word, w.id) > ({}, {})", text(marks), marks.typed(Type::UUID)));
    }
    let (from, until) = (text(marks), text(marks));
    conditions.push(format!("w.word >= {from} AND w.word < {until}"));
    conditions.push(format!(
        "NOT EXISTS (SELECT 1 FROM {words} AS s WHERE s.id = w.id AND s.word >= {from} AND s.word < w.word)"
    ));
    for _ in 1..found.words {
        let (from, until) = (text(marks), text(marks));
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM {words} AS o WHERE o.id = w.id AND o.word >= {from} AND o.word < {until})"
        ));
    }
    let (selected, conditions) = (selected(table, "t"), all_of(conditions));
    Some(format!(
        "SELECT {selected} FROM {words} AS w JOIN {name} AS t ON t.\"id\" = w.id WHERE {conditions} \
         ORDER BY w.word, w.id LIMIT {}",
        marks.int()
    ))
}

/// The whole of a table has no condition.
fn where_all(conditions: Vec<String>) -> String {
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", all_of(conditions)) }
}
