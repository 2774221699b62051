//! The statements that list: a page of an index, a page of a search.

use handfast::store::{Begin, Table};

use super::{Parameters, all_of, column, columns, list_of, selected, table_name, words_name};

/// A page of an index or of a whole table, by what bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Page {
    /// Position in `table.indexes`; none for the table by its ids.
    pub(crate) index: Option<usize>,
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
    /// Which table leads.
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

/// Binds: the fixed cells, where it begins, where it ends, the limit.
pub(crate) fn page(table: &Table, page: Page) -> Option<String> {
    let index = table.order(page.index)?;
    let (fixed, order) = index.columns.split_at_checked(index.fixed)?;
    let mut marks = Parameters::default();
    let first = column(table, *order.first()?);
    let mut conditions: Vec<_> = fixed.iter().map(|at| is(table, *at, &mut marks)).collect();
    match page.begin {
        Begin::First => {}
        Begin::Bound if page.descending => conditions.push(format!("{first} < {}", marks.next())),
        Begin::Bound => conditions.push(format!("{first} >= {}", marks.next())),
        Begin::After => {
            let beyond = if page.descending { "<" } else { ">" };
            let position = marks.list(order.len());
            conditions.push(format!("({}) {beyond} ({position})", columns(table, order)));
        }
    }
    if page.bounded {
        let within = if page.descending { ">=" } else { "<" };
        conditions.push(format!("{first} {within} {}", marks.next()));
    }
    let way = if page.descending { " DESC" } else { "" };
    let by = list_of(order.iter().map(|at| format!("{}{way}", column(table, *at))));
    let (selected, name, conditions) = (selected(table, ""), table_name(table), where_all(conditions));
    Some(format!("SELECT {selected} FROM {name}{conditions} ORDER BY {by} LIMIT {}", marks.next()))
}

/// Binds: the fixed cells; where a rare word leads, the beginning and the end of its range; the word and the id where the
/// page before ended; the beginning and the end of the range of each word; the limit.
///
/// The word table leads, because its key is the order of the result. A row comes by the first of its words
/// in the range, so it must have no smaller one there.
pub(crate) fn found(table: &Table, found: Found) -> Option<String> {
    let search = table.searches.get(found.search)?;
    let words = words_name(table, search);
    let mut marks = Parameters::default();
    let fixed: Vec<_> = search.fixed.iter().map(|at| format!("{} = {}", column(table, *at), marks.next())).collect();
    let lead = match found.lead {
        Lead::Order => format!("{words} AS w"),
        Lead::Rare => {
            let (fixed, from, until) = (all_of(fixed.clone()), marks.next(), marks.next());
            let few = format!("SELECT DISTINCT id FROM {words} WHERE {fixed} AND word >= {from} AND word < {until}");
            format!("({few}) AS c CROSS JOIN {words} AS w INDEXED BY {words}_id ON w.id = c.id")
        }
    };
    let mut conditions: Vec<_> = fixed.iter().map(|is| format!("w.{is}")).collect();
    if found.after {
        conditions.push(format!("(w.word, w.id) > ({})", marks.list(2)));
    }
    let (from, until) = (marks.next(), marks.next());
    if !found.after {
        conditions.push(format!("w.word >= {from}"));
    }
    conditions.push(format!("w.word < {until}"));
    conditions.push(format!(
        "NOT EXISTS (SELECT 1 FROM {words} AS s WHERE s.id = w.id AND s.word >= {from} AND s.word < w.word)"
    ));
    for _ in 1..found.words {
        let (from, until) = (marks.next(), marks.next());
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM {words} AS o WHERE o.id = w.id AND o.word >= {from} AND o.word < {until})"
        ));
    }
    let (selected, name, conditions) = (selected(table, "t."), table_name(table), all_of(conditions));
    Some(format!(
        "SELECT {selected} FROM {lead} CROSS JOIN {name} AS t ON t.id = w.id WHERE {conditions} \
         ORDER BY w.word, w.id LIMIT {}",
        marks.next()
    ))
}

/// How many entries lie in the range of a word, as far as that matters. Binds: the fixed cells, the beginning and the end of
/// the range, how many are counted at most.
pub(crate) fn entries(table: &Table, search: usize) -> Option<String> {
    let search = table.searches.get(search)?;
    let mut marks = Parameters::default();
    let fixed = all_of(search.fixed.iter().map(|at| format!("{} = {}", column(table, *at), marks.next())));
    let (words, from, until, limit) = (words_name(table, search), marks.next(), marks.next(), marks.next());
    Some(format!(
        "SELECT count(*) FROM (SELECT 1 FROM {words} WHERE {fixed} AND word >= {from} AND word < {until} LIMIT {limit})"
    ))
}

/// A fixed column; the empty ones can be listed too.
fn is(table: &Table, at: usize, marks: &mut Parameters) -> String {
    let equal = if table.columns.get(at).is_some_and(|column| column.optional) { "IS" } else { "=" };
    format!("{} {equal} {}", column(table, at), marks.next())
}

/// The whole of a table has no condition.
fn where_all(conditions: Vec<String>) -> String {
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", all_of(conditions)) }
}
