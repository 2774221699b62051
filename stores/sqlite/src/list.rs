//! One page of an index, of a table or of a search.

use handfast::store::{Cell, Direction, Query, Row, Source, beginning_with};

use crate::{
    cells::{bind_all, row},
    failure::Failure,
    session::Session,
    sql::{
        list::{Found, Lead, Page},
        statement::Shape,
    },
};

/// A statement and what is bound to it.
type Asked = (Shape, Vec<Cell>);

/// The rows of a page. A cursor that does not fit the list finds nothing, as in every store.
pub(crate) fn list(session: &mut Session, query: &Query) -> Result<Vec<Row>, Failure> {
    let asked = match &query.source {
        Source::Table => page(query, None),
        Source::Index(at) => page(query, Some(*at)),
        Source::Search { search, words } => {
            let rare = query.leading_word(|_, word, most| entries(session, query, *search, word, most))?;
            found(query, *search, words, rare.and_then(|place| words.get(place)))
        }
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

fn page(query: &Query, index: Option<usize>) -> Option<Asked> {
    let span = query.span()?;
    let mut cells = query.fixed.clone();
    cells.extend(span.first.iter().chain(span.last).cloned());
    let descending = query.direction == Direction::Descending;
    Some((Shape::Page(Page { index, descending, begin: span.begin, bounded: span.last.is_some() }), cells))
}

/// How many entries begin with a word; one more than `most` stands for more than that.
fn entries(session: &mut Session, query: &Query, search: usize, word: &str, most: i64) -> Result<i64, Failure> {
    let mut cells = query.fixed.clone();
    cells.extend(range(word));
    cells.push(Cell::Int(most + 1));
    let mut statements = session.statements();
    let statement = statements.get(query.table, Shape::Entries { search })?;
    bind_all(statement, &cells)?;
    let mut rows = statement.raw_query();
    Ok(rows.next()?.map_or(Ok(0), |row| row.get(0))?)
}

/// The range of all that begins with a word, as cells.
fn range(word: &str) -> [Cell; 2] {
    beginning_with(word).map(Cell::Text)
}

fn found(query: &Query, search: usize, words: &[String], rare: Option<&String>) -> Option<Asked> {
    let mut cells = query.fixed.clone();
    cells.extend(rare.into_iter().flat_map(|word| range(word)));
    let after = query.goes_on()?;
    cells.extend(after.into_iter().flat_map(|(word, id)| [Cell::Text(word.to_owned()), id.clone()]));
    cells.extend(words.iter().flat_map(|word| range(word)));
    let lead = if rare.is_some() { Lead::Rare } else { Lead::Order };
    Some((Shape::Found(Found { search, words: words.len(), after: after.is_some(), lead }), cells))
}
