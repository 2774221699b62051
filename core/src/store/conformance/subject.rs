//! A store under test, and the few calls that the promises share.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
    thread,
};

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Article, Facts, SCHEMA, Sample, Sealed, Shop};
use crate::{
    clock::Timestamp,
    id::Id,
    random::{self, SystemRandom},
    store::{Changes, CommitError, Expect, Key, Listing, Query, Record, Row, Store, ToCell, Unique, Write},
};

/// A store that has the schema.
pub(super) struct Subject<'a>(pub(super) &'a dyn Store);

/// No serial number.
pub(super) const NONE: [i64; 0] = [];

/// What became of a commit.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Done,
    Conflict,
    Duplicate { table: &'static str, key: &'static str },
    Failed(String),
}

/// How often an answer may be lost before a promise gives up.
const ASKED_AGAIN: usize = 8;

impl<'a> Subject<'a> {
    pub(super) fn new(store: &'a dyn Store) -> Self {
        store.migrate(&SCHEMA).expect("a fresh store takes the schema");
        Subject(store)
    }

    /// Commits, and sends the same changes again while the answer is lost.
    pub(super) fn commit(&self, expect: Vec<Expect>, writes: Vec<Write>) -> Outcome {
        let id = Uuid::from_bytes(random::bytes(&SystemRandom).expect("randomness"));
        let changes = Arc::new(Changes { id, expect, writes });
        for _ in 0..ASKED_AGAIN {
            return match self.0.commit(Arc::clone(&changes)) {
                Ok(()) => Outcome::Done,
                Err(CommitError::InDoubt) => continue,
                Err(CommitError::Conflict) => Outcome::Conflict,
                Err(CommitError::Duplicate { table, key }) => {
                    Outcome::Duplicate { table: table.name, key: table.keys[key].name }
                }
                Err(CommitError::Store(error)) => Outcome::Failed(error.to_string()),
            };
        }
        Outcome::Failed("the answer was lost every time".into())
    }

    /// Commits what must succeed.
    #[track_caller]
    pub(super) fn done(&self, writes: Vec<Write>) {
        assert_eq!(self.commit(Vec::new(), writes), Outcome::Done);
    }

    #[track_caller]
    pub(super) fn insert<T: Record>(&self, records: &[T]) {
        self.done(records.iter().map(insert).collect());
    }

    /// The write that makes `record` of what is stored under its id.
    #[track_caller]
    pub(super) fn update<T: Record>(&self, record: &T) -> Write {
        Write::update(T::TABLE, &self.stored(record.id()), record.cells()).expect("something to change")
    }

    /// The write that removes what is stored under `id`.
    #[track_caller]
    pub(super) fn delete<T: Record>(&self, id: Id<T>) -> Write {
        Write::delete(T::TABLE, &self.stored(id))
    }

    #[track_caller]
    pub(super) fn rows(&self, keys: &[Key]) -> Vec<Option<Row>> {
        let rows = self.0.read(keys).expect("reads");
        assert_eq!(rows.len(), keys.len(), "one answer for each key");
        rows
    }

    #[track_caller]
    pub(super) fn row<T: Record>(&self, id: Id<T>) -> Option<Row> {
        self.rows(&[key(id)]).pop().flatten()
    }

    /// The row that must be there.
    #[track_caller]
    pub(super) fn stored<T: Record>(&self, id: Id<T>) -> Row {
        self.row(id).expect("the row is there")
    }

    #[track_caller]
    pub(super) fn get<T: Record>(&self, id: Id<T>) -> Option<T> {
        self.row(id).map(|row| loaded(&row))
    }

    #[track_caller]
    pub(super) fn find<T: Record>(&self, unique: Unique<T>) -> Option<T> {
        self.rows(&[unique.key]).pop().flatten().map(|row| loaded(&row))
    }

    #[track_caller]
    pub(super) fn page<T: Record>(&self, query: &Query) -> Vec<T> {
        self.0.list(query).expect("lists").iter().map(loaded).collect()
    }

    #[track_caller]
    pub(super) fn list<T: Record>(&self, listing: &Listing<T>) -> Vec<T> {
        self.page(&Query { limit: 1_000, ..listing.query.clone() })
    }

    /// The serial numbers of a list of articles.
    #[track_caller]
    pub(super) fn serials(&self, listing: &Listing<Article>) -> Vec<i64> {
        self.list(listing).iter().map(|article| article.serial).collect()
    }

