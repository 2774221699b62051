//! The table of operations holds all of the core and nothing else, and its names can be used in every language.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod codes;
mod library;
mod names;
mod parity;
mod policy;
mod reserved;
