//! The statements that list: a page of an index, a page of a search.

use handfast::store::{Begin, Query, Search, Table};
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
    /// Which word leads.
    pub(crate) lead: Lead,
}

/// Where a page of a search looks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lead {
    /// Among the rows of the first word, which are in the order of the result.
    Order,
    /// Among the rows of another word, which are so few that they are put in order.
    Rare,
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

/// Binds: the fixed cells; where a rare word leads, the beginning and the end of its range; the word and the id where the
/// page before ended; the beginning and the end of the range of each word; the limit.
///
/// A row comes by the first of its words in the range, so it must have no smaller one there. What it must have besides is
/// looked up row by row: `OFFSET 0` keeps the server from joining otherwise, by what it believes about the words.
pub(super) fn found(name: &str, place: &Place, table: &Table, found: Found, marks: &mut Parameters) -> Option<String> {
    let search = table.searches.get(found.search)?;
    let words = place.words(table, search);
    let text = |marks: &mut Parameters| marks.typed(Type::TEXT);
    let fixed = fixed_to(table, search, marks);
    let few = match found.lead {
        Lead::Order => String::new(),
        Lead::Rare => format!(
            "(SELECT DISTINCT id FROM {words} WHERE {fixed} AND word >= {} AND word < {}) AS c",
            text(marks),
            text(marks)
        ),
    };
    let after = found.after.then(|| format!("(w.word, w.id) > ({}, {})", text(marks), marks.typed(Type::UUID)));
    let (from, until) = (text(marks), text(marks));
    let has = |of: &str, conditions: &str| {
        format!("EXISTS (SELECT 1 FROM {words} WHERE id = {of} AND {conditions} OFFSET 0)")
    };
    let mut others = Vec::new();
    for _ in 1..found.words {
        others.push(has("w.id", &format!("word >= {} AND word < {}", text(marks), text(marks))));
    }
    let limit = marks.int();
    let first = match found.lead {
        Lead::Order => {
            let smaller = has("w.id", &format!("word >= {from} AND word < w.word"));
            let within = format!("{fixed} AND word >= {from} AND word < {until} AND NOT {smaller}");
            format!(
                "SELECT w.word, w.id FROM {words} AS w WHERE {}",
                all_of([within].into_iter().chain(after).chain(others))
            )
        }
        Lead::Rare => {
            let smallest = format!(
                "SELECT word, id FROM {words} WHERE id = c.id AND word >= {from} AND word < {until} ORDER BY word LIMIT 1"
            );
            let conditions = all_of(after.into_iter().chain(others));
            format!("SELECT w.word, w.id FROM {few} CROSS JOIN LATERAL ({smallest}) AS w WHERE {conditions}")
        }
    };
    Some(format!(
        "SELECT {} FROM ({first} ORDER BY w.word, w.id LIMIT {limit}) AS f JOIN {name} AS t ON t.\"id\" = f.id \
         ORDER BY f.word, f.id",
        selected(table, "t")
    ))
}

/// How many entries lie in the range of each of several words, as far as that matters, beside one another. Binds: the fixed
/// cells, the beginning and the end of each range.
pub(super) fn entries(
    place: &Place,
    table: &Table,
    search: usize,
    words: usize,
    marks: &mut Parameters,
) -> Option<String> {
    let search = table.searches.get(search)?;
    let (name, fixed) = (place.words(table, search), fixed_to(table, search, marks));
    let mut text = || marks.typed(Type::TEXT);
    let each = (0..words).map(|_| {
        let (from, until) = (text(), text());
        let some = format!(
            "SELECT 1 FROM {name} WHERE {fixed} AND word >= {from} AND word < {until} LIMIT {}",
            Query::COUNTED
        );
        format!("(SELECT count(*) FROM ({some}) AS counted)")
    });
    Some(format!("SELECT {}", list_of(each)))
}

fn fixed_to(table: &Table, search: &Search, marks: &mut Parameters) -> String {
    all_of(search.fixed.iter().map(|at| format!("{} = {}", column(table, *at), marks.cell(type_of(table, *at)))))
}

/// The whole of a table has no condition.
fn where_all(conditions: Vec<String>) -> String {
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", all_of(conditions)) }
}
