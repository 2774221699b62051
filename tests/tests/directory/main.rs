//! The directory: customers on their behalf, departments, tags, and how customers are found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bulk;
mod created;
mod found;
mod orders;
mod scopes;
mod tables;
mod tags;
