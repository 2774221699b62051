//! Servers that stop, connections that end, statements that take too long, and many callers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use handfast::{
    Code,
    store::{
        CommitError, Query, Record, Source, Store, ToCell,
        conformance::{Article, SCHEMA},
    },
};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Safety, Server};
use support::*;

fn code<T: std::fmt::Debug>(outcome: Result<T, CommitError>) -> Code {
    match outcome {
        Err(CommitError::Store(error)) => error.code(),
        other => panic!("{other:?}"),
    }
}

/// A connection of someone who holds a row of shop 1.
fn held(schema: &str) -> Beside {
    let beside = Beside::new();
    beside.run(&format!("BEGIN; SELECT 1 FROM {schema}.handfast_conformance_shop FOR UPDATE"));
    beside
}

#[test]
fn of_several_hosts_the_first_that_takes_writes_is_used() {
    or_left_out!();
    let reader = Server::start_with(Safety::Fast, "default_transaction_read_only = on\n");
    let writer = Server::start(Safety::Fast);
    let hosts = [Server::free_port(), reader.port(), writer.port()].map(|port| format!("127.0.0.1:{port}"));
    let (store, schema) =
        store_at(&format!("postgres://postgres@{}/postgres", hosts.join(",")), PostgresStore::options());
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let other = PostgresStore::options().schema(&schema).open(&writer.address()).unwrap();
    assert_eq!(read(&other, 1), Some((1, shop(1))));
}

#[test]
fn a_host_that_says_nothing_holds_nobody_up() {
    or_left_out!();
    // it takes connections, as the system of a frozen server does, and never answers
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let (silent, begun) = (silent.local_addr().unwrap().port(), Instant::now());
    let hosts = [silent, port()].map(|port| format!("127.0.0.1:{port}"));
    let (store, _) = store_at(&format!("postgres://postgres@{}/postgres", hosts.join(",")), PostgresStore::options());
    commit(&store, vec![insert(&shop(1))]).unwrap();
    assert_eq!(read(&store, 1), Some((1, shop(1))));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[test]
fn a_connection_that_is_ended_in_a_commit_is_replaced() {
    or_left_out!();
    let (store, schema) = store();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let (holder, beside) = (held(&schema), Beside::new());
    thread::scope(|scope| {
        let committing = scope.spawn(|| commit(&store, vec![visit(1)]));
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{schema}%'"
        );
        while beside.rows(&end).is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        holder.run("ROLLBACK");
        committing.join().unwrap().unwrap();
    });
    assert_eq!(visits(&store, 1), 1);
}

#[test]
fn idle_connections_that_were_ended_are_replaced() {
    or_left_out!();
    let (store, schema) = store();
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let end = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%{schema}%' AND pid <> pg_backend_pid()"
    );
    for round in 1..=10 {
        Beside::new().run(&end);
        assert_eq!(visits(&store, 1), round - 1);
        Beside::new().run(&end);
        commit(&store, vec![visit(1)]).unwrap();
    }
}

#[test]
fn a_statement_that_takes_too_long_is_ended_and_writes_nothing() {
    or_left_out!();
    let (store, schema) = store_at(
        handfast_postgres_server::shared(),
        PostgresStore::options().statement_timeout(Duration::from_millis(100)),
    );
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let holder = held(&schema);
    let begun = Instant::now();
    assert_eq!(code(commit(&store, vec![insert(&shop(2)), visit(1)])), Code::StoreBusy);
    holder.run(&format!("ROLLBACK; BEGIN; LOCK TABLE {schema}.handfast_conformance_article"));
    let (source, fixed) = (Source::Index(0), vec![id::<handfast::store::conformance::Shop>(1).to_cell()]);
    let (from, until, after, direction) = Default::default();
    let query = Query { table: Article::TABLE, source, fixed, from, until, after, direction, limit: 1 };
    assert_eq!(store.list(&query).unwrap_err().code(), Code::StoreBusy);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    holder.run("ROLLBACK");
    assert_eq!((visits(&store, 1), read(&store, 2)), (0, None));
    assert_eq!(store.list(&query).unwrap(), []);
}

