//! The words that a commit writes: after the rows, two statements for each search, whatever the rows were.

use std::collections::BTreeMap;

use handfast::store::{Cell, CellType, Changes, Table, Words, Write};

use super::locks::Turn;
use crate::{
    cells::Param,
    failure::Failure,
    sql::{statement::Shape, texts::Texts},
    wire::Ask,
};

/// An entry: what the search fixes, the row, the word.
type Entry<'a> = (&'a [Cell], &'a Cell, &'a str);

/// What becomes of an entry.
#[derive(Clone, Copy, Default)]
struct Fate {
    /// It is removed, if it is there.
    lost: bool,
    /// It is there in the end.
    gained: bool,
}

/// By table and search.
type Searches<'a> = BTreeMap<(&'static str, usize), (&'static Table, BTreeMap<Entry<'a>, Fate>)>;

/// The statements that remove and add the words of what has its turn.
pub(super) fn asks<'a>(texts: &Texts, changes: &'a Changes, turn: Turn) -> Result<Vec<Ask<'a>>, Failure> {
    let mut searches: Searches<'a> = BTreeMap::new();
    for write in changes.writes.iter().filter(|write| turn.is_of(write.table())) {
        let (Write::Insert { words, .. } | Write::Update { words, .. } | Write::Delete { words, .. }) = write else {
            continue;
        };
        let (table, id) = (write.table(), super::id_of(write));
        for Words { search, fixed, gained, lost } in words {
            let (_, fates) = searches.entry((table.name, *search)).or_insert_with(|| (table, BTreeMap::new()));
            for word in lost {
                *fates.entry((fixed, id, word)).or_default() = Fate { lost: true, gained: false };
            }
            for word in gained {
                fates.entry((fixed, id, word)).or_default().gained = true;
            }
        }
    }
    let mut asks = Vec::new();
    for ((_, search), (table, fates)) in searches {
        let which = |fate: fn(&Fate) -> bool| fates.iter().filter(move |(_, is)| fate(is)).map(|(entry, _)| *entry);
        let all = [(Shape::Lose { search }, which(|is| is.lost)), (Shape::Gain { search }, which(|is| is.gained))];
        for (shape, entries) in all {
            let entries: Vec<_> = entries.collect();
            if !entries.is_empty() {
                asks.push(Ask { sql: texts.get(table, shape)?, params: params(table, search, &entries)? });
            }
        }
    }
    Ok(asks)
}

fn params<'a>(table: &'static Table, search: usize, entries: &[Entry<'a>]) -> Result<Vec<Param<'a>>, Failure> {
    let fixed = table.searches.get(search).ok_or(Failure::Misuse)?.fixed.iter().enumerate();
    let column = |(at, of): (usize, &usize)| {
        let ty = table.columns.get(*of)?.ty;
        let cells = entries.iter().map(|(fixed, ..)| fixed.get(at)).collect::<Option<_>>()?;
        Some(Param::Cells(ty, cells))
    };
    let mut params = fixed.map(column).collect::<Option<Vec<_>>>().ok_or(Failure::Misuse)?;
    params.push(Param::Cells(CellType::Id, entries.iter().map(|(_, id, _)| *id).collect()));
    params.push(Param::Words(entries.iter().map(|(_, _, word)| *word).collect()));
    Ok(params)
}
