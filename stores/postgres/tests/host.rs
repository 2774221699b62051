//! Changes of the library inside a transaction of the host.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use handfast::store::{CommitError, conformance::Shop};
use handfast_postgres::PostgresStore;
use support::*;

/// A store, and a connection of the host's to the same database with a table of its own.
fn host() -> (PostgresStore, Beside) {
    let (store, schema) = store();
    let beside = Beside::new();
    beside.run(&format!("SET search_path TO {schema}; CREATE TABLE orders (note text)"));
    (store, beside)
}

fn orders(beside: &Beside) -> usize {
    beside.rows("SELECT note FROM orders").len()
}

#[test]
fn both_happen_or_neither() {
    or_left_out!();
    let (store, mut beside) = host();
    for keep in [false, true] {
        let insert = changes(vec![], vec![insert(&shop(1))]);
        let client = &mut beside.client;
        beside.runtime.block_on(async {
            let transaction = client.transaction().await.unwrap();
            transaction.batch_execute("INSERT INTO orders VALUES ('one')").await.unwrap();
            store.apply(transaction.client(), &insert).await.unwrap();
            if keep {
                transaction.commit().await.unwrap();
            } else {
                transaction.rollback().await.unwrap();
            }
        });
        assert_eq!((orders(&beside), read(&store, 1).is_some()), (usize::from(keep), keep));
    }
}

#[test]
fn what_is_refused_leaves_only_what_the_host_wrote() {
    or_left_out!();
    let (store, mut beside) = host();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let client = &mut beside.client;
    beside.runtime.block_on(async {
        let transaction = client.transaction().await.unwrap();
        transaction.batch_execute("INSERT INTO orders VALUES ('one')").await.unwrap();
        let twin = changes(vec![], vec![insert(&shop(2)), insert(&Shop { id: id(3), ..shop(1) })]);
        let twin = store.apply(transaction.client(), &twin).await;
        assert!(matches!(twin, Err(CommitError::Duplicate { key: 1, .. })), "{twin:?}");
        let stale = store.apply(transaction.client(), &changes(vec![stands(1, 2)], vec![insert(&shop(2))])).await;
        assert!(matches!(stale, Err(CommitError::Conflict)), "{stale:?}");
        transaction.commit().await.unwrap();
    });
    assert_eq!((orders(&beside), read(&store, 2)), (1, None));
}

#[test]
fn what_was_applied_before_is_not_applied_again() {
    or_left_out!();
    let (store, mut beside) = host();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let visit = changes(vec![], vec![visit(1)]);
    for _ in 0..2 {
        let client = &mut beside.client;
        beside.runtime.block_on(async {
            let transaction = client.transaction().await.unwrap();
            store.apply(transaction.client(), &visit).await.unwrap();
            transaction.commit().await.unwrap();
        });
    }
    assert_eq!(visits(&store, 1), 1);
}

#[test]
fn a_refusal_never_ends_the_transaction_of_the_host() {
    or_left_out!();
    let (store, mut beside) = host();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let client = &mut beside.client;
    // the answer of the server may come sooner or later than what is sent next
    beside.runtime.block_on(async {
        for _ in 0..100 {
            let transaction = client.transaction().await.unwrap();
            let writes = [visit(1), insert(&shop(1))].into_iter().chain((2..40).map(|_| visit(1)));
            let refused = store.apply(transaction.client(), &changes(vec![], writes.collect())).await;
            assert!(matches!(refused, Err(CommitError::Duplicate { key: 0, .. })), "{refused:?}");
            transaction.batch_execute("INSERT INTO orders VALUES ('one')").await.unwrap();
            transaction.commit().await.unwrap();
        }
    });
    assert_eq!((orders(&beside), visits(&store, 1)), (100, 0));
}
