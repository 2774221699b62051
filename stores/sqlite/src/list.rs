//! One page of an index or of a search.

use handfast::store::{Cell, Direction, Query, Row, Source};

use crate::{
    cells::{bind_all, row},
    failure::Failure,
    session::Session,
    sql::{
        list::{Begin, Found, Page},
        statement::Shape,
    },
};

/// A statement and what is bound to it.
type Asked = (Shape, Vec<Cell>);

/// The rows of a page. A cursor that does not fit the list finds nothing, as in every store.
pub(crate) fn list(session: &mut Session, query: &Query) -> Result<Vec<Row>, Failure> {
    let asked = match &query.source {
        Source::Index(at) => page(query, *at),
        Source::Search { search, words } => found(query, *search, words),
    };
    let Some((shape, mut cells)) = asked else { return Ok(Vec::new()) };
    cells.push(Cell::Int(query.limit.into()));
    let mut statements = session.statements();
    let statement = statements.get(query.table, shape)?;
    bind_all(statement, &cells)?;
    let mut rows = statement.raw_query();
    let mut page = Vec::new();
    while let Some(found) = rows.next()? {
        page.push(row(query.table, found)?);
    }
    Ok(page)
}

fn page(query: &Query, at: usize) -> Option<Asked> {
    let index = query.table.indexes.get(at)?;
    let descending = query.direction == Direction::Descending;
    let (near, far) = if descending { (&query.until, &query.from) } else { (&query.from, &query.until) };
    let mut cells = query.fixed.clone();
    let begin = match (&query.after, near) {
        (Some(after), _) if after.len() != index.columns.len() - index.fixed => return None,
        (Some(after), _) => {
            cells.extend(after.iter().cloned());
            Begin::After
        }
        (None, Some(bound)) => {
            cells.push(bound.clone());
            Begin::Bound
        }
        (None, None) => Begin::First,
    };
    cells.extend(far.clone());
    Some((Shape::Page(Page { index: at, descending, begin, bounded: far.is_some() }), cells))
}

fn found(query: &Query, search: usize, words: &[String]) -> Option<Asked> {
    let mut cells = query.fixed.clone();
    match query.after.as_deref() {
        None => {}
        Some([Cell::Text(word), id]) if words.first().is_some_and(|prefix| word.starts_with(prefix)) => {
            cells.extend([Cell::Text(word.clone()), id.clone()]);
        }
        Some(_) => return None,
    }
    // the last character there is follows all that begins with the word
    let range = |word: &String| [Cell::Text(word.clone()), Cell::Text(format!("{word}\u{10ffff}"))];
    cells.extend(words.iter().flat_map(range));
    Some((Shape::Found(Found { search, words: words.len(), after: query.after.is_some() }), cells))
}
