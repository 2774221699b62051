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

use proptest::test_runner::Config;

/// So many cases: enough to find each fault that was planted, few enough to wait for.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}
