//! The tables themselves.

use handfast::store::{CellType, Column, Index, Schema, Search, Table};

use super::{columns, list_of, quoted, table_name, words_name};

/// The statements that create all tables of a schema, in whichever schema of the database comes first. A migration is
/// written from them, and a test holds both together.
pub(crate) fn ddl(schema: &Schema) -> String {
    schema.tables.iter().map(|table| create(table)).collect::<Vec<_>>().join("\n")
}

/// The statements that create a table, its indexes and the tables of its searches.
fn create(table: &Table) -> String {
    let name = quoted(&table_name(table));
    let mut lines: Vec<_> = table.columns.iter().map(declared).collect();
    lines.insert(1.min(lines.len()), "version bigint NOT NULL".to_owned());
    lines.push("PRIMARY KEY (\"id\")".to_owned());
    let unique = table.keys.iter().skip(1).map(|key| index(table, key, "UNIQUE "));
    let plain = table.indexes.iter().map(|plain| index(table, plain, ""));
    let searches = table.searches.iter().map(|search| searched(table, search));
    let rest: String = unique.chain(plain).chain(searches).collect();
    format!("CREATE TABLE IF NOT EXISTS {name} (\n    {}\n);\n{rest}", lines.join(",\n    "))
}

/// The words of a search: found by word, and by row for the words a row has besides.
fn searched(table: &Table, search: &Search) -> String {
    let name = words_name(table, search);
    let by_id = quoted(&format!("{name}_id"));
    let name = quoted(&name);
    let fixed = search.fixed.iter().filter_map(|at| table.columns.get(*at));
    let fixed: String = fixed.map(|column| format!("    {},\n", declared(column))).collect();
    let key = columns(table, search.fixed);
    format!(
        "CREATE TABLE IF NOT EXISTS {name} (\n{fixed}    word text COLLATE \"C\" NOT NULL,\n    id uuid NOT NULL,\n    \
         PRIMARY KEY ({key}, word, id)\n);\nCREATE INDEX IF NOT EXISTS {by_id} ON {name} (id, word);\n"
    )
}

fn index(table: &Table, index: &Index, unique: &str) -> String {
    let name = quoted(&format!("{}_{}", table_name(table), index.name));
    let columns = list_of(index.columns.iter().map(|at| super::column(table, *at)));
    format!("CREATE {unique}INDEX IF NOT EXISTS {name} ON {} ({columns});\n", quoted(&table_name(table)))
}

/// `json` and not `jsonb`: an unchanged value must come back as it was written, byte for byte.
fn declared(column: &Column) -> String {
    let ty = match column.ty {
        CellType::Bool => "boolean",
        CellType::Int | CellType::Time => "bigint",
        CellType::Id => "uuid",
        CellType::Json => "json",
        CellType::Decimal => "numeric",
        CellType::Text | CellType::Secret => "text COLLATE \"C\"",
    };
    let null = if column.optional { "" } else { " NOT NULL" };
    format!("{} {ty}{null}", quoted(column.name))
}
