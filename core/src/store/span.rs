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

    /// So many entries of a word are as good as any number, to [`leading_word`](Query::leading_word).
    pub const COUNTED: i64 = SORTED + 1;

    /// The place of the word of a search of which there are so few rows that it leads, if one does rather than the first:
    /// `alexandros bafiko` has a hundred thousand of the one, and two of the other. The page is the same whichever leads.
    ///
    /// `entries` counts what begins with the word at a place, up to one more than it is told.
    pub fn leading_word<E>(
        &self,
        mut entries: impl FnMut(usize, &str, i64) -> Result<i64, E>,
    ) -> Result<Option<usize>, E> {
        let Source::Search { words, .. } = &self.source else { return Ok(None) };
        let Some((first, others)) = words.split_first().filter(|(_, others)| !others.is_empty()) else {
            return Ok(None);
        };
        if entries(0, first, FEW)? <= FEW {
            return Ok(None);
        }
        let mut rarest = (SORTED, None);
        for (place, word) in (1..).zip(others) {
            // the most that is of use to know
            let count = entries(place, word, rarest.0)?;
            if count <= rarest.0 {
                rarest = (count, Some(place));
            }
        }
        Ok(rarest.1)
    }
}

/// Entries of the first word that are looked through without a thought.
const FEW: i64 = 16;
/// Entries of a word that are put in order rather than look through those of the first.
const SORTED: i64 = 256;

/// The range of all words that begin with `word`, as the least and what follows the last: no character is greater.
pub fn beginning_with(word: &str) -> [String; 2] {
    [word.to_owned(), format!("{word}\u{10ffff}")]
}
