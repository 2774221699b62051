use handfast::tag as core;

use super::{BulkMode, CustomerId, TagId};
use crate::{
    scalar::Timestamp,
    shape::{Argument, Fits, Lend, Outward, choice, record},
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

choice! {
    /// What is done with a tag and a customer.
    pub enum TagChange of core::TagChange {
        /// The customer gets it.
        Add,
        /// The customer loses it.
        Remove,
    }
}

record! {
    /// Many customers to be marked with a tag, or to lose it. Which, says one of `customers`, `search` and `tagged`.
    pub struct BulkTag by hand {
        /// The tag.
        tag: TagId,
        /// What is done with it.
        change: TagChange,
        /// Whether it is done or only tried.
        mode: BulkMode,
    } optional {
        /// These customers, at most 1,000 (`bulk_rows`).
        customers: Vec<CustomerId>,
        /// All that `customers.search` finds.
        search: String,
        /// All that have this other tag.
        tagged: TagId,
    }
}

impl Argument for BulkTag {
    type Core = core::BulkTag;
    fn core(self) -> handfast::Result<core::BulkTag> {
        let mut faults = handfast::Faults::default();
        let tag = faults.check("tag", self.tag.fit());
        let (change, mode) = (self.change.fit()?, self.mode.fit()?);
        let selection = match (self.customers, self.search, self.tagged) {
            (Some(customers), None, None) => faults.check("customers", customers.fit()).map(core::Selection::Ids),
            (None, Some(text), None) => Some(core::Selection::Search(text)),
            (None, None, Some(tag)) => faults.check("tagged", tag.fit()).map(core::Selection::Tag),
            (None, None, None) => {
                faults.add("customers", handfast::Code::Required);
                None
            }
            (customers, _, Some(_)) => {
                let one = if customers.is_some() { "customers" } else { "search" };
                faults.check("tagged", beside(one))
            }
            (Some(_), Some(_), None) => faults.check("search", beside("customers")),
        };
        faults.made(|| Some(core::BulkTag { tag: tag?, change, selection: selection?, mode }))
    }
}

/// Only one selection is asked for.
fn beside<T>(other: &str) -> handfast::Result<T> {
    Err(handfast::Error::because(handfast::Code::UnknownField, format!("is not asked for beside `{other}`")))
}

impl Lend for core::BulkTag {
    type Lent<'a> = &'a core::BulkTag;
    fn lend(&self) -> &core::BulkTag {
        self
    }
}

choice! {
    /// What came of one customer among many.
    pub enum TagOutcome {
        /// It got or lost the tag or, in a dry run, would.
        Changed = "changed",
        /// It was so already.
        Unchanged = "unchanged",
        /// It was left as it is.
        Refused = "refused",
    }
}

record! {
    /// What came of one customer among many.
    pub struct TagRow by hand {
        /// The customer.
        customer: CustomerId,
        /// What came of it.
        outcome: TagOutcome,
        /// Why it was refused: a code.
        code: Option<String>,
    }
}

impl Outward<TagRow> for core::TagRow {
    fn outward(self) -> TagRow {
        let (outcome, code) = match self.outcome {
            core::TagOutcome::Changed => (TagOutcome::Changed, None),
            core::TagOutcome::Unchanged => (TagOutcome::Unchanged, None),
            core::TagOutcome::Refused(code) => (TagOutcome::Refused, Some(code.outward())),
        };
        TagRow { customer: self.customer.outward(), outcome, code }
    }
}

record! {
    /// What came of a call that tags many customers.
    pub struct BulkTagged from core::BulkTagged {
        /// Customers that were looked at.
        matched: i64,
        /// Those of them that got or lost the tag or, in a dry run, would.
        changed: i64,
        /// Those that were so already.
        unchanged: i64,
        /// Those that were refused.
        refused: i64,
        /// What came of each, where they were named one by one.
        rows: Vec<TagRow>,
    }
}

record! {
    /// What came of taking a call back.
    pub struct TagsUndone from core::TagsUndone {
        /// Customers that are as they were before the call.
        undone: i64,
        /// Those that were changed again since, or cannot be changed back: they are left as they are.
        kept: i64,
    }
}
