//! What comes from outside and is wrong: every public function answers with a typed error, nothing panics, and nothing
//! is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod faults;
mod fields;
mod numbers;
mod surroundings;
mod texts;
