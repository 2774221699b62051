use serde::{Deserialize, Serialize};

use super::{Tag, TagChange};
use crate::{
    association::BulkMode, clock::Timestamp, company::Company, customer::Customer, error::Code, id::Id, record,
    store::choice_columns, value::choices,
};

choices! {
    /// Where a call with many customers stands.
    pub(crate) enum RunState {
        /// Some of them are not done yet.
        Running = "running",
        /// All are done.
        Done = "done",
        /// It is taken back.
        Undone = "undone",
    }
}

choice_columns!(RunState, TagChange);

record! {
    /// One call that tags many customers, under its idempotency key.
    pub(crate) struct TagRun in "tag_run" {
        /// The id.
        id: Id<TagRun>,
        /// The company.
        company: Id<Company>,
        /// The key.
        key: String,
        /// The tag.
        tag: Id<Tag>,
        /// What is done with it.
        change: TagChange,
        /// Where it stands.
        state: RunState,
        /// Customers that were looked at.
        matched: i64,
        /// Those of them that got or lost the tag.
        changed: i64,
        /// Those that were so already.
        unchanged: i64,
        /// Those that were refused.
        refused: i64,
        /// Where it goes on, when customers are found by a search or by a tag.
        after: Option<String>,
        /// Changes that were taken back.
        undone: i64,
        /// Changes that stood no longer, or could not be taken back.
        kept: i64,
        /// When it began.
        created: Timestamp,
    }
    unique by_key(company: Id<Company>, key: &str);
}

record! {
    /// A customer that a call has changed: what is taken back when the call is.
    pub(crate) struct TagMark in "tag_mark" {
        /// The id.
        id: Id<TagMark>,
        /// The call.
        run: Id<TagRun>,
        /// The customer.
        customer: Id<Customer>,
    }
    index of_run(run: Id<TagRun>) by ();
}

/// Many customers to be marked with a tag, or to lose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkTag {
    /// The tag.
    pub tag: Id<Tag>,
    /// What is done with it.
    pub change: TagChange,
    /// Which customers.
    pub selection: Selection,
    /// Whether it is done or only tried.
    pub mode: BulkMode,
}

/// Customers to be tagged together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These, at most `bulk_rows`.
    Ids(Vec<Id<Customer>>),
    /// All that a search finds, as `customers().search` does.
    Search(String),
    /// All that have another tag.
    Tag(Id<Tag>),
}

/// What came of a call that tags many customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BulkTagged {
    /// Customers that were looked at.
    pub matched: i64,
    /// Those of them that got or lost the tag or, in a dry run, would.
    pub changed: i64,
    /// Those that were so already.
    pub unchanged: i64,
    /// Those that were refused.
    pub refused: i64,
    /// What came of each, where they were named one by one.
    pub rows: Vec<TagRow>,
}

/// What came of one customer among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRow {
    /// The customer.
    pub customer: Id<Customer>,
    /// What came of it.
    pub outcome: TagOutcome,
}

/// What came of one customer among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TagOutcome {
    /// It got or lost the tag or, in a dry run, would.
    Changed,
    /// It was so already.
    Unchanged,
    /// It was left as it is, for this reason.
    Refused(Code),
}

/// What came of taking a call back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TagsUndone {
    /// Customers that are as they were before the call.
    pub undone: i64,
    /// Those that were changed again since, or cannot be changed back: they are left as they are.
    pub kept: i64,
}

impl BulkTagged {
    pub(super) fn count(&mut self, outcome: TagOutcome) {
        self.matched += 1;
        match outcome {
            TagOutcome::Changed => self.changed += 1,
            TagOutcome::Unchanged => self.unchanged += 1,
            TagOutcome::Refused(_) => self.refused += 1,
        }
    }
}
