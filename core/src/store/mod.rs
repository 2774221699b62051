//! Where records are kept: four methods that every store provides, and the data that crosses them.
//!
//! A decision reads rows, remembers their versions, and commits a set of [`Changes`] that applies only
//! if all it read still stands. Nothing is locked while a decision is made.
//!
//! ```
//! use handfast::store::{Memory, Store};
//!
//! let store = Memory::new();
//! assert_eq!(store.migrate(&handfast::SCHEMA)?, handfast::SCHEMA.version);
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! To write a store of your own, implement [`Store`] and run `handfast::store::conformance` (feature
//! `conformance`) against it.

mod captured;
mod cell;
mod changes;
#[cfg(feature = "conformance")]
pub mod conformance;
mod cursor;
mod fetch;
mod fields;
mod memory;
mod query;
mod record;
mod search;
mod span;
mod table;

use std::sync::Arc;

pub use cell::{Cell, CellType, Compares, Field, ToCell, compare};
pub use changes::{Changes, CommitError, Expect, Key, Row, Words, Write};
pub use cursor::{Cursor, Page, Paging};
pub use fetch::{Fetch, Rows};
pub use memory::Memory;
pub use query::{Direction, Query, Source};
pub use record::{Listing, Record, Unique};
pub use span::{Begin, Span, beginning_with};
pub use table::{
    Column, ID, Index, Mark, Schema, SchemaVersion, Search, Table, counted, has, marking, ordered, position, scoped,
    searched,
};

pub(crate) use captured::Captured;
pub(crate) use cell::json_field;
pub(crate) use fields::{choice_columns, read_choice};

use crate::error::Result;

/// A place for records. All methods may be called from any thread at any time.
///
/// Errors of the store itself are [`crate::Error`]s with the codes `store_busy`, `store_full`, `store_failed`,
/// `newer_schema` and `corrupt`.
pub trait Store: Send + Sync + 'static {
    /// The rows under `keys`, in their order, all as of one moment and in one round trip.
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>>;

    /// One page of an index or of a search.
    fn list(&self, query: &Query) -> Result<Vec<Row>>;

    /// All of `changes`, durably, or nothing.
    ///
    /// Sent again after [`CommitError::InDoubt`], the same changes are applied exactly once.
    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError>;

    /// Creates or upgrades the tables of `schema`; does nothing when they are as they should be.
    /// Errors: `newer_schema`, and nothing is changed, when the database is ahead of `schema`.
    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion>;
}

impl<S: Store + ?Sized> Store for Arc<S> {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        (**self).read(keys)
    }
    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        (**self).list(query)
    }
    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        (**self).commit(changes)
    }
    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        (**self).migrate(schema)
    }
}
