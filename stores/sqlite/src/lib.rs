//! The embedded SQLite store of handfast.
