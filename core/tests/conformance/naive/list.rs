//! Lists and searches.

use std::collections::HashSet;

use handfast::store::{Cell, Direction, Key, Query, Row};

use super::{Naive, State, pick};
use crate::{flaws::Flaw::*, mangle};

impl Naive {
    pub(super) fn index(&self, at: Option<usize>, query: &Query, mut rows: Vec<Row>) -> Vec<Row> {
        let Some(index) = query.table.order(at) else { return Vec::new() };
        let (fixed, order) = index.columns.split_at(index.fixed);
        let order = match self.flaw {
            Some(OrdersById) => &[0],
            Some(OrdersByInsertion) => &order[..order.len() - 1],
            Some(OrdersByFirstColumn) if order.len() > 2 => &[order[0], 0],
            _ => order,
        };
        let place = |cells: &[Cell]| mangle::order(self.flaw, pick(order, cells));
        let first = |row: &Row| row.cells[index.columns[index.fixed]].clone();
        let holds = |row: &Row| self.fixes(&pick(fixed, &row.cells), &query.fixed);
        rows.retain(|row| {
            let below = |until: &Cell| first(row) < *until || self.has(IncludesUntil) && first(row) == *until;
            holds(row)
                && query.from.as_ref().is_none_or(|from| first(row) >= *from)
                && query.until.as_ref().is_none_or(below)
        });
        rows.sort_by_key(|row| place(&row.cells));
        if query.direction == Direction::Descending && !self.has(OrdersForwards) {
            rows.reverse();
        }
        let Some(after) = &query.after else { return rows };
        let position = |row: &Row| query.index().map(|index| pick(&index.columns[index.fixed..], &row.cells));
        let reached = |row: &Row| position(row).as_ref() == Some(after);
        if self.has(LooksThePositionUp) && !rows.iter().any(reached) {
            return Vec::new();
        }
        let after = |row: &Row| match query.direction {
            Direction::Ascending => position(row).as_ref() > Some(after),
            Direction::Descending => position(row).as_ref() < Some(after),
        };
        rows.retain(|row| after(row) || self.has(RepeatsTheLastRow) && reached(row));
        rows
    }

    fn fixes(&self, stored: &[Cell], asked: &[Cell]) -> bool {
        let null = asked.contains(&Cell::Null) && self.has(ListsNoNull);
        self.has(IgnoresWhatIsFixed) || stored == asked && !null
    }

    pub(super) fn search(&self, at: usize, asked: &[String], query: &Query, state: &State) -> Vec<Row> {
        let begins = |word: &str, prefix: &str| match self.flaw {
            Some(FindsWithinWords) => word.contains(prefix),
            Some(TakesWildcards) => mangle::like(word, prefix),
            Some(FindsAsciiOnly) => prefix.is_ascii() && word.starts_with(prefix),
            _ => word.starts_with(prefix),
        };
        let words = state.words.iter().filter(|found| (found.0, found.1) == (query.table.name, at));
        let words: Vec<_> = words.filter(|found| self.fixes(&found.2, &query.fixed)).collect();
        let has = |id: &Cell, prefix: &String| words.iter().any(|found| found.4 == *id && begins(&found.3, prefix));
        let entries = |prefix: &&String| words.iter().filter(|found| begins(&found.3, prefix)).count();
        let leading = asked.iter().min_by_key(entries).filter(|_| self.has(OrdersByTheRarest)).unwrap_or(&asked[0]);
        let mut found: Vec<(&String, &Cell)> = words
            .iter()
            .filter(|found| begins(&found.3, leading) || self.has(FindsAnyWord))
            .filter(|found| match self.has(FindsAnyWord) {
                true => asked.iter().any(|prefix| has(&found.4, prefix)),
                false => asked.iter().all(|prefix| has(&found.4, prefix)),
            })
            .map(|found| (&found.3, &found.4))
            .collect();
        found.sort();
        let mut seen = HashSet::new();
        found.retain(|(_, id)| seen.insert(*id) || self.has(FindsOncePerWord));
        if self.has(FindsById) {
            found.sort_by_key(|(_, id)| *id);
        }
        if let (Some([Cell::Text(word), id]), false) = (query.after.as_deref(), self.has(StartsAgain)) {
            found.retain(|place| *place > (word, id));
        }
        let row = |id: &Cell| self.find(state, &Key::id(query.table, id.clone())).cloned();
        found.into_iter().filter_map(|(_, id)| row(id)).collect()
    }
}
