//! Words of rows that stood in a table before it was searched as it is now: SQL cannot fold, so a migration names the
//! table in `handfast_reword`, and its words are written anew here.

use handfast::store::{Cell, Schema, Table, Words, Write};
use rusqlite::{Connection, OptionalExtension, Statement};

use crate::{
    cells::{bind_first, row},
    failure::Failure,
    sql::{
        statement::{Shape, text},
        table_name, words_name,
    },
};

/// Rows that are looked at at once, so that a large table takes little memory.
const ROWS: usize = 1_000;

/// Writes the words of every table that a migration has named.
pub(crate) fn reword(connection: &Connection, schema: &Schema) -> Result<(), Failure> {
    let named = "SELECT 1 FROM sqlite_schema WHERE name = 'handfast_reword'";
    if connection.query_row(named, [], |_| Ok(())).optional()?.is_none() {
        return Ok(());
    }
    let mut names = connection.prepare("SELECT name FROM handfast_reword")?;
    let names = names.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    for table in schema.tables.iter().filter(|table| names.iter().any(|name| name == table.name)) {
        anew(connection, table)?;
    }
    Ok(connection.execute_batch("DROP TABLE handfast_reword")?)
}

fn anew(connection: &Connection, table: &'static Table) -> Result<(), Failure> {
    for search in table.searches {
        connection.execute(&format!("DELETE FROM {}", words_name(table, search)), [])?;
    }
    let gain = |search| text(table, Shape::Gain { search, words: 1 }).ok_or(Failure::Misuse);
    let texts = (0..table.searches.len()).map(gain).collect::<Result<Vec<_>, _>>()?;
    let mut gains = texts.iter().map(|text| connection.prepare(text)).collect::<Result<Vec<_>, _>>()?;
    let mut after = String::new();
    loop {
        let page = page(connection, table, &after)?;
        let Some(last) = page.last().and_then(|cells| cells.first()) else { return Ok(()) };
        if let Cell::Id(id) = last {
            after = id.to_string();
        }
        for cells in page {
            let id = cells.first().cloned().unwrap_or(Cell::Null);
            if let Write::Insert { words, .. } = Write::insert(table, cells) {
                words.iter().try_for_each(|words| write(&mut gains, &id, words))?;
            }
        }
    }
}

fn page(connection: &Connection, table: &'static Table, after: &str) -> Result<Vec<Vec<Cell>>, Failure> {
    let columns: Vec<_> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let (columns, name) = (columns.join(", "), table_name(table));
    let mut page = connection
        .prepare_cached(&format!("SELECT version, {columns} FROM {name} WHERE id > ?1 ORDER BY id LIMIT {ROWS}"))?;
    let mut rows = page.query([after])?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(table, next)?.cells);
    }
    Ok(found)
}

fn write(gains: &mut [Statement<'_>], id: &Cell, words: &Words) -> Result<(), Failure> {
    let gain = gains.get_mut(words.search).ok_or(Failure::Misuse)?;
    for word in &words.gained {
        let bound = bind_first(gain, words.fixed.iter().chain([id]))?;
        gain.raw_bind_parameter(bound + 1, word.as_str())?;
        gain.raw_execute()?;
    }
    Ok(())
}
