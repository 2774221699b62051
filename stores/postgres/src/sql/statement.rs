//! The statements that read by key or write.
//!
//! A statement that must touch its row divides by the number of rows it touched: by none, it fails, and with it the
//! whole transaction, so that a commit needs no answer before it ends. Nothing else divides.

use std::fmt::Write as _;

use handfast::store::{Search, Table};
use tokio_postgres::types::Type;

use super::{Parameters, Place, Sql, all_of, column, columns, list, list_of, selected, stored, type_of};

/// Which statement of a table; the doc says what is bound, in order. Of those on many rows, each parameter holds a cell
/// for every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// The row under a key: the cells of the key.
    Read { key: usize },
    /// The rows under many keys, each after its place among them, counted from 1: the cells of the keys.
    ReadAll { key: usize },
    /// The ids of the rows under many keys, each after its place among them: the cells of the keys.
    Holders { key: usize },
    /// Locks a row against change: its id, the version it must have.
    Share,
    /// Locks rows against change, in the order of their ids: ids, the versions they must have; how many rows.
    ShareAll,
    /// Locks a row for writing: its id.
    Claim,
    /// Locks a row for writing: its id, the version it must have.
    ClaimAs,
    /// Insists that no row is under a key: the cells of the key.
    Absent { key: usize },
    /// A new row: its cells.
    Insert,
    /// New rows: their cells.
    InsertAll,
    /// New cells for the columns marked: the id, the version, these cells.
    Update { changed: u64 },
    /// Removes a row: its id, its version.
    Delete,
    /// Adds to a number: the id, the least and the most it may be before, the amount.
    Add { column: usize },
    /// New words: fixed cells, ids, words.
    Gain { search: usize },
    /// Removes words: fixed cells, ids, words.
    Lose { search: usize },
    /// A page of an index: see [`list::page`].
    Page(list::Page),
    /// A page of a search: see [`list::found`].
    Found(list::Found),
    /// How many entries words have: see [`list::entries`].
    Entries { search: usize, words: usize },
}

/// The text of a statement; `None` when the table declares no such key, list or search.
pub(crate) fn text(place: &Place, table: &Table, shape: Shape) -> Option<Sql> {
    let name = place.table(table);
    let mut marks = Parameters::default();
    let m = &mut marks;
    let text = match shape {
        Shape::Read { key } => {
            format!("SELECT {} FROM {name} AS t WHERE {}", selected(table, "t"), key_is(table, "t", key, m)?)
        }
        Shape::ReadAll { key } => {
            format!(
                "SELECT e.at, {} FROM {} JOIN {name} AS t ON {}",
                selected(table, "t"),
                each(table, key, m)?,
                same(table, key)?
            )
        }
        Shape::Holders { key } => {
            format!("SELECT e.at, t.\"id\" FROM {} JOIN {name} AS t ON {}", each(table, key, m)?, same(table, key)?)
        }
        Shape::Share => must_touch(&format!(
            "SELECT 1 FROM {name} WHERE \"id\" = {} AND version = {} FOR SHARE",
            m.typed(Type::UUID),
            m.int()
        )),
        Shape::ShareAll => {
            let (ids, versions) = (m.typed(Type::UUID_ARRAY), m.typed(Type::INT8_ARRAY));
            format!(
                "SELECT 1 / (count(*) = {})::int FROM (SELECT 1 FROM {name} AS t JOIN unnest({ids}, {versions}) AS e (id, version) \
                 ON t.\"id\" = e.id AND t.version = e.version ORDER BY t.\"id\" FOR SHARE OF t) AS done",
                m.int()
            )
        }
        Shape::Claim => format!("SELECT 1 FROM {name} WHERE \"id\" = {} FOR UPDATE", m.typed(Type::UUID)),
        Shape::ClaimAs => must_touch(&format!(
            "SELECT 1 FROM {name} WHERE \"id\" = {} AND version = {} FOR UPDATE",
            m.typed(Type::UUID),
            m.int()
        )),
        Shape::Absent { key } => {
            format!("SELECT 1 / (count(*) = 0)::int FROM {name} AS t WHERE {}", key_is(table, "t", key, m)?)
        }
        Shape::Insert => {
            let cells = list_of(table.columns.iter().map(|column| m.cell(column.ty)));
            format!("INSERT INTO {name} (version, {}) VALUES (1, {cells})", all(table))
        }
        Shape::InsertAll => {
            let cells = list_of(table.columns.iter().map(|column| m.cells(column.ty)));
            let names = list_of((0..table.columns.len()).map(|at| format!("c{at}")));
            let values =
                list_of(table.columns.iter().enumerate().map(|(at, column)| stored(column.ty, &format!("e.c{at}"))));
            format!(
                "INSERT INTO {name} (version, {}) SELECT 1, {values} FROM unnest({cells}) AS e ({names})",
                all(table)
            )
        }
        Shape::Update { changed } => {
            let (id, version) = (m.typed(Type::UUID), m.int());
            let marked = (0..table.columns.len()).filter(|at| changed >> at & 1 == 1);
            let set: String =
                marked.map(|at| format!(", {} = {}", column(table, at), m.cell(type_of(table, at)))).collect();
            must_write(&format!(
                "UPDATE {name} SET version = version + 1{set} WHERE \"id\" = {id} AND version = {version}"
            ))
        }
        Shape::Delete => {
            must_write(&format!("DELETE FROM {name} WHERE \"id\" = {} AND version = {}", m.typed(Type::UUID), m.int()))
        }
        Shape::Add { column: at } => {
            let (id, least, most, amount) = (m.typed(Type::UUID), m.int(), m.int(), m.int());
            let column = column(table, at);
            // within these bounds the sum is a 64-bit number; NULL stays NULL
            let bounded = format!(
                "CASE WHEN {column} < {least} THEN {least} WHEN {column} > {most} THEN {most} ELSE {column} END"
            );
            must_write(&format!("UPDATE {name} SET {column} = {bounded} + {amount} WHERE \"id\" = {id}"))
        }
        Shape::Gain { search } => {
            let search = table.searches.get(search)?;
            let entries = entries(table, search, m);
            format!(
                "INSERT INTO {} ({}, id, word) SELECT * FROM {entries}",
                place.words(table, search),
                columns(table, search.fixed)
            )
        }
        Shape::Lose { search } => {
            let search = table.searches.get(search)?;
            let entries = entries(table, search, m);
            let fixed = search.fixed.iter().enumerate().map(|(at, of)| format!("w.{} = e.c{at}", column(table, *of)));
            let same = all_of(fixed.chain(["w.word = e.word".to_owned(), "w.id = e.id".to_owned()]));
            format!("DELETE FROM {} AS w USING {entries} WHERE {same}", place.words(table, search))
        }
        Shape::Page(page) => list::page(&name, table, page, m)?,
        Shape::Found(found) => list::found(&name, place, table, found, m)?,
        Shape::Entries { search, words } => list::entries(place, table, search, words, m)?,
    };
    Some(Sql { text, types: marks.0 })
}

