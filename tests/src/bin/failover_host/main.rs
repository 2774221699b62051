//! A host that writes while the primary dies under it: with several threads, for ever, and never started again. It says a
//! line for each thing, with its time in milliseconds, after the store has answered:
//!
//! - `done PEN NUMBER`: the deed was acknowledged; `shared PEN NUMBER VERSION`, `ordered PEN NUMBER`: so was another kind.
//! - `refused PEN NUMBER`: the store said that it was not done, and the host leaves it so.
//! - `doubt PEN`, `error PEN CODE`: an answer after which the host does the same again.
//!
//! `failover_host ADDRESS SCHEMA COMPANY FIRST`: its pens are numbered from FIRST on. When its input ends, each thread ends
//! what it has begun, and the process with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a worker fails by panicking")]

mod clerk;
mod writer;

use std::{
    io::{self, Write as _},
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::{Duration, SystemTime},
};

use handfast_postgres::PostgresStore;
use handfast_tests::ledger::{self, HOST_PENS, Pen, WRITERS};

/// What a thread does beside writing.
const MOMENT: Duration = Duration::from_millis(4);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, schema, company, first] = &arguments[..] else { panic!("not understood: {arguments:?}") };
    // a thread that fails ends the process, so that whoever started it can tell
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        process::exit(101);
    }));
    let store = Arc::new(PostgresStore::options().schema(schema).open(address).unwrap());
    let handfast = ledger::library(store.clone());
    let (company, first, host) = (company.parse().unwrap(), first.parse::<i64>().unwrap(), Host::default());
    thread::scope(|scope| {
        for pen in (first..first + HOST_PENS).map(Pen) {
            let (host, store, handfast) = (&host, &*store, &handfast);
            scope.spawn(move || match pen.0 - first {
                place if place < WRITERS => writer::write(host, store, pen),
                WRITERS => writer::share(host, store, pen),
                _ => clerk::record(host, handfast, company, pen),
            });
        }
        io::stdin().lines().for_each(drop);
        host.over.store(true, SeqCst);
    });
}

/// What all threads know.
#[derive(Default)]
struct Host {
    over: AtomicBool,
}

impl Host {
    /// The numbers of the deeds, until it is over. Between them is a moment, so that the cluster has some of the machine, too.
    fn numbers(&self) -> impl Iterator<Item = i64> + '_ {
        (1..).inspect(|_| thread::sleep(MOMENT)).take_while(|_| !self.over.load(SeqCst))
    }
}

/// Says a line at once and as a whole: it is shorter than what a pipe takes in one piece.
fn say(line: &str) {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let mut out = io::stdout().lock();
    out.write_all(format!("{now} {line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// What a host does before it tries again what the store has waited for itself.
fn pause() {
    thread::sleep(Duration::from_millis(20));
}