#[test]
fn who_finds_no_free_connection_is_told_so() {
    or_left_out!();
    let options = PostgresStore::options().connections(1).connection_wait(Duration::from_millis(50));
    let (store, schema) = store_at(handfast_postgres_server::shared(), options);
    commit(&store, vec![insert(&shop(1))]).unwrap();
    let holder = held(&schema);
    thread::scope(|scope| {
        let committing = scope.spawn(|| commit(&store, vec![visit(1)]));
        let busy = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(5));
            matches!(commit(&store, vec![insert(&shop(2))]), Err(CommitError::Store(error)) if error.code() == Code::StoreBusy)
        });
        assert!(busy);
        holder.run("ROLLBACK");
        committing.join().unwrap().unwrap();
    });
}

#[test]
fn many_callers_share_few_connections() {
    or_left_out!();
    let (store, schema) = store_at(handfast_postgres_server::shared(), PostgresStore::options().connections(2));
    commit(&store, vec![insert(&shop(1))]).unwrap();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..10).for_each(|_| commit(&store, vec![visit(1)]).unwrap()));
        }
    });
    assert_eq!(visits(&store, 1), 160);
    let open =
        format!("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%{schema}%' AND pid <> pg_backend_pid()");
    let open: i64 = Beside::new().rows(&open)[0].parse().unwrap();
    assert!(open <= 2, "{open}");
}

#[test]
fn it_works_inside_of_tokio() {
    or_left_out!();
    let mut single = tokio::runtime::Builder::new_current_thread();
    let mut several = tokio::runtime::Builder::new_multi_thread();
    for builder in [&mut single, several.worker_threads(2)] {
        builder.enable_all().build().unwrap().block_on(async {
            let (store, _) = store();
            commit(&store, vec![insert(&shop(1))]).unwrap();
            tokio::spawn(async move {
                commit(&store, vec![visit(1)]).unwrap();
                assert_eq!(visits(&store, 1), 1);
                // the store ends here, on a thread of tokio's
            })
            .await
            .unwrap();
        });
    }
}

#[test]
fn who_is_not_let_in_is_told_at_once() {
    or_left_out!();
    let (address, _) = handfast_postgres_server::shared().rsplit_once('/').unwrap();
    let nowhere = PostgresStore::open(&format!("{address}/nowhere")).unwrap();
    let begun = Instant::now();
    assert_eq!(nowhere.migrate(&SCHEMA).unwrap_err().code(), Code::StoreFailed);
    let away =
        PostgresStore::options().patience(Duration::from_millis(100)).open("postgres://x@127.0.0.1:1/x").unwrap();
    assert_eq!(away.migrate(&SCHEMA).unwrap_err().code(), Code::StoreBusy);
    assert_eq!(code(commit(&away, vec![insert(&shop(1))])), Code::StoreBusy, "there is no doubt");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_server_that_dies_and_comes_back_has_lost_nothing() {
    or_left_out!();
    let server = Server::start(Safety::Full);
    let options = PostgresStore::options().patience(Duration::from_secs(30));
    let (store, _) = store_at(&server.address(), options);
    commit(&store, (1..=4).map(|number| insert(&shop(number))).collect()).unwrap();
    let (store, over) = (Arc::new(store), AtomicBool::new(false));
    let counted: Vec<i64> = thread::scope(|scope| {
        let visitors: Vec<_> = (1..=4)
            .map(|number| {
                let (store, over) = (&store, &over);
                scope.spawn(move || {
                    let mut count = 0;
                    while !over.load(SeqCst) {
                        commit(store, vec![visit(number)]).unwrap();
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        for round in 0..4 {
            thread::sleep(Duration::from_millis(300));
            if round % 2 == 0 {
                server.kill()
            } else {
                server.stop()
            }
            server.start_again();
        }
        thread::sleep(Duration::from_millis(300));
        over.store(true, SeqCst);
        visitors.into_iter().map(|visitor| visitor.join().unwrap()).collect()
    });
    assert_eq!((1..=4).map(|number| visits(&store, number)).collect::<Vec<_>>(), counted);
    assert!(counted.iter().all(|count| *count > 10), "{counted:?}");
}
