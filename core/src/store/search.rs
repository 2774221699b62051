//! The words of a row: what a search finds it by, the same in every store.

use std::collections::BTreeSet;

use super::{Cell, Mark, Search, Table, Words};
use crate::value::{dialled, words};

/// The words by which `search` finds the row `cells`.
pub(crate) fn of_row(search: &Search, cells: &[Cell]) -> BTreeSet<String> {
    let texts = |columns: &'static [usize]| columns.iter().filter_map(|at| text(cells.get(*at)?));
    let numbers = texts(search.digits).flat_map(|text| dialled(text).into_iter().chain(words(text)));
    let marks = search.marks.iter().flat_map(|mark| marks(mark, cells));
    texts(search.over).flat_map(words).chain(numbers).chain(marks).collect()
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Int(_) | Cell::Id(_) => None,
    }
}

/// The marks that a row has by one column.
fn marks(mark: &Mark, cells: &[Cell]) -> Vec<String> {
    match cells.get(mark.column) {
        Some(Cell::Text(list)) if mark.many => {
            let entries: Vec<String> = serde_json::from_str(list).unwrap_or_default();
            entries.iter().map(|entry| marked(mark.name, entry)).collect()
        }
        Some(Cell::Text(text)) => vec![marked(mark.name, text)],
        Some(Cell::Id(id)) => vec![marked(mark.name, &id.to_string())],
        Some(Cell::Null | Cell::Int(_)) | None => Vec::new(),
    }
}

/// The word that a mark is kept as. No folded word begins with `=`, and none that is typed can be one; the end keeps a
/// mark from being the beginning of another.
pub(super) fn marked(name: &str, value: &str) -> String {
    format!("={name}:{value};")
}

/// Whether a word that is searched for is a mark.
pub(super) fn is_mark(word: &str) -> bool {
    word.starts_with('=')
}

/// How the words of a row change from `old` to `new`; `None` is a row that is not there.
pub(crate) fn difference(table: &Table, old: Option<&[Cell]>, new: Option<&[Cell]>) -> Vec<Words> {
    let each = table.searches.iter().enumerate().flat_map(|(at, search)| {
        let known = |cells: Option<&[Cell]>| {
            let fixed = |cells: &[Cell]| search.fixed.iter().filter_map(|at| cells.get(*at).cloned()).collect();
            cells.map(|cells| (fixed(cells), of_row(search, cells)))
        };
        changed(at, known(old), known(new))
    });
    each.collect()
}

type Known = Option<(Vec<Cell>, BTreeSet<String>)>;

fn changed(search: usize, old: Known, new: Known) -> Vec<Words> {
    let words = |fixed, gained: BTreeSet<String>, lost: BTreeSet<String>| Words {
        search,
        fixed,
        gained: gained.into_iter().collect(),
        lost: lost.into_iter().collect(),
    };
    let all = match (old, new) {
        (None, None) => Vec::new(),
        (None, Some((fixed, gained))) => vec![words(fixed, gained, BTreeSet::new())],
        (Some((fixed, lost)), None) => vec![words(fixed, BTreeSet::new(), lost)],
        (Some((was, lost)), Some((is, gained))) if was == is => {
            vec![words(is, &gained - &lost, &lost - &gained)]
        }
        (Some((was, lost)), Some((is, gained))) => {
            vec![words(was, BTreeSet::new(), lost), words(is, gained, BTreeSet::new())]
        }
    };
    all.into_iter().filter(|words| !(words.gained.is_empty() && words.lost.is_empty())).collect()
}
