//! Many who commit at once share a transaction, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{
    sync::{Arc, Barrier, Mutex},
    thread,
};

use handfast::store::{CommitError, Key, Record, Store, ToCell, Write};
use handfast_sqlite::SqliteStore;
use support::*;

const CALLERS: u64 = 64;

/// Runs `caller` on 64 threads that begin at the same time; gives what each made.
fn at_once<T: Send>(caller: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(CALLERS as usize);
    thread::scope(|scope| {
        let (start, caller) = (&start, &caller);
        let run = move |number| {
            start.wait();
            caller(number)
        };
        let callers: Vec<_> = (0..CALLERS).map(|number| scope.spawn(move || run(number))).collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    })
}

fn count(id: handfast::Id<Buyer>, amount: i64) -> Write {
    Write::Add { table: Buyer::TABLE, id: id.to_cell(), column: 5, amount }
}

#[test]
fn whoever_fails_half_way_leaves_nothing_and_takes_nobody_along() {
    let Shop { store, folder: _folder } = Shop::open();
    commit(&store, vec![insert(&buyer(1, "Ann", Some("B-1")))]).unwrap();
    for round in 0..10 {
        let outcomes = at_once(|number| {
            let at = 1_000 + round * CALLERS + number;
            let tax_id = if number % 3 == 0 { "B-1".to_owned() } else { format!("B-{at}") };
            let first = buyer(at, &format!("first {at}"), None);
            let second = buyer(at + 100_000, &format!("second {at}"), Some(&tax_id));
            commit(&store, vec![insert(&first), count(id(1), 1), insert(&second)])
        });
        for (number, outcome) in outcomes.iter().enumerate() {
            let at = 1_000 + round * CALLERS + number as u64;
            let there = (read(&store, id::<Buyer>(at)).is_some(), read(&store, id::<Buyer>(at + 100_000)).is_some());
            match outcome {
                Ok(()) => assert!(number % 3 != 0 && there == (true, true)),
                Err(CommitError::Duplicate { key, .. }) => {
                    assert!(number % 3 == 0 && there == (false, false));
                    assert_eq!(Buyer::TABLE.keys[*key].name, "by_tax_id");
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }
    let honest = (0..CALLERS).filter(|number| number % 3 != 0).count() as i64;
    assert_eq!(read(&store, id::<Buyer>(1)).unwrap().1.bought, 10 * honest, "what failed did not count either");
}

#[test]
fn of_many_that_change_one_row_one_wins_each_time() {
    let Shop { store, folder: _folder } = Shop::open();
    let ann = buyer(1, "Ann", None);
    commit(&store, vec![insert(&ann)]).unwrap();
    for version in 1..=10 {
        let outcomes = at_once(|number| {
            let before = read(&store, ann.id).unwrap().1;
            let after = Buyer { name: format!("Ann {version} {number}"), ..before.clone() };
            // the new row comes first, so that who loses has written something
            let other = buyer(version as u64 * 1_000 + number, &format!("other {version} {number}"), None);
            commit(&store, vec![insert(&other), update(version, &before, &after)])
        });
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(()) | Err(CommitError::Conflict))));
        assert_eq!((won, read(&store, ann.id).unwrap().0), (1, version + 1));
        let others = (0..CALLERS).filter(|number| read(&store, id::<Buyer>(version as u64 * 1_000 + number)).is_some());
        assert_eq!(others.count(), 1);
    }
}

#[test]
fn an_expectation_sees_what_the_group_has_written() {
    let Shop { store, folder: _folder } = Shop::open();
    let ann = buyer(1, "Ann", None);
    commit(&store, vec![insert(&ann)]).unwrap();
    // each rests on version 1; one of them makes it version 2
    let outcomes = at_once(|number| {
        if number == 31 {
            return commit(&store, vec![update(1, &ann, &Buyer { active: false, ..ann.clone() })]).map(|()| None);
        }
        let other = buyer(100 + number, &format!("other {number}"), None);
        store.commit(changes(vec![version(&ann, 1)], vec![insert(&other)])).map(|()| Some(other.id))
    });
    let kept: Vec<_> = outcomes.into_iter().filter_map(Result::ok).collect();
    assert!(kept.contains(&None), "nobody else writes the row");
    assert!(kept.into_iter().flatten().all(|id| read(&store, id).is_some()));
    let late = store.commit(changes(vec![version(&ann, 1)], vec![count(ann.id, 1)]));
    assert!(matches!(late, Err(CommitError::Conflict)));
}

#[test]
fn stores_on_one_file_lose_nothing_to_each_other() {
    let shop = Shop::open();
    commit(&shop.store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    let stores: Vec<SqliteStore> = (0..4).map(|_| open(&shop.folder)).collect();
    let lost = Mutex::new(0);
    at_once(|number| {
        let store = &stores[number as usize % 4];
        for _ in 0..5 {
            commit(store, vec![count(id(1), 1)]).unwrap();
            let (version, before) = read(store, id::<Buyer>(1)).unwrap();
            let after = Buyer { created: before.created + std::time::Duration::from_millis(1), ..before.clone() };
            if commit(store, vec![update(version, &before, &after)]).is_err() {
                *lost.lock().unwrap() += 1;
            }
        }
    });
    let (version, ann) = read(&shop.store, id::<Buyer>(1)).unwrap();
    assert_eq!((version, ann.bought), (1 + 5 * CALLERS as i64 - *lost.lock().unwrap(), 5 * CALLERS as i64));
}

#[test]
fn many_keys_are_read_as_of_one_moment() {
    let shop = Shop::open();
    let (ann, bob) = (buyer(1, "Ann", None), buyer(2, "Bob", None));
    commit(&shop.store, vec![insert(&ann), insert(&bob)]).unwrap();
    let store = Arc::new(shop.store);
    let keys = [ann.id, bob.id].map(|id| Key::id(Buyer::TABLE, id.to_cell()));
    at_once(|number| {
        for _ in 0..20 {
            if number % 8 == 0 {
                commit(&store, vec![count(ann.id, 1), count(bob.id, 1)]).unwrap();
            }
            let rows = store.read(&keys).unwrap();
            let bought: Vec<_> = rows.iter().map(|row| row.as_ref().unwrap().cells[5].clone()).collect();
            assert_eq!(bought[0], bought[1]);
        }
    });
}
