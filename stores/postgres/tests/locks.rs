//! In which order commits lock rows.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use handfast::{
    Id, record,
    store::{Record, Row, Schema, SchemaVersion, Store, Write, conformance::Shop},
};
use support::*;

record! {
    /// A row that nobody counts in.
    pub struct Note in "note" {
        /// The id.
        id: Id<Note>,
        /// What it says.
        text: String,
    }
}

static NOTES: Schema = Schema { name: "notes", version: SchemaVersion(1), tables: &[Note::TABLE, Shop::TABLE] };

fn note(number: i64, text: &str) -> Note {
    Note { id: id(number), text: text.to_owned() }
}

/// Writes a note that has another text already.
fn reword(number: i64, version: i64) -> Write {
    let row = Row { version, cells: note(number, &version.to_string()).cells() };
    Write::update(Note::TABLE, &row, note(number, &(version + 1).to_string()).cells()).unwrap()
}

#[test]
fn commits_that_lock_the_same_rows_in_any_order_do_not_collide() {
    or_left_out!();
    let (store, schema) = store();
    commit(&store, (1..=6).map(|number| insert(&shop(number))).collect()).unwrap();
    let deadlocks = || Beside::new().rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    let before = deadlocks();
    thread::scope(|scope| {
        for caller in 0..8 {
            let store = &store;
            scope.spawn(move || {
                for round in 0..20 {
                    let order = (0..6).map(|at| (at * [1, 5][(caller + round) % 2] + caller) % 6 + 1);
                    commit(store, order.map(|number| visit(number as i64)).collect()).unwrap();
                }
            });
        }
    });
    assert!((1..=6).all(|number| visits(&store, number) == 160), "{schema}");
    assert_eq!(deadlocks(), before);
}

#[test]
fn a_row_that_many_count_in_is_locked_when_all_else_is_written() {
    or_left_out!();
    let schema = handfast_postgres_server::schema();
    let options = handfast_postgres::PostgresStore::options().schema(&schema);
    let store = options.open(handfast_postgres_server::shared()).unwrap();
    store.migrate(&NOTES).unwrap();
    commit(&store, vec![insert(&shop(1)), insert(&note(1, "1"))]).unwrap();
    let (holder, beside) = (Beside::new(), Beside::new());
    holder.run(&format!("BEGIN; SELECT 1 FROM {schema}.handfast_conformance_shop FOR UPDATE"));
    let writes_notes = format!(
        "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE wait_event_type = 'Lock' \
         AND relation = '{schema}.handfast_note'::regclass AND mode = 'RowExclusiveLock'"
    );
    thread::scope(|scope| {
        let committing = scope.spawn(|| commit(&store, vec![visit(1), reword(1, 1), insert(&note(2, "1"))]));
        let begun = Instant::now();
        let is_written = loop {
            let is_written = !beside.rows(&writes_notes).is_empty();
            if is_written || begun.elapsed() > Duration::from_secs(10) {
                break is_written;
            }
            thread::sleep(Duration::from_millis(5));
        };
        holder.run("ROLLBACK");
        committing.join().unwrap().unwrap();
        assert!(is_written, "it waits for the shop with nothing written");
    });
    assert_eq!(visits(&store, 1), 1);
}
