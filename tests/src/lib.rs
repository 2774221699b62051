//! What the tests of the whole library stand on: stores that fail on purpose, and pictures of what is stored.

pub mod faulty;
pub mod snapshot;
