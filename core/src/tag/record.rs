use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    record,
    store::{Record, choice_columns, json_field},
    value::{Line, choices},
};

/// How a tag is called.
pub type TagName = Line<60>;

choices! {
    /// Whether a tag is there.
    pub enum TagState {
        /// It is shown, and customers can be marked with it.
        InUse = "in_use",
        /// It was deleted or merged: shown no longer, and taken from the customers that still have it.
        Closed = "closed",
    }
}

choice_columns!(TagState);

/// Tags that a customer can have.
const MOST: usize = 50;

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
        /// The name without case and accents, which makes it unique; of a closed tag something that no name is.
        folded: String,
        /// How many customers have it.
        customers: i64,
        /// When it came to be.
        created: Timestamp,
        /// Whether it is there.
        state: TagState,
        /// The tag that its customers have instead, once it was merged.
        merged_into: Option<Id<Tag>>,
    }
    unique by_name(company: Id<Company>, folded: &str);
    index of_state(company: Id<Company>, state: TagState) by (folded);
    counts (customers);
}

impl Tag {
    /// A tag of another company is not there (invariant 35), nor one that is closed. Errors: `not_found`.
    pub(crate) fn must_be_usable(&self, company: Id<Company>) -> Result<()> {
        if self.company == company && self.state == TagState::InUse { Ok(()) } else { Tag::missing() }
    }
}

/// The tags of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TagSet(BTreeSet<Id<Tag>>);

json_field!(TagSet);

impl TagSet {
    /// The tags, in the order they came to be.
    pub fn all(&self) -> impl Iterator<Item = Id<Tag>> {
        self.0.iter().copied()
    }

    /// Whether the customer has a tag.
    pub fn has(&self, tag: Id<Tag>) -> bool {
        self.0.contains(&tag)
    }

    /// The same with one more.
    pub(crate) fn with(&self, tag: Id<Tag>) -> Self {
        let mut tags = self.clone();
        tags.0.insert(tag);
        tags
    }

    /// The same with some more. Errors: `too_many`.
    pub(crate) fn with_all(&self, more: impl IntoIterator<Item = Id<Tag>>) -> Result<Self> {
        let mut tags = self.clone();
        tags.0.extend(more);
        tags.must_be_few().map(|()| tags)
    }

    /// Whether a customer can have as many. Errors: `too_many`.
    pub(super) fn must_be_few(&self) -> Result<()> {
        match self.0.len() <= MOST {
            true => Ok(()),
            false => Err(Error::because(Code::TooMany, format!("a customer has {MOST} tags at most"))),
        }
    }

    /// The same without one.
    pub(crate) fn without(&self, tag: Id<Tag>) -> Self {
        let mut tags = self.clone();
        tags.0.remove(&tag);
        tags
    }
}
