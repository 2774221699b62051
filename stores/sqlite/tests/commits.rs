//! What is committed, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use handfast::store::{CommitError, Key, Record, Store, ToCell, Write};
use support::*;

fn conflict(outcome: Result<(), CommitError>) -> bool {
    matches!(outcome, Err(CommitError::Conflict))
}

fn duplicate(outcome: Result<(), CommitError>, name: &str) -> bool {
    matches!(outcome, Err(CommitError::Duplicate { table, key }) if table.keys[key].name == name)
}

#[test]
fn what_is_inserted_is_read_by_every_key() {
    let Shop { store, folder: _folder } = Shop::open();
    let ann = buyer(1, "Ann", Some("B-1"));
    commit(&store, vec![insert(&ann), insert(&buyer(2, "Bob", None))]).unwrap();
    let key = |key, cells| Key { table: Buyer::TABLE, key, cells };
    let company = ann.company.to_cell();
    let keys = [
        key(0, vec![ann.id.to_cell()]),
        key(1, vec![company.clone(), cell("B-1")]),
        key(2, vec![company.clone(), cell("Bob")]),
        key(2, vec![company, cell("bob")]),
    ];
    let rows = store.read(&keys).unwrap();
    let names: Vec<_> = rows.iter().map(|row| Some(Buyer::load(&row.as_ref()?.cells).unwrap().name)).collect();
    assert_eq!(names, [Some("Ann".into()), Some("Ann".into()), Some("Bob".into()), None]);
    assert_eq!(read(&store, ann.id), Some((1, ann)));
}

#[test]
fn a_unique_key_refuses_by_name_and_nothing_is_left() {
    let Shop { store, folder: _folder } = Shop::open();
    let (ann, bob, eve) = (buyer(1, "Ann", Some("B-1")), buyer(2, "Bob", Some("B-2")), buyer(3, "Eve", None));
    commit(&store, vec![insert(&ann), insert(&bob)]).unwrap();
    assert!(duplicate(commit(&store, vec![insert(&eve), insert(&buyer(4, "Dan", Some("B-1")))]), "by_tax_id"));
    assert!(duplicate(commit(&store, vec![insert(&eve), insert(&eve)]), "id"));
    assert!(duplicate(commit(&store, vec![insert(&eve), insert(&buyer(4, "Eve", None))]), "by_name"));
    let twin = Buyer { tax_id: Some("B-1".into()), ..bob.clone() };
    assert!(duplicate(commit(&store, vec![insert(&eve), update(1, &bob, &twin)]), "by_tax_id"));
    assert_eq!(read(&store, eve.id), None);
    commit(&store, vec![insert(&eve), insert(&buyer(5, "Fay", None))]).expect("NULL equals nothing");
}

#[test]
fn a_write_of_a_changed_row_conflicts() {
    let Shop { store, folder: _folder } = Shop::open();
    let (ann, bob) = (buyer(1, "Ann", None), buyer(2, "Bob", None));
    commit(&store, vec![insert(&ann)]).unwrap();
    let renamed = Buyer { name: "Anna".into(), ..ann.clone() };
    commit(&store, vec![update(1, &ann, &renamed)]).unwrap();
    let stale = Buyer { bought: 9, ..ann.clone() };
    assert!(conflict(commit(&store, vec![insert(&bob), update(1, &ann, &stale)])));
    assert!(conflict(commit(&store, vec![insert(&bob), delete(1, &ann)])));
    assert!(conflict(store.commit(changes(vec![version(&ann, 1)], vec![insert(&bob)]))));
    assert!(conflict(store.commit(changes(vec![version(&bob, 1)], vec![insert(&bob)]))));
    assert_eq!((read(&store, ann.id), read(&store, bob.id)), (Some((2, renamed.clone())), None));
    commit(&store, vec![delete(2, &renamed)]).unwrap();
    assert_eq!(read(&store, ann.id), None);
}

#[test]
fn an_update_leaves_the_columns_it_does_not_change() {
    let Shop { store, folder: _folder } = Shop::open();
    let ann = buyer(1, "Ann", None);
    let count = |amount| Write::Add { table: Buyer::TABLE, id: ann.id.to_cell(), column: 5, amount };
    commit(&store, vec![insert(&ann), count(3), count(4)]).unwrap();
    commit(&store, vec![update(1, &ann, &Buyer { active: false, ..ann.clone() })]).unwrap();
    let (version, found) = read(&store, ann.id).unwrap();
    assert_eq!((version, found.active, found.bought), (2, false, 7), "counting leaves the version");
    commit(&store, vec![count(i64::MAX)]).unwrap();
    assert_eq!(read(&store, ann.id).unwrap().1.bought, i64::MAX, "a sum stays within its 64 bits");
    commit(&store, vec![count(i64::MIN), count(i64::MIN)]).unwrap();
    assert_eq!(read(&store, ann.id).unwrap().1.bought, i64::MIN);
    let nobody = Write::Add { table: Buyer::TABLE, id: id::<Buyer>(9).to_cell(), column: 5, amount: 1 };
    assert!(conflict(commit(&store, vec![nobody])));
}
