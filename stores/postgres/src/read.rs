//! Rows by key, and pages of lists.

use std::sync::Arc;

use handfast::store::{Cell, CellType, Direction, Key, Query, Row, Source, Table, beginning_with};

use crate::{
    cells::{Param, cell, row},
    commit::key_params,
    failure::Failure,
    retry::Retry,
    shared::Shared,
    sql::{
        list::{Found, Lead, Page},
        statement::Shape,
    },
    wire::{Ask, At},
};

/// The keys of one kind that are asked for together, with their places among all.
struct Group<'a> {
    kind: &'a Key,
    keys: Vec<(usize, &'a Key)>,
}

/// Keys that one statement reads side by side. More would only make the server plan longer.
const BESIDE: usize = 8;

/// The answers of each statement that was asked.
pub(crate) type Answers = Vec<Vec<tokio_postgres::Row>>;

/// How keys are asked for.
enum Way<'a> {
    /// A few side by side by one statement, which is of one moment by itself.
    Beside(Vec<&'a Key>),
    /// Those of each kind by a statement.
    Grouped(Vec<Group<'a>>),
}

impl<'a> Way<'a> {
    fn of(shared: &Shared, keys: &'a [Key]) -> Self {
        let whole: Vec<_> = keys.iter().filter(|key| is_whole(key)).collect();
        match (2..=BESIDE).contains(&whole.len()) && shared.pool.keeps_statements() {
            true => Way::Beside(whole),
            false => Way::Grouped(grouped(keys)),
        }
    }

    fn asks(&self, shared: &Shared) -> Result<Vec<Ask<'a>>, Failure> {
        match self {
            Way::Beside(whole) => {
                let params = whole.iter().map(|key| key_params(key.table, key.key, &key.cells));
                let params = params.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
                Ok(vec![Ask { sql: shared.texts.beside(whole)?, params }])
            }
            Way::Grouped(groups) => groups.iter().map(|group| group.ask(shared)).collect(),
        }
    }
}

/// Asks for the rows under `keys`, all as of one moment.
pub(crate) async fn read(shared: Arc<Shared>, keys: Vec<Key>) -> Result<Answers, Failure> {
    let asks = Way::of(&shared, &keys).asks(&shared)?;
    if asks.is_empty() { Ok(Vec::new()) } else { ask(&shared, &asks).await }
}

/// The rows under `keys` in the answers to [`read`]. Whoever asked takes them apart: the threads of the store only carry.
pub(crate) fn rows(shared: &Shared, keys: &[Key], answers: &Answers) -> Result<Vec<Option<Row>>, Failure> {
    match Way::of(shared, keys) {
        Way::Beside(_) => beside(keys, answers),
        Way::Grouped(groups) => {
            let mut rows = vec![None; keys.len()];
            for (group, found) in groups.iter().zip(answers) {
                group.place(found, &mut rows)?;
            }
            Ok(rows)
        }
    }
}

/// NULL equals nothing.
fn is_whole(key: &Key) -> bool {
    !key.cells.contains(&Cell::Null)
}

fn beside(keys: &[Key], answers: &Answers) -> Result<Vec<Option<Row>>, Failure> {
    let found = answers.first().and_then(|rows| rows.first()).ok_or(Failure::Misuse)?;
    let mut at = 0;
    let mut place = |key: &Key| {
        let from = at;
        at += key.table.columns.len() + 1;
        let is_there = cell(CellType::Int, found, from)? != Cell::Null;
        is_there.then(|| row(key.table, found, from)).transpose()
    };
    keys.iter().map(|key| if is_whole(key) { place(key) } else { Ok(None) }).collect()
}

/// Asks, and again while that can help.
async fn ask(shared: &Shared, asks: &[Ask<'_>]) -> Result<Answers, Failure> {
    // one statement is of one moment by itself
    let frame = (asks.len() > 1).then(|| shared.frames.read());
    let mut retry = Retry::new(shared.patience);
    loop {
        let answered = match shared.pool.take().await {
            Ok(mut lent) => lent.send(frame, asks).await,
            Err(failure) => Err((At::Begin, failure)),
        };
        match answered {
            Ok(answers) => return Ok(answers),
            Err((_, failure)) => again(shared, &mut retry, failure).await?,
        }
    }
}

async fn again(shared: &Shared, retry: &mut Retry, failure: Failure) -> Result<(), Failure> {
    if failure.is_of_the_server() {
        shared.pool.forget_idle();
    }
    if retry.wait(failure).await { Ok(()) } else { Err(failure) }
}

fn grouped(keys: &[Key]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (place, key) in keys.iter().enumerate().filter(|(_, key)| is_whole(key)) {
        let known = groups.iter_mut().find(|group| group.kind.key == key.key && group.kind.table.is(key.table));
        match known {
            Some(group) => group.keys.push((place, key)),
            None => groups.push(Group { kind: key, keys: vec![(place, key)] }),
        }
    }
    groups
}

impl<'a> Group<'a> {
    fn ask(&self, shared: &Shared) -> Result<Ask<'a>, Failure> {
        let (table, key) = (self.kind.table, self.kind.key);
        if let [(_, only)] = self.keys[..] {
            let params = key_params(table, key, &only.cells)?;
            return Ok(Ask { sql: shared.texts.get(table, Shape::Read { key })?, params });
        }
        let columns = table.keys.get(key).ok_or(Failure::Misuse)?.columns.iter().enumerate();
        let column = |(at, of): (usize, &usize)| {
            let cells = self.keys.iter().map(|(_, key)| key.cells.get(at)).collect::<Option<_>>()?;
            Some(Param::Cells(table.columns.get(*of)?.ty, cells))
        };
        let params = columns.map(column).collect::<Option<_>>().ok_or(Failure::Misuse)?;
        Ok(Ask { sql: shared.texts.get(table, Shape::ReadAll { key })?, params })
    }

    /// Puts what was found into its places.
    fn place(&self, found: &[tokio_postgres::Row], rows: &mut [Option<Row>]) -> Result<(), Failure> {
        let table = self.kind.table;
        for found in found {
            let (asked, from) = match self.keys[..] {
                [_] => (0, 0),
                _ => match cell(CellType::Int, found, 0)? {
                    Cell::Int(place) => (usize::try_from(place - 1).map_err(|_| Failure::Misuse)?, 1),
                    _ => return Err(Failure::Misuse),
                },
            };
            let place = self.keys.get(asked).and_then(|(place, _)| rows.get_mut(*place)).ok_or(Failure::Misuse)?;
            *place = Some(row(table, found, from)?);
        }
        Ok(())
    }
}

