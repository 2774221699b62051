//! What cannot be seen from outside: how a query is planned, and a disk without room.

use std::sync::Arc;

use handfast::{
    Code, Id, Timestamp,
    customer::Customer,
    record,
    store::{
        Begin, Changes, CommitError, Expect, Key, Record, Row, Schema, SchemaVersion, Store, Table, ToCell, Write,
    },
};
use tempfile::TempDir;

use crate::{
    Durability, SqliteStore,
    group::{self, Outcome},
    sql::{
        list::{Found, Lead, Page},
        statement::{Shape, text},
    },
};

struct Company;

record! {
    /// A parcel.
    struct Parcel in "parcel" {
        /// The id.
        id: Id<Parcel>,
        /// Whose it is.
        company: Id<Company>,
        /// To whom it goes, when that is known.
        receiver: Option<String>,
        /// What is in it.
        content: String,
        /// When it was sent.
        sent: Timestamp,
    }
    unique by_receiver(company: Id<Company>, receiver: &str);
    index of_company(company: Id<Company>) by (sent, content);
    index of_receiver(company: Id<Company>, receiver: &str) by ();
    search find(company: Id<Company>) over (content);
}

static PARCELS: Schema = Schema { name: "parcels", version: SchemaVersion(1), tables: &[Parcel::TABLE] };

fn id<T>(number: u64) -> Id<T> {
    Id::new(Timestamp::MIN, 0, number.to_be_bytes())
}

fn parcel(number: u64, content: String) -> Arc<Changes> {
    let (company, sent) = (id(1), Timestamp::MIN);
    let parcel = Parcel { id: id(number << 8), company, receiver: Some(number.to_string()), content, sent };
    Arc::new(Changes { writes: vec![Write::insert(Parcel::TABLE, parcel.cells())], ..Changes::default() })
}

fn open() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::options().durability(Durability::Process).open(folder.path().join("shop.db")).unwrap();
    store.migrate(&PARCELS).unwrap();
    store.migrate(&handfast::SCHEMA).unwrap();
    (folder, store)
}

fn count(store: &SqliteStore) -> i64 {
    let sql = "SELECT count(*) FROM handfast_parcel";
    store.writer.with(|session| session.connection.query_row(sql, [], |row| row.get(0)).unwrap())
}

/// Every statement that lists.
fn lists(table: &Table) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for index in std::iter::once(None).chain((0..table.indexes.len()).map(Some)) {
        for begin in [Begin::First, Begin::Bound, Begin::After] {
            for (descending, bounded) in [(false, false), (false, true), (true, false), (true, true)] {
                shapes.push(Shape::Page(Page { index, descending, begin, bounded }));
            }
        }
    }
    for search in 0..table.searches.len() {
        let each = [(1, false), (1, true), (2, false), (3, true)];
        shapes.extend(each.map(|(words, after)| Shape::Found(Found { search, words, after, lead: Lead::Order })));
    }
    shapes
}

fn plan(store: &SqliteStore, sql: &str) -> Vec<String> {
    store.writer.with(|session| {
        let mut statement = session.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get::<_, String>(3).unwrap());
        }
        steps
    })
}

#[test]
fn a_rare_word_leads_by_its_own_range_and_each_of_its_rows_is_looked_up() {
    let (_folder, store) = open();
    let table = Customer::TABLE;
    let sql = text(table, Shape::Found(Found { search: 0, words: 2, after: true, lead: Lead::Rare })).unwrap();
    let steps = plan(&store, &sql);
    let looked_up = |what: &str| steps.iter().any(|step| step.contains(what));
    assert!(looked_up("SEARCH handfast_customer_find USING"), "{steps:#?}");
    assert!(looked_up("SEARCH w USING COVERING INDEX handfast_customer_find_id (id=? AND word"), "{steps:#?}");
}

#[test]
fn every_list_runs_along_an_index_and_sorts_nothing() {
    let (_folder, store) = open();
    for table in handfast::SCHEMA.tables.iter().chain(PARCELS.tables) {
        for shape in lists(table) {
            let sql = text(table, shape).unwrap();
            let steps = plan(&store, &sql);
            let wrong = steps.iter().any(|step| step.contains("TEMP B-TREE") || step.contains("SCAN "));
            assert!(!wrong && !steps.is_empty(), "{sql}\n{steps:#?}");
            // the bounds and the position are part of the search, not looked at row by row
            if let Shape::Page(Page { begin: Begin::Bound | Begin::After, .. }) = shape {
                assert!(steps.iter().any(|step| step.contains('>') || step.contains('<')), "{sql}\n{steps:#?}");
            }
        }
    }
}

#[test]
fn every_key_is_found_in_one_search() {
    let (_folder, store) = open();
    for table in handfast::SCHEMA.tables.iter().chain(PARCELS.tables) {
        for key in 0..table.keys.len() {
            for shape in [Shape::Read { key }, Shape::Holder { key }] {
                let sql = text(table, shape).unwrap();
                let steps = plan(&store, &sql);
                assert!(steps.len() == 1 && steps[0].starts_with("SEARCH "), "{sql}\n{steps:#?}");
            }
        }
    }
}

/// Commits `members` as one group.
fn commit_group(store: &SqliteStore, members: &[Arc<Changes>]) -> Vec<Outcome> {
    store.writer.with(|session| {
        group::begin(session).unwrap();
        let outcomes = group::commit(session, members);
        assert!(session.is_idle());
        outcomes
    })
}

