//! A target that holds something of its own is not written over.

use std::sync::Arc;

use handfast::{Code, copy::Copying, store::Store};
use handfast_sqlite::SqliteStore;
use handfast_tests::{StoreKind, World};

use super::{Shop, cells, copy, later, on_every_pair, rows, target};

/// Refused, and every row stands as it stood.
fn is_refused(from: &dyn Store, to: &dyn Store) {
    let before = (rows(from), rows(to));
    assert_eq!(Copying::begin(from, to).unwrap_err().code(), Code::NotACopy);
    assert!((rows(from), rows(to)) == before, "a refusal changes nothing");
}

on_every_pair! {
    fn another_database_is_refused(from, to) {
        let (shop, other) = (Shop::new(from), World::with(to, |_| {}));
        other.later(std::time::Duration::from_secs(1));
        other.firm("Somebody else");
        is_refused(&shop.store(), &other.store.behind());
        is_refused(&other.store.behind(), &shop.store());
        is_refused(&World::new(from).store.behind(), &shop.store());
    }

    fn a_copy_that_was_used_is_refused_and_can_be_copied_back(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        let (source, copied) = (shop.store(), there.store.behind());
        copy(&source, &copied);
        later([&shop.world, &there]);
        there.customers().block(shop.firm.admin, shop.ground.active).unwrap();
        is_refused(&source, &copied);
        copy(&copied, &source);
        assert_eq!(cells(&copied), cells(&source));
        // both live on: neither is the earlier state of the other
        let worlds = [&shop.world, &there];
        later(worlds);
        for world in worlds {
            world.customers().unblock(shop.firm.admin, shop.ground.active).unwrap();
        }
        is_refused(&source, &copied);
        is_refused(&copied, &source);
    }

    fn a_database_is_not_copied_to_itself(from, _to) {
        let shop = Shop::new(from);
        is_refused(&shop.store(), &shop.store());
    }
}

#[test]
fn a_file_that_is_opened_twice_is_not_copied_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let [one, two] = [(); 2].map(|()| Arc::new(SqliteStore::open(&path).unwrap()));
    World::on(StoreKind::Sqlite, one.clone(), 1, |_| {}).firm("Flora Export");
    is_refused(&one, &two);
}
