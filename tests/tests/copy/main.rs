//! One store is copied to another of whatever kind: whole, while it is written, cut short, and never over another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod faults;
mod keys;
mod live;
mod refused;
mod sums;
mod whole;

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use handfast::{
    SCHEMA,
    copy::{Copied, CopyProgress, Copying, PASSING},
    store::{Cell, Changes, Query, Row, Store, Table, Write},
};
use handfast_tests::{Firm, Ground, StoreKind, World};
use uuid::Uuid;

/// Makes each test one for every pair of stores, each called with the source's kind and the target's.
macro_rules! on_every_pair {
    ($($(#[$meta:meta])* fn $name:ident($from:ident, $to:ident) $body:block)+) => {
        mod on_every_pair {
            use super::*;
            $($(#[$meta])* pub(super) fn $name($from: handfast_tests::StoreKind, $to: handfast_tests::StoreKind) $body)+
        }
        on_every_pair!(@pair memory_to_sqlite, Memory, Sqlite, [$($name)+]);
        on_every_pair!(@pair sqlite_to_memory, Sqlite, Memory, [$($name)+]);
        on_every_pair!(@pair sqlite_to_postgres, Sqlite, Postgres, [$($name)+]);
        on_every_pair!(@pair postgres_to_sqlite, Postgres, Sqlite, [$($name)+]);
        on_every_pair!(@pair memory_to_postgres, Memory, Postgres, [$($name)+]);
        on_every_pair!(@pair postgres_to_memory, Postgres, Memory, [$($name)+]);
    };
    (@pair $pair:ident, $from:ident, $to:ident, [$($name:ident)+]) => {
        mod $pair {
            use handfast_tests::{StoreKind, is_left_out};
            $(#[test] fn $name() {
                let (from, to) = (StoreKind::$from, StoreKind::$to);
                if !is_left_out() || ![from, to].contains(&StoreKind::Postgres) {
                    super::on_every_pair::$name(from, to);
                }
            })+
        }
    };
}
pub(crate) use on_every_pair;

/// A company in the midst of its work, and another, with something of nearly everything.
pub(crate) struct Shop {
    pub(crate) world: World,
    pub(crate) firm: Firm,
    pub(crate) ground: Ground,
}

impl Shop {
    pub(crate) fn new(kind: StoreKind) -> Self {
        let world = World::new(kind);
        world.course();
        let (firm, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let ground = Ground::new(&world, &firm);
        Ground::new(&world, &other);
        world.ready(&firm, "ready@buyers.example");
        world.privacy().erase_person(firm.admin, "ready@buyers.example").unwrap();
        world.deliver();
        world.silent(&firm, "Ñandú.Österreich@buyers.example");
        Shop { world, firm, ground }
    }

    pub(crate) fn store(&self) -> Arc<dyn Store> {
        self.world.store.behind()
    }
}

/// Another store, and a library on it that makes other ids than the one that is copied.
pub(crate) struct Target {
    world: World,
    /// Keeps the store.
    _first: World,
}

impl Deref for Target {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

/// An empty one, whose clock shows what that of `world` does.
pub(crate) fn target(world: &World, kind: StoreKind) -> Target {
    let first = World::new(kind);
    first.clock.set(world.now());
    let handfast = first.another(&first.clock, world.policy().clone());
    Target { world: World::around(handfast, &first), _first: first }
}

/// Copies until all tables are through; what was told.
pub(crate) fn copy(from: &dyn Store, to: &dyn Store) -> Vec<CopyProgress> {
    let mut copying = Copying::begin(from, to).unwrap();
    std::iter::from_fn(|| copying.step().unwrap()).collect()
}

pub(crate) fn verify(from: &dyn Store, to: &dyn Store) -> handfast::Result<Copied> {
    Copying::begin(from, to).unwrap().verify(|_| ())
}

/// Every row of a store, by its table, in the order of the ids.
pub(crate) fn rows(store: &dyn Store) -> BTreeMap<&'static str, Vec<Row>> {
    let all = |table: &&'static Table| (table.name, store.list(&Query::all(table, u32::MAX)).unwrap());
    SCHEMA.tables.iter().map(all).collect()
}

/// The same without the versions, which are each store's own.
pub(crate) fn cells(store: &dyn Store) -> BTreeMap<&'static str, Vec<Vec<Cell>>> {
    let cells = |rows: Vec<Row>| rows.into_iter().map(|row| row.cells).collect();
    rows(store).into_iter().map(|(table, rows)| (table, cells(rows))).collect()
}

static COMMITS: AtomicU64 = AtomicU64::new(1);

/// Writes past the library.
pub(crate) fn commit(store: &dyn Store, writes: Vec<Write>) {
    store
        .commit(Arc::new(Changes {
            id: Uuid::from_u128(u128::from(COMMITS.fetch_add(1, Ordering::SeqCst))),
            expect: Vec::new(),
            writes,
        }))
        .unwrap();
}

/// Deletes a row, as the library does with what has served its purpose.
pub(crate) fn forget_a_ticket(store: &dyn Store) {
    let table = PASSING.iter().find(|table| table.name == "one_use").unwrap();
    let row = store.list(&Query::all(table, 1)).unwrap().remove(0);
    commit(store, vec![Write::delete(table, &row)]);
}

/// A moment later on both.
pub(crate) fn later(worlds: [&World; 2]) {
    worlds.iter().for_each(|world| world.later(Duration::from_secs(60)));
}
