//! Tags: what a company marks its customers with, to find them again together.

mod record;

pub use record::{Tag, TagName, Tags};
