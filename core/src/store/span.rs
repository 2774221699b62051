//! Where a page begins and ends, as every store that speaks SQL asks it.

use super::{Cell, Direction, Query, Source};

/// Where a page of an index begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Begin {
    /// At the first row.
    First,
    /// At a bound of the first order column.
    Bound,
    /// After the row where the page before ended.
    After,
}

/// What bounds a page of an index.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    /// Where it begins.
    pub begin: Begin,
    /// The cells that say so: none, the bound, or one for each order column.
    pub first: &'a [Cell],
    /// The bound of the first order column where it ends, if it does: before it, or descending at it.
    pub last: Option<&'a Cell>,
}

impl Query {
    /// What bounds a page of an index; `None` where its position does not fit the index, and nothing is to be found.
    pub fn span(&self) -> Option<Span<'_>> {
        let index = self.index()?;
        let (near, last) = match self.direction {
            Direction::Ascending => (&self.from, &self.until),
            Direction::Descending => (&self.until, &self.from),
        };
        let (begin, first) = match (&self.after, near) {
            (Some(after), _) if after.len() + index.fixed != index.columns.len() => return None,
            (Some(after), _) => (Begin::After, after.as_slice()),
            (None, Some(bound)) => (Begin::Bound, std::slice::from_ref(bound)),
            (None, None) => (Begin::First, [].as_slice()),
        };
        Some(Span { begin, first, last: last.as_ref() })
    }

    /// After which word and id a page of a search goes on: `Some(None)` for the first page, `None` where its position does
    /// not fit the search, and nothing is to be found.
    pub fn goes_on(&self) -> Option<Option<(&str, &Cell)>> {
        let Source::Search { words, .. } = &self.source else { return None };
        match self.after.as_deref() {
            None => Some(None),
            Some([Cell::Text(word), id]) => {
                words.first().filter(|prefix| word.starts_with(*prefix)).map(|_| Some((word.as_str(), id)))
            }
            Some(_) => None,
        }
    }
}

/// The range of all words that begin with `word`, as the least and what follows the last: no character is greater.
pub fn beginning_with(word: &str) -> [String; 2] {
    [word.to_owned(), format!("{word}\u{10ffff}")]
}
