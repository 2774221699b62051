use super::{Tag, TagState, Tags};
use crate::{
    actor::Actor,
    company::Permission,
    customer::Customer,
    error::{Code, Error, Result},
    event::EventKind,
    id::Id,
    store::Paging,
    work::Work,
};

/// Customers that are decided and committed together: few enough for others to get their turn between.
pub(super) const CHUNK: u32 = 250;

impl Tags<'_> {
    /// Deletes a tag: at once it is shown no longer and marks nobody anew, and then it is taken from its customers, 250 in
    /// one commit. A call that was cut short goes on when it is made again. How many customers this call took it from.
    /// Who may: as for `create`.
    ///
    /// Errors: `role_too_low`, `not_found` (also one that was merged).
    pub fn discard(&self, actor: Actor, tag: Id<Tag>) -> Result<u32> {
        self.close(actor, tag, None)
    }

    /// Merges a tag into another, which its customers have from then on; done as `discard` is, and goes on as that does.
    /// If the other is deleted or merged meanwhile, the rest follows it. How many customers this call moved.
    /// Who may: as for `create`.
    ///
    /// Errors: `duplicate_entry` (a tag and itself), `role_too_low`, `not_found` (either; also one that was deleted, or
    /// merged into a third).
    pub fn merge(&self, actor: Actor, tag: Id<Tag>, into: Id<Tag>) -> Result<u32> {
        self.close(actor, tag, Some(into))
    }

    fn close(&self, actor: Actor, tag: Id<Tag>, into: Option<Id<Tag>>) -> Result<u32> {
        self.0.change(|work| {
            let (old, target) = work.authorised(actor, Permission::ManageTags, (tag, into))?;
            if old.company == actor.company() && old.state == TagState::Closed && old.merged_into == into {
                return Ok(());
            }
            old.must_be_usable(actor.company())?;
            target.iter().try_for_each(|target| target.must_be_usable(actor.company()))?;
            if into == Some(tag) {
                return Err(Error::new(Code::DuplicateEntry));
            }
            // its name is free again: no folded name has both a sign and digits
            let new = Tag { state: TagState::Closed, merged_into: into, folded: format!("={}", old.id), ..old };
            work.put(&new);
            let what = if into.is_some() { EventKind::TagMerged } else { EventKind::TagDeleted };
            work.changed(new.company, actor, what, &new)
        })?;
        self.empty(actor, tag)
    }

    /// Takes a closed tag from all customers that have it; nobody gets it any more, so the list comes to an end.
    fn empty(&self, actor: Actor, tag: Id<Tag>) -> Result<u32> {
        let listing = Customer::find(actor.company(), "").marked("tags", &tag.to_string());
        let mut moved = 0;
        loop {
            // who is done leaves the list, so the next page is the beginning again
            let page = self.0.list(listing.clone(), &Paging::first(CHUNK))?;
            let chunk: Vec<_> = page.items.iter().map(|customer| customer.id).collect();
            if chunk.is_empty() {
                return Ok(moved);
            }
            moved += self.0.change(|work| take(work, actor, tag, &chunk))?;
        }
    }
}

/// Takes a closed tag from some customers, and gives them what it was merged into.
fn take(work: &mut Work<'_>, actor: Actor, tag: Id<Tag>, chunk: &[Id<Customer>]) -> Result<u32> {
    let closed = work.authorised(actor, Permission::ManageTags, tag)?;
    let target = successor(work, &closed)?;
    let (mut lost, mut gained) = (0, 0);
    for old in work.get(chunk.to_vec())?.into_iter().flatten().filter(|old| old.tags.has(tag)) {
        lost += 1;
        let without = old.tags.without(tag);
        let gains = target.filter(|target| !without.has(*target));
        gained += i64::from(gains.is_some());
        let tags = gains.map_or_else(|| without.clone(), |target| without.with(target));
        let what = if gains.is_some() { EventKind::CustomerTagged } else { EventKind::CustomerUntagged };
        let new = Customer { tags, ..old };
        work.put(&new);
        work.changed(new.company, actor, what, &new)?;
    }
    if lost > 0 {
        work.add(tag, "customers", -i64::from(lost));
    }
    if let Some(target) = target.filter(|_| gained > 0) {
        work.add(target, "customers", gained);
    }
    Ok(lost)
}

/// The tag that customers have in place of a closed one: what it was merged into or, if that is closed by now, what that
/// was. A tag is merged only into one that is in use, so the way has an end.
fn successor(work: &mut Work<'_>, closed: &Tag) -> Result<Option<Id<Tag>>> {
    let mut next = closed.merged_into;
    while let Some(id) = next {
        let tag = work.need(id)?;
        if tag.state == TagState::InUse {
            break;
        }
        next = tag.merged_into;
    }
    Ok(next)
}
