use handfast::tag as core;

use super::TagId;
use crate::{
    scalar::Timestamp,
    shape::{Fits, record},
};

record! {
    /// What a company marks customers with, to find them again together.
    pub struct Tag from core::TagView {
        /// The id.
        id: TagId,
        /// Its name, unique at the company without regard to case and accents.
        name: String,
        /// How many customers of the company have it; none for who is limited to departments, and may not know of the others.
        customers: Option<i64>,
        /// When it came to be.
        created: Timestamp,
    }
}

record! {
    /// Which customers a list holds, by their tags: 20 in all at most. What is left out asks for nothing.
    pub struct TagFilter into core::TagFilter {
    } optional {
        /// Those that have every one of these.
        all_of: Vec<TagId>,
        /// Those that have one of these at least.
        any_of: Vec<TagId>,
        /// Those that have none of these.
        none_of: Vec<TagId>,
    }
}

impl Fits<Vec<handfast::Id<core::Tag>>> for Option<Vec<TagId>> {
    fn fit(self) -> handfast::Result<Vec<handfast::Id<core::Tag>>> {
        self.unwrap_or_default().fit()
    }
}