/// The rows under several keys, each of its own table or of the same, beside one another in one row. What is not there is
/// empty. Binds the cells of all keys.
pub(crate) fn beside(place: &Place, keys: &[(&Table, usize)]) -> Option<Sql> {
    let mut marks = Parameters::default();
    let (mut columns, mut joins) = (Vec::new(), String::new());
    for (at, (table, key)) in keys.iter().enumerate() {
        let alias = format!("t{at}");
        let is = key_is(table, &alias, *key, &mut marks)?;
        // writing to a string cannot fail
        let _ = write!(joins, " LEFT JOIN {} AS {alias} ON {is}", place.table(table));
        columns.push(selected(table, &alias));
    }
    let text = format!("SELECT {} FROM (SELECT 1) AS one{joins}", columns.join(", "));
    Some(Sql { text, types: marks.0 })
}

/// Fails when `select` finds no row.
fn must_touch(select: &str) -> String {
    format!("SELECT 1 / count(*) FROM ({select}) AS done")
}

/// Fails when `write` touches no row.
fn must_write(write: &str) -> String {
    format!("WITH done AS ({write} RETURNING 1) SELECT 1 / count(*) FROM done")
}

fn all(table: &Table) -> String {
    list_of((0..table.columns.len()).map(|at| column(table, at)))
}

fn key_is(table: &Table, alias: &str, key: usize, marks: &mut Parameters) -> Option<String> {
    let parts = table.keys.get(key)?.columns.iter();
    Some(all_of(parts.map(|at| format!("{alias}.{} = {}", column(table, *at), marks.cell(type_of(table, *at))))))
}

/// Many keys as rows of their own, with their places.
fn each(table: &Table, key: usize, marks: &mut Parameters) -> Option<String> {
    let parts = table.keys.get(key)?.columns;
    let cells = list_of(parts.iter().map(|at| marks.cells(type_of(table, *at))));
    let names = list_of((0..parts.len()).map(|at| format!("c{at}")));
    Some(format!("unnest({cells}) WITH ORDINALITY AS e ({names}, at)"))
}

fn same(table: &Table, key: usize) -> Option<String> {
    let parts = table.keys.get(key)?.columns.iter().enumerate();
    let value = |at: usize, of| stored(type_of(table, of), &format!("e.c{at}"));
    Some(all_of(parts.map(|(at, of)| format!("t.{} = {}", column(table, *of), value(at, *of)))))
}

/// Words as rows of their own.
fn entries(table: &Table, search: &Search, marks: &mut Parameters) -> String {
    let mut cells: Vec<_> = search.fixed.iter().map(|at| marks.cells(type_of(table, *at))).collect();
    cells.extend([marks.typed(Type::UUID_ARRAY), marks.typed(Type::TEXT_ARRAY)]);
    let names: String = (0..search.fixed.len()).map(|at| format!("c{at}, ")).collect();
    format!("unnest({}) AS e ({names}id, word)", cells.join(", "))
}
