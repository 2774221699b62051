use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{clock::Timestamp, company::Company, id::Id, record, store::json_field, value::Line};

/// How a tag is called.
pub type TagName = Line<60>;

record! {
    /// What a company marks customers with, to find them again together.
    #[derive(Serialize)]
    pub struct Tag in "tag" {
        /// The id.
        id: Id<Tag>,
        /// The company.
        company: Id<Company>,
        /// Its name, unique at the company.
        name: TagName,
        /// The name without case and accents, which makes it unique.
        folded: String,
        /// How many customers have it.
        customers: i64,
        /// When it came to be.
        created: Timestamp,
    }
    unique by_name(company: Id<Company>, folded: &str);
    index of_company(company: Id<Company>) by (folded);
}

/// The tags of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(BTreeSet<Id<Tag>>);

json_field!(Tags);

impl Tags {
    /// The tags, in the order they came to be.
    pub fn all(&self) -> impl Iterator<Item = Id<Tag>> {
        self.0.iter().copied()
    }

    /// Whether the customer has a tag.
    pub fn has(&self, tag: Id<Tag>) -> bool {
        self.0.contains(&tag)
    }
}
