//! The promises of every store, on a server of the tests' own.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use handfast::store::{Memory, Store};
use handfast_postgres::{Pooler, PostgresStore};

/// A store in a schema of its own.
fn fresh(pooler: Pooler) -> Arc<dyn Store> {
    if handfast_postgres_server::is_left_out() {
        return Arc::new(Memory::new());
    }
    let options = PostgresStore::options().schema(handfast_postgres_server::schema()).pooler(pooler);
    Arc::new(options.open(handfast_postgres_server::shared()).expect("opens"))
}

mod prepared {
    handfast::store_conformance!(super::fresh(super::Pooler::Session));
}

/// As it works behind a pooler that gives a server for a transaction.
mod unprepared {
    handfast::store_conformance!(super::fresh(super::Pooler::Transaction));
}
