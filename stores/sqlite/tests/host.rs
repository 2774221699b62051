//! Changes of the library inside a transaction of the host.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use handfast::store::CommitError;
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use support::*;

fn host(shop: &Shop) -> Connection {
    let connection = Connection::open(shop.path()).unwrap();
    connection.execute_batch("CREATE TABLE IF NOT EXISTS orders (note TEXT)").unwrap();
    connection
}

fn orders(connection: &Connection) -> i64 {
    connection.query_row("SELECT count(*) FROM orders", [], |row| row.get(0)).unwrap()
}

#[test]
fn both_happen_or_neither() {
    let shop = Shop::open();
    let mut connection = host(&shop);
    let ann = buyer(1, "Ann", None);
    for keep in [false, true] {
        let transaction = connection.transaction().unwrap();
        transaction.execute("INSERT INTO orders VALUES ('one')", []).unwrap();
        SqliteStore::apply(&transaction, &changes(vec![], vec![insert(&ann)])).unwrap();
        if keep {
            transaction.commit().unwrap()
        } else {
            transaction.rollback().unwrap()
        }
        assert_eq!((orders(&connection), read(&shop.store, ann.id).is_some()), (i64::from(keep), keep));
    }
}

#[test]
fn what_is_refused_leaves_only_what_the_host_wrote() {
    let shop = Shop::open();
    let mut connection = host(&shop);
    let (ann, bob) = (buyer(1, "Ann", None), buyer(2, "Bob", None));
    commit(&shop.store, vec![insert(&ann)]).unwrap();
    let transaction = connection.transaction().unwrap();
    transaction.execute("INSERT INTO orders VALUES ('one')", []).unwrap();
    let twin = SqliteStore::apply(&transaction, &changes(vec![], vec![insert(&bob), insert(&ann)]));
    assert!(matches!(twin, Err(CommitError::Duplicate { key: 0, .. })));
    let stale = SqliteStore::apply(&transaction, &changes(vec![version(&ann, 2)], vec![insert(&bob)]));
    assert!(matches!(stale, Err(CommitError::Conflict)));
    transaction.commit().unwrap();
    assert_eq!((orders(&connection), read(&shop.store, bob.id)), (1, None));
}