/// A statement and what is bound to it.
type Asked = (Shape, Vec<(CellType, Cell)>);

/// Asks for a page. A cursor that does not fit the list finds nothing, as in every store.
pub(crate) async fn list(shared: Arc<Shared>, query: Query) -> Result<Answers, Failure> {
    let asked = match &query.source {
        Source::Table => page(&query, None),
        Source::Index(at) => page(&query, Some(*at)),
        Source::Search { search, words } => {
            let counts = entries(&shared, &query, *search, words).await?;
            let counted = |place: usize, _: &str, _| counts.get(place).copied().ok_or(Failure::Misuse);
            let rare = query.leading_word(counted)?.and_then(|place| words.get(place));
            found(&query, *search, words, rare)
        }
    };
    let Some((shape, mut cells)) = asked else { return Ok(Vec::new()) };
    cells.push((CellType::Int, Cell::Int(query.limit.into())));
    ask_for(&shared, &query, shape, &cells).await
}

async fn ask_for(shared: &Shared, query: &Query, shape: Shape, cells: &[(CellType, Cell)]) -> Result<Answers, Failure> {
    let params = cells.iter().map(|(ty, cell)| Param::Cell(*ty, cell)).collect();
    ask(shared, &[Ask { sql: shared.texts.get(query.table, shape)?, params }]).await
}

/// How many entries each word has, as far as that matters; of one alone nobody needs to know.
async fn entries(shared: &Shared, query: &Query, search: usize, words: &[String]) -> Result<Vec<i64>, Failure> {
    let Some(mut cells) = fixed_to(query, search).filter(|_| words.len() > 1) else { return Ok(vec![0]) };
    cells.extend(words.iter().flat_map(|word| range(word)));
    let answers = ask_for(shared, query, Shape::Entries { search, words: words.len() }, &cells).await?;
    let row = answers.first().and_then(|rows| rows.first()).ok_or(Failure::Misuse)?;
    (0..words.len()).map(|at| row.try_get(at).map_err(|_| Failure::Value)).collect()
}

/// The rows of a page in the answers to [`list`].
pub(crate) fn listed(table: &Table, answers: &Answers) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::with_capacity(answers.iter().map(Vec::len).sum());
    for found in answers.iter().flatten() {
        rows.push(row(table, found, 0)?);
    }
    Ok(rows)
}

fn page(query: &Query, index: Option<usize>) -> Option<Asked> {
    let declared = query.index()?;
    let (fixed, order) = declared.columns.split_at_checked(declared.fixed)?;
    let ty = |of: &usize| query.table.columns.get(*of).map(|column| column.ty);
    let span = query.span()?;
    let is_empty = |cell: &Cell| *cell == Cell::Null;
    let empty = query.fixed.iter().enumerate().fold(0, |bits, (at, cell)| bits | u64::from(is_empty(cell)) << at);
    let typed = fixed.iter().map(ty).zip(&query.fixed).filter(|(_, cell)| !is_empty(cell));
    let mut cells = typed.map(|(ty, cell)| Some((ty?, cell.clone()))).collect::<Option<Vec<_>>>()?;
    cells.extend(order.iter().filter_map(ty).zip(span.first.iter().cloned()));
    let leading = ty(order.first()?)?;
    cells.extend(span.last.map(|bound| (leading, bound.clone())));
    let descending = query.direction == Direction::Descending;
    Some((Shape::Page(Page { index, empty, descending, begin: span.begin, bounded: span.last.is_some() }), cells))
}

fn found(query: &Query, search: usize, words: &[String], rare: Option<&String>) -> Option<Asked> {
    let mut cells = fixed_to(query, search)?;
    cells.extend(rare.into_iter().flat_map(|word| range(word)));
    let after = query.goes_on()?;
    cells.extend(after.into_iter().flat_map(|(word, id)| [text(word.to_owned()), (CellType::Id, id.clone())]));
    cells.extend(words.iter().flat_map(|word| range(word)));
    let lead = if rare.is_some() { Lead::Rare } else { Lead::Order };
    Some((Shape::Found(Found { search, words: words.len(), after: after.is_some(), lead }), cells))
}

fn fixed_to(query: &Query, search: usize) -> Option<Vec<(CellType, Cell)>> {
    let columns = query.table.searches.get(search)?.fixed.iter();
    let types = columns.filter_map(|of| query.table.columns.get(*of)).map(|column| column.ty);
    Some(types.zip(query.fixed.iter().cloned()).collect())
}

/// The range of all that begins with a word.
fn range(word: &str) -> [(CellType, Cell); 2] {
    beginning_with(word).map(text)
}

fn text(text: String) -> (CellType, Cell) {
    (CellType::Text, Cell::Text(text))
}
