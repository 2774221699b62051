//! Validated values.
mod fold;
pub use fold::{fold, words};