/// One letter for each outcome: done, conflict, duplicate, the store's own.
fn told(outcomes: &[Outcome]) -> String {
    let letter = |outcome: &Outcome| match outcome {
        Ok(()) => 'd',
        Err(CommitError::Conflict) => 'c',
        Err(CommitError::Duplicate { .. }) => 'u',
        Err(_) => 's',
    };
    outcomes.iter().map(letter).collect()
}

fn both(first: &Changes, second: &Changes) -> Arc<Changes> {
    let writes = first.writes.iter().chain(&second.writes).cloned().collect();
    Arc::new(Changes { writes, ..Changes::default() })
}

/// Renames the parcel `number`, which has `version`.
fn rename(number: u64, version: i64, content: &str) -> Arc<Changes> {
    let cells = |changes: &Changes| match &changes.writes[0] {
        Write::Insert { cells, .. } => cells.clone(),
        _ => Vec::new(),
    };
    let row = Row { version, cells: cells(&parcel(number, "small".into())) };
    let write = Write::update(Parcel::TABLE, &row, cells(&parcel(number, content.into()))).unwrap();
    Arc::new(Changes { writes: vec![write], ..Changes::default() })
}

fn expecting(changes: &Changes, number: u64, version: i64) -> Arc<Changes> {
    let expect = Expect::Version { table: Parcel::TABLE, id: id::<Parcel>(number << 8).to_cell(), version };
    Arc::new(Changes { expect: vec![expect], ..changes.clone() })
}

#[test]
fn a_member_that_fails_half_way_is_undone_alone() {
    let (_folder, store) = open();
    let [one, two, three] = [1, 2, 3].map(|number| parcel(number, "small".into()));
    let torn = both(&three, &one);
    let members = [one, torn, two.clone(), rename(1, 1, "a"), both(&three, &rename(1, 1, "b")), rename(1, 2, "c")];
    assert_eq!(told(&commit_group(&store, &members)), "duddcd");
    assert_eq!(count(&store), 2, "what the torn ones inserted is gone");
    assert_eq!(told(&commit_group(&store, &[both(&three, &two), three])), "ud");
}

#[test]
fn members_see_the_versions_that_members_before_them_made() {
    let (_folder, store) = open();
    let [one, two, three] = [1, 2, 3].map(|number| parcel(number, "small".into()));
    let members = [
        expecting(&two, 1, 1), // not there yet
        one,
        expecting(&two, 1, 1),
        rename(1, 1, "a"),
        expecting(&three, 1, 1), // the version that was
        expecting(&three, 1, 2),
        rename(1, 1, "b"),
        rename(1, 2, "c"),
    ];
    assert_eq!(told(&commit_group(&store, &members)), "cdddcdcd");
}

#[test]
fn a_member_too_large_for_the_disk_goes_without_the_others() {
    let (_folder, store) = open();
    let pages = |more: i64| {
        store.writer.with(|session| {
            let pages: i64 = session.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
            session.connection.pragma_update(None, "max_page_count", pages + more).unwrap();
        });
    };
    pages(20);
    let content = |number| if number == 3 { "x".repeat(1_000_000) } else { "small".to_owned() };
    let members: Vec<_> = (0..8).map(|number| parcel(number, content(number))).collect();
    let outcomes = commit_group(&store, &members);
    assert_eq!(told(&outcomes), "dddsdddd");
    assert!(matches!(&outcomes[3], Err(CommitError::Store(error)) if error.code() == Code::StoreFull));
    assert_eq!(count(&store), 7);
    pages(10_000);
    store.commit(members[3].clone()).expect("there is room again");
    assert_eq!(count(&store), 8);
}

#[test]
fn a_file_that_may_only_be_read_is_as_good_as_full() {
    let (_folder, store) = open();
    let only_read =
        |on: bool| store.writer.with(|session| session.connection.pragma_update(None, "query_only", on).unwrap());
    only_read(true);
    let Err(CommitError::Store(error)) = store.commit(parcel(1, "small".into())) else { panic!("it is read-only") };
    assert_eq!(error.code(), Code::StoreFull);
    only_read(false);
    store.commit(parcel(1, "small".into())).unwrap();
}

#[test]
fn a_transaction_that_a_panic_left_open_is_undone_by_the_next() {
    let (_folder, store) = open();
    store.writer.with(|session| session.statements().say("BEGIN IMMEDIATE").unwrap());
    store.commit(parcel(1, "small".into())).unwrap();
    assert_eq!(count(&store), 1);
}

#[test]
fn no_more_connections_read_than_the_pool_lends() {
    let (_folder, store) = open();
    let key = Key::id(Parcel::TABLE, id::<Parcel>(1).to_cell());
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| (0..50).for_each(|_| assert_eq!(store.read(std::slice::from_ref(&key)).unwrap(), [None])));
        }
    });
    assert!(store.readers.is_at_rest());
}

#[test]
fn what_a_table_does_not_declare_is_refused_without_a_panic() {
    let (_folder, store) = open();
    let company = id::<Company>(1).to_cell();
    let key =
        |key, cells| store.read(&[Key { table: Parcel::TABLE, key, cells }]).map(drop).map_err(|error| error.code());
    assert_eq!(key(9, vec![company.clone()]), Err(Code::Internal));
    assert_eq!(key(1, vec![company.clone()]), Err(Code::Internal), "a cell is missing");
    assert_eq!(key(0, vec![company.clone(), company.clone()]), Err(Code::StoreFailed), "a cell too many");
    let insert = Write::Insert { table: Parcel::TABLE, cells: vec![company], words: Vec::new() };
    let outcome = store.commit(Arc::new(Changes { writes: vec![insert], ..Changes::default() }));
    assert!(matches!(outcome, Err(CommitError::Store(error)) if error.code() == Code::Internal));
}
