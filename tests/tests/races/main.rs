//! 64 threads at once on everything that may happen once, on every store: one wins, the others are told why not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod factors;
mod mails;
mod partners;
mod people;
mod requests;
mod secrets;
mod setup;
mod staff;

use std::{collections::BTreeMap, fmt::Debug};

use handfast::{Code, Result};

/// How many won, and how often each code was the answer to the others.
fn outcome<T: Debug>(results: &[Result<T>]) -> (usize, BTreeMap<&'static str, usize>) {
    let mut refused = BTreeMap::new();
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        *refused.entry(error.code().as_str()).or_default() += 1;
    }
    (results.iter().filter(|result| result.is_ok()).count(), refused)
}

/// `won` of the crowd, and all others refused with `code`.
#[track_caller]
fn assert_won<T: Debug>(results: &[Result<T>], won: usize, code: Code) {
    let refused = BTreeMap::from([(code.as_str(), results.len() - won)]);
    assert_eq!(outcome(results), (won, refused));
}
