//! The tables themselves.

use handfast::store::{CellType, Column, Index, Schema, Search, Table};

use super::{column, columns, list_of, table_name, words_name};

/// The statements that create all tables of a schema. A migration is written from them, and a test holds both together.
pub(crate) fn ddl(schema: &Schema) -> String {
    schema.tables.iter().map(|table| create(table)).collect::<Vec<_>>().join("\n")
}

/// The statements that create a table, its indexes and the tables of its searches.
///
/// `STRICT`, so that no column ever holds another type. `WITHOUT ROWID`, so that a row is found by its id in one step.
pub(crate) fn create(table: &Table) -> String {
    let name = table_name(table);
    let mut lines: Vec<_> = table.columns.iter().map(declared).collect();
    lines.insert(1.min(lines.len()), "version INTEGER NOT NULL".to_owned());
    lines.push("PRIMARY KEY (\"id\")".to_owned());
    let unique = table.keys.iter().skip(1).map(|key| index(table, key, "UNIQUE "));
    let plain = table.indexes.iter().map(|plain| index(table, plain, ""));
    let searches = table.searches.iter().map(|search| searched(table, search));
    let rest: String = unique.chain(plain).chain(searches).collect();
    format!("CREATE TABLE IF NOT EXISTS {name} (\n    {}\n) STRICT, WITHOUT ROWID;\n{rest}", lines.join(",\n    "))
}

/// The words of a search: found by word, and by row for the words a row has besides.
fn searched(table: &Table, search: &Search) -> String {
    let name = words_name(table, search);
    let fixed = search.fixed.iter().filter_map(|at| table.columns.get(*at));
    let fixed: String = fixed.map(|column| format!("    {},\n", declared(column))).collect();
    let key = columns(table, search.fixed);
    format!(
        "CREATE TABLE IF NOT EXISTS {name} (\n{fixed}    word TEXT NOT NULL,\n    id TEXT NOT NULL,\n    \
         PRIMARY KEY ({key}, word, id)\n) STRICT, WITHOUT ROWID;\n\
         CREATE INDEX IF NOT EXISTS {name}_id ON {name} (id, word);\n"
    )
}

fn index(table: &Table, index: &Index, unique: &str) -> String {
    let name = table_name(table);
    let columns = list_of(index.columns.iter().map(|at| column(table, *at)));
    format!("CREATE {unique}INDEX IF NOT EXISTS {name}_{} ON {name} ({columns});\n", index.name)
}

fn declared(column: &Column) -> String {
    let name = column.name;
    let (ty, check) = match column.ty {
        CellType::Bool => ("INTEGER", format!(" CHECK (\"{name}\" IN (0, 1))")),
        CellType::Int | CellType::Time => ("INTEGER", String::new()),
        CellType::Json => ("TEXT", format!(" CHECK (json_valid(\"{name}\"))")),
        CellType::Id | CellType::Text | CellType::Decimal | CellType::Secret => ("TEXT", String::new()),
    };
    let null = if column.optional { "" } else { " NOT NULL" };
    format!("\"{name}\" {ty}{null}{check}")
}
