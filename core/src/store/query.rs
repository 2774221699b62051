//! What a list or a search asks a store for.

use super::{Cell, Index, Table, search};

/// One page of an index, of a whole table, or of what a search finds.
#[derive(Clone, Debug)]
pub struct Query {
    /// The table.
    pub table: &'static Table,
    /// Which of its indexes or searches.
    pub source: Source,
    /// The cells of the columns that the index or the search fixes; none for a table.
    pub fixed: Vec<Cell>,
    /// Only rows whose first order column is at least this. Not for searches.
    pub from: Option<Cell>,
    /// Only rows whose first order column is less than this. Not for searches.
    pub until: Option<Cell>,
    /// Where the page before ended: the order columns of its last row; for a search its word and its id.
    pub after: Option<Vec<Cell>>,
    /// Which way the list runs. Searches run ascending.
    pub direction: Direction,
    /// At most so many rows.
    pub limit: u32,
}

/// Where the rows of a list come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Every row of the table, by id: what a copy reads.
    Table,
    /// Position in `table.indexes`: rows in the order of its columns.
    Index(usize),
    /// Rows that have, for each of `words`, a word that begins with it. They come in the order of the
    /// first such word for `words[0]`, then of the id; none comes twice.
    Search {
        /// Position in `table.searches`.
        search: usize,
        /// Folded; never empty; the longest first, because it leaves the fewest rows to look at; marks last.
        words: Vec<String>,
    },
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    #[default]
    Ascending,
    /// The largest first.
    Descending,
}

impl Query {
    /// The first page of a whole table, of at most `limit` rows.
    pub fn all(table: &'static Table, limit: u32) -> Self {
        let (fixed, from, until, after, direction) = Default::default();
        Query { table, source: Source::Table, fixed, from, until, after, direction, limit }
    }

    /// The declaration of the order, when it is not that of a search.
    pub fn index(&self) -> Option<&'static Index> {
        match self.source {
            Source::Table => self.table.order(None),
            Source::Index(at) => self.table.order(Some(at)),
            Source::Search { .. } => None,
        }
    }

    /// The name of the index or search; `id` for a table.
    pub fn name(&self) -> &'static str {
        match self.source {
            Source::Table | Source::Index(_) => self.index().map_or("", |index| index.name),
            Source::Search { search, .. } => self.table.searches.get(search).map_or("", |search| search.name),
        }
    }

    /// Where a page that ends with the row `cells` ends.
    pub(crate) fn position(&self, cells: &[Cell]) -> Vec<Cell> {
        match &self.source {
            Source::Table | Source::Index(_) => {
                let order = self.index().and_then(|index| index.columns.get(index.fixed..)).unwrap_or_default();
                order.iter().filter_map(|at| cells.get(*at).cloned()).collect()
            }
            Source::Search { search, words } => {
                let declared = self.table.searches.get(*search);
                let found = declared.map(|search| search::of_row(search, cells)).unwrap_or_default();
                // a mark is the whole word, also for a row of a list that is merged with this one and has another mark
                let word = |prefix: &String| match search::is_mark(prefix) {
                    true => Some(prefix.clone()),
                    false => found.into_iter().find(|word| word.starts_with(prefix)),
                };
                let first = words.first().and_then(word);
                first.map(Cell::Text).into_iter().chain(cells.first().cloned()).collect()
            }
        }
    }

    /// Where this list goes on after a page of several lists ended at `after`: among marks alone the rows come by their
    /// ids, whichever the mark.
    pub(crate) fn own_after(&self, after: Option<Vec<Cell>>) -> Option<Vec<Cell>> {
        let mut after = after?;
        if let (Source::Search { words, .. }, Some(cell)) = (&self.source, after.first_mut()) {
            let mark = words.first().filter(|word| search::is_mark(word));
            if let Some(mark) = mark {
                *cell = Cell::Text(mark.clone());
            }
        }
        Some(after)
    }
}
