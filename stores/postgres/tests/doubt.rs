//! Answers that are lost: what was committed stays so, once, and nobody is told otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{sync::Arc, thread, time::Duration};

use handfast::store::{Changes, CommitError, Store};
use handfast_postgres::{Pooler, PostgresStore};
use handfast_postgres_server::{Safety, Server};
use support::{proxy::Proxy, *};

/// A store behind a proxy, with shop 1, and the schema. It prunes nothing, which would be lost in the place of a commit.
fn behind(patience: Duration) -> (PostgresStore, Proxy, String) {
    let proxy = Proxy::to(port());
    let (store, schema) =
        store_at(&through(proxy.port), PostgresStore::options().patience(patience).remember(Duration::MAX));
    commit(&store, vec![insert(&shop(1))]).unwrap();
    (store, proxy, schema)
}

const SOON: Duration = Duration::from_secs(5);

#[test]
fn a_commit_whose_answer_was_lost_is_resolved_and_applied_once() {
    or_left_out!();
    let (store, proxy, _) = behind(SOON);
    for round in 1..=20 {
        proxy.lose_answers(1);
        commit(&store, vec![visit(1)]).unwrap();
        assert_eq!(visits(&store, 1), round);
    }
}

#[test]
fn a_commit_that_was_lost_on_the_way_is_made_again() {
    or_left_out!();
    let (store, proxy, _) = behind(SOON);
    for round in 1..=20 {
        proxy.lose_commits(1 + round as u32 % 3);
        commit(&store, vec![visit(1)]).unwrap();
        assert_eq!(visits(&store, 1), round);
    }
}

#[test]
fn without_patience_it_is_in_doubt_and_sent_again_it_is_applied_once() {
    or_left_out!();
    let (store, proxy, _) = behind(Duration::ZERO);
    for round in 1..=10 {
        let visit = changes(vec![], vec![visit(1)]);
        if round % 2 == 0 {
            proxy.lose_answers(1);
        } else {
            proxy.lose_commits(1);
        }
        let doubt = store.commit(Arc::clone(&visit));
        assert!(matches!(doubt, Err(CommitError::InDoubt)), "{doubt:?}");
        for _ in 0..3 {
            store.commit(Arc::clone(&visit)).unwrap();
        }
        assert_eq!(visits(&store, 1), round);
    }
}

#[test]
fn a_refusal_after_a_doubt_is_final() {
    or_left_out!();
    let (store, proxy, schema) = behind(Duration::ZERO);
    let renamed = changes(vec![], vec![rename(1, 1, "other")]);
    proxy.lose_commits(1);
    assert!(matches!(store.commit(Arc::clone(&renamed)), Err(CommitError::InDoubt)));
    commit(&store, vec![rename(1, 1, "first")]).unwrap();
    assert!(matches!(store.commit(Arc::clone(&renamed)), Err(CommitError::Conflict)));
    let beside = Beside::new();
    let mark = format!("SELECT applied FROM {schema}.handfast_change WHERE id = '{}'", renamed.id);
    assert_eq!(beside.rows(&mark), ["f"], "a server that only now gets to it must not apply it");
    assert!(matches!(store.commit(renamed), Err(CommitError::Conflict)));
}

#[test]
fn what_no_standby_has_is_not_acknowledged_when_it_is_sent_again() {
    or_left_out!();
    let server = Server::start(Safety::Full);
    let (store, _) =
        store_at(&server.address(), PostgresStore::options().statement_timeout(Duration::from_millis(200)));
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let beside = Beside::at(&server.address());
    let follow = |standby: &str| {
        beside.run(&format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'"));
        beside.run("SELECT pg_reload_conf()");
        while beside.rows("SHOW synchronous_standby_names") != [standby] {
            thread::sleep(Duration::from_millis(5));
        }
    };
    follow("nobody");
    let visit = changes(vec![], vec![visit(1)]);
    let doubt = thread::scope(|scope| {
        let committing = scope.spawn(|| store.commit(Arc::clone(&visit)));
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        while beside.rows(end).is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        committing.join().unwrap()
    });
    assert_eq!(visits(&store, 1), 1, "here it is");
    assert!(matches!(doubt, Err(CommitError::InDoubt)), "{doubt:?}");
    follow("");
    store.commit(visit).unwrap();
    assert_eq!(visits(&store, 1), 1);
}

#[test]
fn a_transaction_that_does_not_begin_leaves_nothing() {
    or_left_out!();
    for pooler in [Pooler::Session, Pooler::Transaction] {
        let proxy = Proxy::to(port());
        let (store, _) =
            store_at(&through(proxy.port), PostgresStore::options().pooler(pooler).remember(Duration::MAX));
        commit(&store, vec![insert(&shop(1))]).unwrap();
        let (visit, insert) = (visit(1), insert(&shop(2)));
        proxy.spoil_begins(1);
        let refused = commit(&store, vec![visit.clone(), insert.clone()]);
        assert!(matches!(refused, Err(CommitError::Store(_))), "{refused:?}");
        assert_eq!((visits(&store, 1), read(&store, 2)), (0, None), "{pooler:?}");
        commit(&store, vec![visit, insert]).unwrap();
        assert_eq!(visits(&store, 1), 1, "{pooler:?}");
    }
}

#[test]
fn what_has_no_id_is_not_sent_again() {
    or_left_out!();
    let (store, proxy, _) = behind(SOON);
    proxy.lose_answers(1);
    let unnamed = Arc::new(Changes { writes: vec![visit(1)], ..Changes::default() });
    assert!(matches!(store.commit(unnamed), Err(CommitError::InDoubt)));
    thread::sleep(Duration::from_millis(50));
    assert_eq!(visits(&store, 1), 1);
}

#[test]
fn marks_are_pruned_by_their_age() {
    or_left_out!();
    let (store, schema) = store();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let beside = Beside::new();
    let marks = || beside.rows(&format!("SELECT count(*) FROM {schema}.handfast_change"));
    assert_eq!(marks(), ["1"], "it is remembered for a day");
    let forgetful = PostgresStore::options().schema(&schema).remember(Duration::ZERO);
    let forgetful = forgetful.open(handfast_postgres_server::shared()).unwrap();
    commit(&forgetful, vec![visit(1)]).unwrap();
    let gone = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(10));
        marks() == ["0"]
    });
    assert!(gone, "{:?}", marks());
}
