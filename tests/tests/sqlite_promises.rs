//! The SQLite store keeps every promise.

use handfast_sqlite::SqliteStore;

handfast::store_conformance!(
    let folder = tempfile::tempdir().expect("a folder");
    SqliteStore::open(folder.path().join("promises.db")).expect("opens")
);
