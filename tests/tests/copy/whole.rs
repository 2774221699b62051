//! What is copied is the same, works the same, and comes back the same.

use std::sync::Arc;

use handfast::{SCHEMA, copy::Copying};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use handfast_tests::{
    StoreKind, VERBS,
    rules::{RULES, wrong_words},
};

use super::{Shop, cells, copy, forget_a_ticket, later, on_every_pair, target, verify};

on_every_pair! {
    fn a_copy_is_the_same_and_so_is_its_copy_back(from, to) {
        let shop = Shop::new(from);
        let (there, back) = (target(&shop.world, to), target(&shop.world, from));
        let (source, copied, returned) = (shop.store(), there.store.behind(), back.store.behind());
        let told = copy(&source, &copied);
        copy(&copied, &returned);
        let expected = cells(&source);
        let filled = expected.values().filter(|rows| !rows.is_empty()).count();
        assert!(filled > 25, "only {filled} tables have something");
        assert_eq!(cells(&copied), expected);
        assert_eq!(cells(&returned), expected);
        let (first, second) = (verify(&source, &copied).unwrap(), verify(&source, &returned).unwrap());
        assert_eq!(first, second, "the digest does not depend on the store");
        let all: usize = expected.values().map(Vec::len).sum();
        let last = told.last().unwrap();
        assert_eq!((first.rows(), last.rows, last.written, last.removed, last.left), (all as u64, all as u64, all as u64, 0, 0));
    }

    fn every_verb_does_the_same_on_a_copy(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        copy(&shop.store(), &there.store.behind());
        for verb in VERBS {
            let outcomes = [&shop.world, &there].map(|world| {
                (verb.prepare)(world, &shop.firm);
                (verb.act)(world, shop.firm.admin, &shop.ground).map_err(|error| error.code())
            });
            assert_eq!(outcomes[0], outcomes[1], "{}", verb.name);
            later([&shop.world, &there]);
        }
    }

    fn a_copy_made_again_writes_only_what_differs(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        let (source, copied) = (shop.store(), there.store.behind());
        copy(&source, &copied);
        let again = copy(&source, &copied).pop().unwrap();
        assert_eq!((again.written, again.removed), (0, 0));
        let before = cells(&source);
        shop.world.customers().block(shop.firm.admin, shop.ground.active).unwrap();
        shop.world.tag(&shop.firm, "Newly made");
        let changed: usize = cells(&source).iter().map(|(table, rows)| {
            rows.iter().filter(|row| !before[table].contains(row)).count()
        }).sum();
        let again = copy(&source, &copied).pop().unwrap();
        assert_eq!((again.written, again.removed), (changed as u64, 0));
        forget_a_ticket(&source);
        let again = copy(&source, &copied).pop().unwrap();
        assert_eq!((again.written, again.removed), (0, 1));
        assert_eq!(cells(&copied), cells(&source));
    }
}

#[test]
fn all_rules_and_words_hold_in_a_file_that_came_back() {
    let shop = Shop::new(StoreKind::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("back.db");
    let back: Arc<SqliteStore> = Arc::new(SqliteStore::open(&path).unwrap());
    copy(&shop.store(), &back);
    let world = handfast_tests::World::on(StoreKind::Sqlite, back, 2, |_| {});
    let connection = Connection::open(&path).unwrap();
    // versions count anew in another store
    let kept = RULES.iter().filter(|rule| !rule.broken_by.contains("version"));
    let broken: Vec<_> = kept.map(|rule| (rule.holds, rule.offenders(&connection).unwrap())).collect();
    assert!(broken.len() > 20);
    assert!(broken.iter().all(|(_, offenders)| offenders.is_empty()), "{broken:?}");
    assert_eq!(wrong_words(&world, &connection).unwrap().len(), 0);
}

#[test]
fn progress_tells_the_tables_in_their_order_and_ends() {
    let shop = Shop::new(StoreKind::Memory);
    let there = target(&shop.world, StoreKind::Memory);
    let told = copy(&shop.store(), &there.store.behind());
    let mut names: Vec<_> = told.iter().map(|progress| progress.table).collect();
    names.dedup();
    assert_eq!(names, SCHEMA.tables.iter().map(|table| table.name).collect::<Vec<_>>());
    assert!(told.windows(2).all(|pair| pair[0].rows <= pair[1].rows && pair[0].left >= pair[1].left));
    let (source, copied, mut heard) = (shop.store(), there.store.behind(), Vec::new());
    let verified = Copying::begin(&source, &copied).unwrap().verify(|progress| heard.push(progress)).unwrap();
    assert_eq!(heard.last().unwrap().rows, verified.rows());
}
