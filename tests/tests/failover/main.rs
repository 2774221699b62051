//! The primary of a real cluster is killed with -9 while four hosts write: nothing that was acknowledged is lost, nothing is
//! done twice, and the hosts carry on by themselves, two seconds after Patroni has another one lead at the latest.
//!
//! Three kills, or as many as `HANDFAST_FAILOVERS` says.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod book;
mod hosts;
mod probe;
mod reference;
mod times;

use std::{env, sync::Arc, thread, time::Duration};

use book::{Book, Found};
use handfast::{
    SCHEMA,
    store::{Store, conformance},
};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{
    cluster::{Cluster, Death},
    is_patroni_left_out, schema,
};
use handfast_tests::{
    World,
    ledger::{self, HOST_PENS, Pen},
};
use hosts::Hosts;
use probe::Probe;
use reference::Reference;
use times::{Outage, now};

/// Hosts that write.
const HOSTS: i64 = 4;

/// What hosts may take longer than plain SQL does.
const GRACE: Duration = Duration::from_secs(2);

/// What one of their threads may take longer: it waits its turn at rows that all write to, and must not hang on a connection
/// that leads nowhere.
const TURN: Duration = Duration::from_secs(8);

#[test]
fn a_primary_that_is_killed_under_load_costs_nothing_but_the_time_that_patroni_needs() {
    if is_patroni_left_out() {
        return;
    }
    let kills = env::var("HANDFAST_FAILOVERS").map_or(3, |kills| kills.parse().expect("a number"));
    let mut cluster = Cluster::start();
    let (schema, probe) = (schema(), Probe::new());
    let company = prepare(&cluster, &schema, &probe);
    let hosts = Hosts::start(&cluster.address(), &schema, &company);
    let reference = Reference::start(&probe, &cluster);
    let outages: Vec<_> = (1..=kills).map(|kill| fail_over(&mut cluster, &hosts, &reference, kill)).collect();
    let primary = cluster.wait_until_whole();
    let book = Book::of(hosts.end());
    let wrong = book.wrong(Found::read(&probe, &cluster.address_of(primary), &schema));
    assert_eq!(wrong, [""; 0], "\n{}", cluster.told());
    println!("{kills} kills; {book}\n{}", times::summary(&outages));
    let is_slow = |outage: &&Outage| {
        outage.slowest_host() > outage.patroni + GRACE || outage.slowest_thread() > outage.patroni + GRACE + TURN
    };
    let slow: Vec<_> = outages.iter().filter(is_slow).collect();
    assert!(slow.is_empty(), "hosts that took too long: {slow:#?}");
}

/// Makes the tables, the rows that are there before, and a company; gives that.
fn prepare(cluster: &Cluster, schema: &str, probe: &Probe) -> String {
    let address = cluster.address();
    let store = Arc::new(PostgresStore::options().schema(schema).open(&address).unwrap());
    store.migrate(&conformance::SCHEMA).unwrap();
    store.migrate(&SCHEMA).unwrap();
    store.commit(ledger::changes(ledger::first_rows((0..HOSTS * HOST_PENS).map(Pen)))).unwrap();
    let handfast = ledger::library(store);
    probe.prepare(&cluster.address_of(cluster.primary().expect("a primary")));
    handfast.companies().sign_up(&World::sign_up_input("Flora Export")).unwrap().company.id.to_string()
}

/// Kills the primary, and says how long it took to carry on.
fn fail_over(cluster: &mut Cluster, hosts: &Hosts, reference: &Reference, kill: u32) -> Outage {
    let death = [Death::CutOff, Death::Machine, Death::Postgres][kill as usize % 3];
    // one of three comes as soon as it may, when the node before is still away
    let primary = if death == Death::CutOff { cluster.wait_until_safe() } else { cluster.wait_until_whole() };
    hosts.wait_until_all_write(now());
    let killed = now();
    cluster.kill(primary, death);
    let (led, committed) = reference.wait_until_written(primary, killed);
    hosts.wait_until_all_write(now());
    cluster.start_again(primary);
    if death != Death::Postgres {
        cluster.wait_until_whole();
        // what comes back must not hold anyone up either
        thread::sleep(Duration::from_secs(1));
    }
    let over = now();
    let (led, committed, patroni) = (led - killed, committed - killed, reference.gap(killed, over));
    let outage = Outage { kill, death, led, committed, patroni, gaps: hosts.gaps(killed, over) };
    println!("{outage}");
    outage
}
