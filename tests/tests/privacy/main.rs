//! Privacy: what is held on a person is exported whole and erased whole, by a scan of every table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod marked;
mod scan;
mod verbs;
