//! The statements that read one row or write.

use handfast::store::Table;

use super::{Parameters, all_of, column, columns, list, list_of, selected, table_name, words_name};

/// Which statement of a table; the doc says what is bound, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// The row under a key: the cells of the key.
    Read { key: usize },
    /// The version of a row: its id.
    Version,
    /// The id of the row under a key: the cells of the key.
    Holder { key: usize },
    /// New rows: the cells of each.
    Insert { rows: usize },
    /// New cells for the columns marked: these cells, the id, the version.
    Update { changed: u64 },
    /// Removes a row: its id, its version.
    Delete,
    /// Adds to a number: the least and the most it may be before, the amount, the id.
    Add { column: usize },
    /// New words of a row: the fixed cells, the id, the words.
    Gain { search: usize, words: usize },
    /// Removes a word of a row: the fixed cells, the id, the word.
    Lose { search: usize },
    /// A page of an index: see [`list::page`].
    Page(list::Page),
    /// A page of a search: see [`list::found`].
    Found(list::Found),
    /// How many entries a word has: see [`list::entries`].
    Entries { search: usize },
}

/// The text of a statement; `None` when the table declares no such key, list or search.
pub(crate) fn text(table: &Table, shape: Shape) -> Option<String> {
    let name = table_name(table);
    let mut marks = Parameters::default();
    Some(match shape {
        Shape::Read { key } => {
            format!("SELECT {} FROM {name} WHERE {}", selected(table, ""), key_is(table, key, &mut marks)?)
        }
        Shape::Version => format!("SELECT version FROM {name} WHERE {}", key_is(table, 0, &mut marks)?),
        Shape::Holder { key } => format!("SELECT \"id\" FROM {name} WHERE {}", key_is(table, key, &mut marks)?),
        Shape::Insert { rows } => {
            let row = |_| format!("(1, {})", marks.list(table.columns.len()));
            let rows = list_of((0..rows).map(row));
            let all: Vec<_> = (0..table.columns.len()).collect();
            format!("INSERT INTO {name} (version, {}) VALUES {rows}", columns(table, &all))
        }
        Shape::Update { changed } => {
            let marked = (0..table.columns.len()).filter(|at| changed >> at & 1 == 1);
            let set: String = marked.map(|at| format!(", {} = {}", column(table, at), marks.next())).collect();
            let (id, version) = (marks.next(), marks.next());
            format!("UPDATE {name} SET version = version + 1{set} WHERE \"id\" = {id} AND version = {version}")
        }
        Shape::Delete => format!("DELETE FROM {name} WHERE \"id\" = ?1 AND version = ?2"),
        Shape::Add { column: at } => {
            // within these bounds the sum is a 64-bit number; NULL stays NULL
            let column = column(table, at);
            format!("UPDATE {name} SET {column} = min(max({column}, ?1), ?2) + ?3 WHERE \"id\" = ?4")
        }
        Shape::Gain { search, words } => {
            let search = table.searches.get(search)?;
            let fixed = marks.list(search.fixed.len());
            let id = marks.next();
            let rows = list_of((0..words).map(|_| format!("({fixed}, {id}, {})", marks.next())));
            let fixed = columns(table, search.fixed);
            format!("INSERT INTO {} ({fixed}, id, word) VALUES {rows}", words_name(table, search))
        }
        Shape::Lose { search } => {
            let search = table.searches.get(search)?;
            let fixed = search.fixed.iter().map(|at| format!("{} = {}", column(table, *at), marks.next()));
            let fixed = all_of(fixed);
            let (id, word) = (marks.next(), marks.next());
            format!("DELETE FROM {} WHERE {fixed} AND id = {id} AND word = {word}", words_name(table, search))
        }
        Shape::Page(page) => list::page(table, page)?,
        Shape::Found(found) => list::found(table, found)?,
        Shape::Entries { search } => list::entries(table, search)?,
    })
}

fn key_is(table: &Table, key: usize, marks: &mut Parameters) -> Option<String> {
    let parts = table.keys.get(key)?.columns.iter();
    Some(all_of(parts.map(|at| format!("{} = {}", column(table, *at), marks.next()))))
}
