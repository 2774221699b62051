//! Files of older schemas are read and gone on with, those of newer ones refused, and opening one at the same time
//! from many sides is harmless.
//!
//! `HANDFAST_FREEZE=1 cargo test -p handfast-tests --test schema` makes the file of today's schema anew
//! (`tests/fixtures/schema_NNN.db` with its `.key` and `.json`). That is right only until a version with this schema is
//! published: afterwards a change of the schema is a new migration with a file of its own, and older files stay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod frozen;
mod newer;
mod together;