    /// All of a list, got in pages of `limit`, each continuing after the last row of the one before.
    #[track_caller]
    pub(super) fn paged<T: Record>(&self, listing: &Listing<T>, limit: u32) -> Vec<T> {
        let (mut all, mut query) = (Vec::new(), Query { limit, ..listing.query.clone() });
        loop {
            let page: Vec<T> = self.page(&query);
            assert!(page.len() <= limit as usize, "a page is no longer than asked");
            let Some(last) = page.last() else { return all };
            query.after = Some(query.position(&last.cells()));
            all.extend(page);
            assert!(all.len() < 10_000, "pages come to an end");
        }
    }
}

fn loaded<T: Record>(row: &Row) -> T {
    T::load(&row.cells).expect("a record of what was stored")
}

pub(super) fn key<T: Record>(id: Id<T>) -> Key {
    Key::id(T::TABLE, id.to_cell())
}

pub(super) fn insert<T: Record>(record: &T) -> Write {
    Write::insert(T::TABLE, record.cells())
}

pub(super) fn add<T: Record>(id: Id<T>, column: &str, amount: i64) -> Write {
    let column = T::TABLE.columns.iter().position(|known| known.name == column).expect("a column");
    Write::Add { table: T::TABLE, id: id.to_cell(), column, amount }
}

pub(super) fn stands<T: Record>(id: Id<T>, version: i64) -> Expect {
    Expect::Version { table: T::TABLE, id: id.to_cell(), version }
}

pub(super) fn absent<T: Record>(unique: Unique<T>) -> Expect {
    Expect::Absent(unique.key)
}

pub(super) fn duplicate<T: Record>(key: &'static str) -> Outcome {
    Outcome::Duplicate { table: T::TABLE.name, key }
}

/// An id that sorts as `number` does.
pub(super) fn id<T>(number: i64) -> Id<T> {
    Id::new(Timestamp::from_millis(number), 0, [0; 8])
}

pub(super) fn shop(number: i64) -> Shop {
    Shop { id: id(number), name: format!("shop {number}"), visits: 0 }
}

/// An article of shop 1 with `number` for its id and its serial.
pub(super) fn article(number: i64, name: &str) -> Article {
    let (id, shop, name) = (id(number), id(1), name.to_owned());
    Article { id, shop, name, maker: None, code: None, serial: number, rank: 0, stock: 0, note: None }
}

/// A sample of shop 1 whose optional columns are empty.
pub(super) fn sample(number: i64) -> Sample {
    let text = |text: &str| text.to_owned();
    Sample {
        id: id(number),
        truth: false,
        number,
        time: Timestamp::from_millis(number),
        shop: id(1),
        text: text("text"),
        decimal: Decimal::new(125, 1),
        facts: Facts::new("{}"),
        sealed: Sealed::new("c2VhbGVk"),
        some_truth: None,
        some_number: None,
        some_time: None,
        some_shop: None,
        some_text: None,
        some_decimal: None,
        some_facts: None,
        some_sealed: None,
    }
}

/// Calls `act` from `callers` threads that begin together.
pub(super) fn together<T: Send>(callers: i64, act: impl Fn(i64) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(usize::try_from(callers).expect("a few"));
    thread::scope(|scope| {
        let begin = |caller| {
            let (start, act) = (&start, &act);
            scope.spawn(move || {
                start.wait();
                act(caller)
            })
        };
        let begun: Vec<_> = (1..=callers).map(begin).collect();
        begun.into_iter().map(|caller| caller.join().expect("a caller ends")).collect()
    })
}

/// Looks, and changes meanwhile, that are enough to see two moments mixed.
const LOOKS: usize = 300;
const CHANGES: i64 = 50;
/// Looks after which it ends, however slow the changes are.
const MOST_LOOKS: usize = 50_000;

/// Calls `change` with 1, 2, 3 .. and meanwhile `look` from another thread.
pub(super) fn watched(change: impl Fn(i64), look: impl Fn() + Send) {
    let changed = AtomicI64::new(0);
    thread::scope(|scope| {
        let enough = |looks| looks > LOOKS && changed.load(SeqCst) > CHANGES;
        let watcher = scope.spawn(move || (0..MOST_LOOKS).take_while(|looks| !enough(*looks)).for_each(|_| look()));
        while !watcher.is_finished() {
            change(changed.fetch_add(1, SeqCst) + 1);
        }
    });
}
