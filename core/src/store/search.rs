//! The words of a row: what a search finds it by, the same in every store.

use std::collections::BTreeSet;

use super::{Cell, Search, Table, Words};
use crate::value::words;

/// The words by which `search` finds the row `cells`.
pub(crate) fn of_row(search: &Search, cells: &[Cell]) -> BTreeSet<String> {
    let texts = search.over.iter().filter_map(|at| match cells.get(*at) {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    });
    texts.flat_map(|text| words(text)).collect()
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
