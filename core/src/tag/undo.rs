use super::{
    Tag, TagChange, Tags, TagsUndone,
    close::CHUNK,
    mark::marked,
    run::{RunState, TagMark, TagRun},
};
use crate::{
    actor::Actor,
    company::Permission,
    error::{Code, Result},
    id::Id,
    replay::CallKey,
    store::Paging,
    work::Work,
};

impl TagChange {
    /// The change that takes this one back.
    const fn reverse(self) -> Self {
        match self {
            TagChange::Add => TagChange::Remove,
            TagChange::Remove => TagChange::Add,
        }
    }
}

impl Tags<'_> {
    /// Takes back what `apply_many` changed under a key: the customers that it changed, and those only, lose the tag or get it
    /// again. One that was changed back since is left as it is, as are all when the tag is there no longer. A call that
    /// was cut short ends with it. Done in chunks, as the call was; repeated, it changes nothing and tells the same.
    /// Customers outside of the departments that the actor is limited to wait for somebody else. Who may: as for `add`.
    ///
    /// Errors: the key's own (`required`, `too_long`, `forbidden_character`), `role_too_low`, `not_found` (the key).
    pub fn undo(&self, actor: Actor, key: &str) -> Result<TagsUndone> {
        let key = CallKey::parse(key)?;
        let run = self.0.change(|work| {
            work.authorise(actor, Permission::SetUpCustomers)?;
            let run = work.need(TagRun::by_key(actor.company(), key.as_str()))?;
            work.put(&TagRun { state: RunState::Undone, ..run.clone() });
            Ok(run.id)
        })?;
        let mut paging = Some(Paging::first(CHUNK));
        while let Some(asked) = paging {
            let page = self.0.list(TagMark::of_run(run), &asked)?;
            let marks: Vec<_> = page.items.iter().map(|mark| mark.id).collect();
            if !marks.is_empty() {
                self.0.change(|work| take_back(work, actor, run, &marks))?;
            }
            paging = Paging::after(&page, CHUNK);
        }
        let run = self.0.view(|work| work.need(run))?;
        Ok(TagsUndone { undone: run.undone, kept: run.kept })
    }
}

fn take_back(work: &mut Work<'_>, actor: Actor, run: Id<TagRun>, marks: &[Id<TagMark>]) -> Result<()> {
    let run = work.authorised(actor, Permission::SetUpCustomers, run)?;
    let (tag, marks) = work.get((run.tag, marks.to_vec()))?;
    let stands = tag.is_some_and(|tag: Tag| tag.must_be_usable(actor.company()).is_ok());
    let scope = work.scope(actor)?;
    // who comes second finds no marks any more
    let marks: Vec<TagMark> = marks.into_iter().flatten().collect();
    let customers = work.get(marks.iter().map(|mark| mark.customer).collect::<Vec<_>>())?;
    let (change, mut undone, mut kept) = (run.change.reverse(), 0, 0);
    for (mark, customer) in marks.iter().zip(customers) {
        let changed = match customer {
            Some(customer) if !scope.includes(customer.department) => continue,
            Some(customer) if stands => match marked(work, actor, &customer, run.tag, change) {
                Err(error) if error.code() == Code::TooMany => false,
                changed => changed?.is_some(),
            },
            Some(_) | None => false,
        };
        if changed {
            undone += 1;
        } else {
            kept += 1;
        }
        work.delete(mark.id);
    }
    if undone > 0 {
        work.add(run.tag, "customers", undone * change.weight());
    }
    work.put(&TagRun { undone: run.undone + undone, kept: run.kept + kept, ..run });
    Ok(())
}
