//! The table and the file that a program can read.

use std::{fmt::Write as _, fs, path::Path};

use serde::Serialize;

use crate::Result;

/// One line of the table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) operation: &'static str,
    /// Customers, or sessions or a partner's clients where those are looked through.
    pub(crate) customers: u64,
    pub(crate) callers: usize,
    /// `handfast`, `limit` or `optimistic` (by hand, without keeping others out while deciding).
    pub(crate) by: &'static str,
    /// Microseconds.
    pub p50: f64,
    /// Microseconds.
    pub p99: f64,
    pub(crate) per_second: f64,
    /// The limit of the same operation, size and callers: microseconds for one caller, a second for many.
    pub(crate) limit: f64,
    /// One caller: time by the limit's, the less the better. Many: throughput by the limit's, the more the better.
    pub(crate) ratio: f64,
    /// Time at this size by that at the smallest.
    pub(crate) growth: f64,
}

pub(crate) fn table(lines: &[Line]) -> String {
    let mut text = String::from(
        "| operation | size | callers | by | p50 us | p99 us | ops/s | limit | ratio | growth |\n\
         |---|--:|--:|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for line in lines {
        let Line { operation, customers, callers, by, p50, p99, per_second, limit, ratio, growth } = line;
        let unit = if *callers == 1 { "us" } else { "/s" };
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "| {operation} | {customers} | {callers} | {by} | {p50:.1} | {p99:.1} | {per_second:.0} \
             | {limit:.1} {unit} | {ratio:.2} | {growth:.2} |"
        );
    }
    text
}

pub(crate) fn write(path: &Path, lines: &[Line]) -> Result<()> {
    Ok(fs::write(path, serde_json::to_string_pretty(lines)?)?)
}
