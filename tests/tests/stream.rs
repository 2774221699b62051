//! A stream of users is as small in memory at its end as at its beginning.
//!
//! `HANDFAST_ROWS=100000 cargo test -p handfast-tests --test stream -- --nocapture` streams more than a usual run does,
//! and says how long it took.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    env, fs,
    io::{self, Read},
    time::Instant,
};

use handfast::{
    Actor, Handfast, Id,
    association::{BulkMode, BulkTotals, UserRow, csv},
    customer::Customer,
    example,
};
use handfast_tests::open_file;

/// What a stream may add to the memory of the process between its first tenth and its end: SQLite's cache, and what a
/// dry run remembers of 100,000 rows.
const MORE: usize = 24 * 1024 * 1024;

/// A CSV file that is nowhere as a whole.
struct File {
    rows: u32,
    given: u32,
    customer: Id<Customer>,
    line: io::Cursor<Vec<u8>>,
}

impl File {
    fn new(rows: u32, customer: Id<Customer>) -> Self {
        File { rows, given: 0, customer, line: io::Cursor::new(b"customer,email,name,login_name\n".to_vec()) }
    }
}

impl Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.line.read(buffer)?;
        if read > 0 || self.given == self.rows {
            return Ok(read);
        }
        self.given += 1;
        let (customer, number) = (self.customer, self.given);
        let line = format!("{customer},user{number}@users.example,\"Uva, Uma\",uma{number}\n");
        self.line = io::Cursor::new(line.into_bytes());
        self.line.read(buffer)
    }
}

/// Bytes of memory that the process holds now.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// Streams that many rows; says what it took.
fn stream(handfast: &Handfast, (admin, customer): (Actor, Id<Customer>), mode: BulkMode, rows: u32) -> BulkTotals {
    let (begun, mut early) = (Instant::now(), 0);
    let file = csv::rows(File::new(rows, customer)).unwrap();
    let told = |row: &UserRow| {
        if row.row == rows / 10 {
            early = resident();
        }
    };
    let totals = handfast.users().add_stream(admin, "monday", mode, file, told).unwrap();
    let (more, took) = (resident().saturating_sub(early), begun.elapsed());
    println!("{mode}: {rows} rows in {took:.1?}; {early} bytes held at a tenth of them, {more} more at the end");
    assert!(more < MORE, "{mode}: {more} bytes more after {rows} rows");
    totals
}

#[test]
fn a_stream_holds_no_more_at_its_end_than_at_its_beginning() {
    let rows = env::var("HANDFAST_ROWS").map_or(2_000, |rows| rows.parse().expect("a number"));
    let folder = tempfile::tempdir().unwrap();
    let handfast = open_file(&folder.path().join("shop.db")).unwrap();
    let whom = example::approved_customer(&handfast).unwrap();
    let all = BulkTotals { rows, added: rows, refused: 0 };
    for mode in [BulkMode::DryRun, BulkMode::Apply, BulkMode::Apply] {
        assert_eq!(stream(&handfast, whom, mode, rows), all);
    }
}
