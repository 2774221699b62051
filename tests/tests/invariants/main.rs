//! The rules that hold after every committed change, on every store; a test is named by the number of its rule.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod article;
mod authority;
mod commits;
mod customers;
mod foreign;
mod links;
mod logins;
mod passwords;
mod peers;
mod requests;
mod secrets;
mod silence;
mod staff;
mod two_factor;
