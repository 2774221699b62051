//! What the hosts write while the primary dies under them, so that whoever reads the tables can count: a row for each
//! insert, a tally that each addition moves by one, a version that each update moves by one.

use std::sync::Arc;

use handfast::{
    Handfast, Id, Random as _, SystemRandom, Timestamp,
    secret::{HashingCost, Keyring, RootKey},
    store::{Changes, Record, Row, ToCell, Write, conformance::Shop},
};
use handfast_postgres::PostgresStore;

use crate::world::{ROOT_KEY, templates};

/// Tallies that all hosts add to; they are the rows of these numbers.
pub const TALLIES: std::ops::Range<i64> = 1..5;

/// A row that all hosts update.
pub const SHARED: i64 = 5;

/// A tally that only changes add to that must be refused.
pub const FORBIDDEN: i64 = 6;

/// Rows of which each belongs to one thread of one host, which alone updates it.
const OWN: i64 = 100;

/// Rows that threads insert, a million for each.
const INSERTED: i64 = 1_000_000;

/// Threads of a host that each write deeds of their own.
pub const WRITERS: i64 = 3;

/// All threads of a host: the next one updates the row that is shared, the last one records orders by the library's verb.
pub const HOST_PENS: i64 = WRITERS + 2;

/// One thread of one host, and what it writes.
#[derive(Clone, Copy)]
pub struct Pen(pub i64);

/// What a set of changes does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Inserts a row.
    Insert,
    /// Adds one to a tally.
    Add,
    /// Updates the pen's own row, if it has the version that the pen gave it.
    Update,
    /// All three.
    All,
}

impl Deed {
    /// What is done as the `number`th.
    pub fn of(number: i64) -> Self {
        [Deed::Insert, Deed::Add, Deed::Update, Deed::All][number.rem_euclid(4) as usize]
    }

    /// Whether it has a part like `part`.
    pub fn has(self, part: Deed) -> bool {
        self == part || self == Deed::All
    }
}

/// The row of a number, as it is when it is new.
pub fn shop(number: i64) -> Shop {
    Shop { id: id(number), name: format!("row {number}"), visits: 0 }
}

/// The id of the row of a number.
pub fn id<T>(number: i64) -> Id<T> {
    Id::new(Timestamp::from_millis(number), 0, [0; 8])
}

/// The rows that are there before any host begins.
pub fn first_rows(pens: impl Iterator<Item = Pen>) -> Vec<Write> {
    let common = TALLIES.chain([SHARED, FORBIDDEN]);
    common.chain(pens.map(Pen::own)).map(|number| insert(&shop(number))).collect()
}

fn insert(shop: &Shop) -> Write {
    Write::insert(Shop::TABLE, shop.cells())
}

fn add(number: i64) -> Write {
    Write::Add { table: Shop::TABLE, id: id::<Shop>(number).to_cell(), column: 2, amount: 1 }
}

/// The name that a pen gives the row that is shared.
pub fn shared_name(pen: Pen, number: i64) -> String {
    format!("by {} {number}", pen.0)
}

/// Gives a row another name, if it has this version.
pub fn rename(known: &Shop, version: i64, name: &str) -> Write {
    let row = Row { version, cells: known.cells() };
    Write::update(Shop::TABLE, &row, Shop { name: name.into(), ..known.clone() }.cells()).expect("another name")
}

impl Pen {
    /// The number of its own row.
    pub fn own(self) -> i64 {
        OWN + self.0
    }

    /// The row that it inserts as the `number`th.
    pub fn inserted(self, number: i64) -> i64 {
        (self.0 + 1) * INSERTED + number
    }

    /// The tally that it adds to as the `number`th.
    pub fn tally(number: i64) -> i64 {
        TALLIES.start + (number / 4) % (TALLIES.end - TALLIES.start)
    }

    /// The name of its own row after its `number`th deed; 0 is before any.
    pub fn name(self, number: i64) -> String {
        if number == 0 { shop(self.own()).name } else { format!("pen {} {number}", self.0) }
    }

    /// The writes of its `number`th deed, where its own row has `version` since the deed `last`.
    pub fn writes(self, number: i64, version: i64, last: i64) -> Vec<Write> {
        let deed = Deed::of(number);
        let own = Shop { name: self.name(last), ..shop(self.own()) };
        let mut writes = Vec::new();
        writes.extend(deed.has(Deed::Insert).then(|| insert(&shop(self.inserted(number)))));
        writes.extend(deed.has(Deed::Add).then(|| add(Self::tally(number))));
        writes.extend(deed.has(Deed::Update).then(|| rename(&own, version, &self.name(number))));
        writes
    }

    /// Writes that a store must refuse, for their last row takes a name that is taken.
    pub fn twin(self, number: i64) -> Vec<Write> {
        let twin = Shop { name: shop(TALLIES.start).name, ..shop(self.inserted(number)) };
        vec![add(FORBIDDEN), insert(&twin)]
    }
}

/// The library on a store, as every host has it.
pub fn library(store: Arc<PostgresStore>) -> Handfast {
    let keyring = Keyring::new(RootKey::parse(ROOT_KEY).expect("a key")).expect("a key");
    let builder = Handfast::builder(store).keyring(keyring).hashing(HashingCost::INSECURE_FOR_TESTS);
    builder.templates(templates()).build().expect("the library")
}

/// Changes of an id of their own.
pub fn changes(writes: Vec<Write>) -> Arc<Changes> {
    let mut bytes = [0; 16];
    SystemRandom.fill(&mut bytes).expect("randomness");
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    Arc::new(Changes { id, writes, ..Changes::default() })
}
