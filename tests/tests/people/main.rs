//! People: users of customers, sessions, and moving between companies; each rule by its number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bulk;
mod csv;
mod first_user;
mod known;
mod lists;
mod newcomers;
mod sessions;

mod sign_in;
mod squatters;
mod switching;
