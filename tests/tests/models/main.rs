//! Random sequences against a small model of what should happen, and random inputs against the plain way to say it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod activation;
mod links;
mod lists;
mod requests;
mod search;
mod staff;
mod tables;
mod texts;

use handfast_tests::{StoreKind, is_left_out};
use proptest::{prelude::*, test_runner::Config};

/// A store: most often in memory, which is fast.
fn store() -> impl Strategy<Value = StoreKind> {
    let remote = if is_left_out() { StoreKind::Sqlite } else { StoreKind::Postgres };
    prop_oneof![4 => Just(StoreKind::Memory), 1 => Just(StoreKind::Sqlite), 1 => Just(remote)]
}

/// So many cases: enough to find each fault that was planted, few enough to wait for.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}
