//! A host with a table of its own: who is activated gets a line of credit, in the same transaction or not at all.
//!
//! The host on SQLite is [`sqlite`], the one on PostgreSQL [`postgres`]; all that matters is `activate` in each.
//! `cargo run -p own_rows` plays it.

pub mod postgres;
pub mod sqlite;
