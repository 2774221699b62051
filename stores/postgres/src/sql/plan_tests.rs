//! How a server goes about the statements: each along an index, however little it knows of the tables.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use handfast::store::{Begin, Schema, Table, conformance};
use handfast_postgres_server::{is_left_out, schema, shared};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

use super::{
    Place, Sql,
    list::{Found, Lead, Page},
    schema::ddl,
    statement::{Shape, text},
};
use crate::{options::Pooler, shared::greeting};

/// Every statement that lists or looks up.
fn shapes(table: &Table) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for index in std::iter::once(None).chain((0..table.indexes.len()).map(Some)) {
        let fixed = table.order(index).map_or(&[][..], |index| &index.columns[..index.fixed]);
        let is_optional = |at: &usize| table.columns[*at].optional;
        let empty = fixed.iter().enumerate().fold(0, |bits, (at, of)| bits | u64::from(is_optional(of)) << at);
        for begin in [Begin::First, Begin::Bound, Begin::After] {
            for (descending, bounded) in [(false, false), (false, true), (true, false), (true, true)] {
                for empty in [0, empty] {
                    shapes.push(Shape::Page(Page { index, empty, descending, begin, bounded }));
                }
            }
        }
    }
    for search in 0..table.searches.len() {
        for (words, after) in [(1, false), (1, true), (2, false), (3, true)] {
            shapes.push(Shape::Found(Found { search, words, after, lead: Lead::Order }));
            shapes.push(Shape::Entries { search, words });
            if words > 1 {
                shapes.push(Shape::Found(Found { search, words, after, lead: Lead::Rare }));
            }
        }
    }
    shapes.extend(
        (0..table.keys.len()).flat_map(|key| [Shape::Read { key }, Shape::ReadAll { key }, Shape::Absent { key }]),
    );
    shapes
}

/// How the server would run a statement, whatever is bound.
async fn plan(client: &Client, sql: &Sql) -> String {
    let types: Vec<_> = sql.types.iter().map(|ty| ty.name()).collect();
    let nothing = vec!["NULL"; types.len()].join(", ");
    client.batch_execute(&format!("PREPARE asked ({}) AS {}", types.join(", "), sql.text)).await.unwrap();
    let lines = client.simple_query(&format!("EXPLAIN EXECUTE asked ({nothing})")).await.unwrap();
    client.batch_execute("DEALLOCATE asked").await.unwrap();
    let line = |message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    };
    lines.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

async fn every_statement_of(declared: &Schema) {
    let name = schema();
    let (client, connection) = tokio_postgres::connect(shared(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let place = Place::new(&name);
    let tables = format!("CREATE SCHEMA {name}; SET search_path TO {name}; {}", ddl(declared));
    client.batch_execute(&tables).await.unwrap();
    client.batch_execute(&greeting(Duration::from_secs(30), Pooler::Session).unwrap()).await.unwrap();
    for table in declared.tables {
        for shape in shapes(table) {
            let sql = text(&place, table, shape).unwrap();
            let plan = plan(&client, &sql).await;
            assert!(!plan.contains("Seq Scan") && plan.contains("Index"), "{}\n{plan}", sql.text);
            let is_sorted = matches!(shape, Shape::Found(Found { lead: Lead::Rare, .. }));
            assert!(is_sorted || !plan.contains("Sort"), "{}\n{plan}", sql.text);
            // the bounds and the position are part of the search, not looked at row by row
            assert!(!matches!(shape, Shape::Page(_)) || !plan.contains("Filter"), "{}\n{plan}", sql.text);
        }
    }
}

#[test]
fn every_list_and_every_key_is_looked_up_along_an_index() {
    if is_left_out() {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for declared in [&handfast::SCHEMA, &conformance::SCHEMA] {
        runtime.block_on(every_statement_of(declared));
    }
}
