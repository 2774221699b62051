//! A stream is as small in memory at its end as at its beginning.
//!
//! `HANDFAST_ROWS=100000 cargo test -p handfast-tests --test stream -- --nocapture` streams more than a usual run does,
//! and says how long it took.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod tables;
mod users;

use std::{
    env, fs,
    io::{self, Read},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use handfast::{Handfast, Policy, secret::HashingCost};
use handfast_tests::{Rented, StoreKind, is_left_out, open_file};

/// What a stream may add to the memory of the process between its first tenth and its end: SQLite's cache, and what a
/// dry run remembers of 100,000 rows.
const MORE: usize = 24 * 1024 * 1024;

/// How many rows are streamed on a store: fewer where each takes longer.
fn rows(kind: StoreKind) -> u32 {
    let rows = env::var("HANDFAST_ROWS").map_or(2_000, |rows| rows.parse().expect("a number"));
    if kind == StoreKind::Postgres { rows / 4 } else { rows }
}

/// The library on a file in `folder`, or on PostgreSQL.
fn open(kind: StoreKind, folder: &Path) -> Handfast {
    if kind == StoreKind::Sqlite {
        return open_file(&folder.join("shop.db")).unwrap();
    }
    let policy = Policy { codes_per_company: 1_000_000, ..Policy::default() };
    let builder = Handfast::builder(Rented::take()).policy(policy).hashing(HashingCost::INSECURE_FOR_TESTS);
    builder.build().unwrap()
}

/// Streams on SQLite and on PostgreSQL, one after the other.
fn on_each(stream: impl Fn(&Handfast, u32)) {
    let _alone = alone();
    for kind in [StoreKind::Sqlite, StoreKind::Postgres] {
        if kind == StoreKind::Sqlite || !is_left_out() {
            println!("on {kind:?}");
            let folder = tempfile::tempdir().unwrap();
            stream(&open(kind, folder.path()), rows(kind));
        }
    }
}

/// One stream at a time: the memory is that of the process.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is nowhere as a whole.
struct File<L> {
    rows: u32,
    given: u32,
    line: L,
    text: io::Cursor<Vec<u8>>,
}

impl<L: Fn(u32) -> String> File<L> {
    fn new(rows: u32, header: &str, line: L) -> Self {
        File { rows, given: 0, line, text: io::Cursor::new(header.as_bytes().to_vec()) }
    }
}

impl<L: Fn(u32) -> String> Read for File<L> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        if read > 0 || self.given == self.rows {
            return Ok(read);
        }
        self.given += 1;
        self.text = io::Cursor::new((self.line)(self.given).into_bytes());
        self.text.read(buffer)
    }
}

/// Streams that many rows, of which `stream` tells each; says what it took.
fn bounded<T>(what: &str, rows: u32, stream: impl FnOnce(&mut dyn FnMut(u32)) -> T) -> T {
    let (begun, mut early) = (Instant::now(), 0);
    let streamed = stream(&mut |row| {
        if row == rows / 10 {
            early = resident();
        }
    });
    let (more, took) = (resident().saturating_sub(early), begun.elapsed());
    println!("{what}: {rows} rows in {took:.1?}; {early} bytes held at a tenth of them, {more} more at the end");
    assert!(early > 0 && more < MORE, "{what}: {more} bytes more after {rows} rows");
    streamed
}

/// Bytes of memory that the process holds now.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}
