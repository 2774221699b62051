use super::{Tag, Tags};
use crate::{
    actor::Actor,
    company::Permission,
    customer::{Customer, CustomerState},
    error::Result,
    event::EventKind,
    id::Id,
    value::choices,
    work::Work,
};

choices! {
    /// What is done with a tag and a customer.
    pub enum TagChange {
        /// The customer gets it.
        Add = "add",
        /// The customer loses it.
        Remove = "remove",
    }
}

impl TagChange {
    /// By how much it changes the number of customers that have the tag.
    pub(super) const fn weight(self) -> i64 {
        match self {
            TagChange::Add => 1,
            TagChange::Remove => -1,
        }
    }
}

impl Tags<'_> {
    /// Marks a customer with a tag; one that has it is left as it is. A customer has 50 tags at most.
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access; who is limited to departments, within them.
    ///
    /// Errors: `role_too_low`, `not_found` (the customer, the tag), `too_many`.
    pub fn add(&self, actor: Actor, customer: Id<Customer>, tag: Id<Tag>) -> Result<Customer> {
        self.mark(actor, customer, tag, TagChange::Add)
    }

    /// Takes a tag from a customer; one that does not have it is left as it is. Who may: as for `add`.
    /// Errors: `role_too_low`, `not_found` (the customer, the tag).
    pub fn remove(&self, actor: Actor, customer: Id<Customer>, tag: Id<Tag>) -> Result<Customer> {
        self.mark(actor, customer, tag, TagChange::Remove)
    }

    fn mark(&self, actor: Actor, customer: Id<Customer>, tag: Id<Tag>, change: TagChange) -> Result<Customer> {
        self.0.change(|work| {
            let (customer, tag) = work.authorised(actor, Permission::SetUpCustomers, (customer, tag))?;
            customer.must_be_within(work, actor)?;
            customer.must_be_there()?;
            tag.must_be_usable(actor.company())?;
            let Some(marked) = marked(work, actor, &customer, tag.id, change)? else { return Ok(customer) };
            work.add(tag.id, "customers", change.weight());
            Ok(marked)
        })
    }
}

/// Changes one customer, unless it is so already or erased; the caller counts. Errors: `too_many`.
pub(super) fn marked(
    work: &mut Work<'_>,
    actor: Actor,
    customer: &Customer,
    tag: Id<Tag>,
    change: TagChange,
) -> Result<Option<Customer>> {
    let (tags, what) = match change {
        TagChange::Add => (customer.tags.with(tag), EventKind::CustomerTagged),
        TagChange::Remove => (customer.tags.without(tag), EventKind::CustomerUntagged),
    };
    if tags == customer.tags || customer.state == CustomerState::Erased {
        return Ok(None);
    }
    if change == TagChange::Add {
        tags.must_be_few()?;
    }
    let marked = Customer { tags, ..customer.clone() };
    work.put(&marked);
    work.changed(customer.company, actor, what, &marked)?;
    Ok(Some(marked))
}
