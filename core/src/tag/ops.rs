use serde::Serialize;

use super::{Tag, TagName, TagState};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Permission,
    error::{Code, Error, Result},
    event::EventKind,
    handfast::Handfast,
    id::Id,
    progress::Listener,
    store::{Page, Paging},
    value::name_key,
};

/// The verbs of tags: `handfast.tags()`.
#[derive(Clone, Copy, Debug)]
pub struct Tags<'a>(pub(super) &'a Handfast, pub(super) Listener<'a>);

impl Handfast {
    /// Tags: what customers are marked with.
    pub fn tags(&self) -> Tags<'_> {
        Tags(self, Listener::default())
    }
}

/// A tag as the staff sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagView {
    /// The id.
    pub id: Id<Tag>,
    /// Its name, unique at the company without regard to case and accents.
    pub name: TagName,
    /// How many customers of the company have it; `None` for who is limited to departments, and may not know of the others.
    pub customers: Option<i64>,
    /// When it came to be.
    pub created: Timestamp,
}

impl Tags<'_> {
    /// Creates a tag: one line of at most 60 characters. Who may: Admin, Procurement Manager, Sales Manager, Full Access,
    /// if they work in the whole company.
    ///
    /// Errors: the name's own (`required`, `too_long`, `forbidden_character`), `role_too_low`, `not_found` (the host's
    /// company), `already_there`.
    pub fn create(&self, actor: Actor, name: &str) -> Result<TagView> {
        let name = TagName::parse(name)?;
        let folded = name_key(name.as_str());
        self.0.change(|work| {
            let company = work.authorised(actor, Permission::ManageTags, actor.company())?.id;
            if work.get(Tag::by_name(company, &folded))?.is_some() {
                return Err(Error::new(Code::AlreadyThere));
            }
            let tag = Tag {
                id: work.new_id()?,
                company,
                name: name.clone(),
                folded: folded.clone(),
                customers: 0,
                created: work.now(),
                state: TagState::InUse,
                merged_into: None,
            };
            work.insert(&tag);
            work.event(company, actor, EventKind::TagCreated, &tag)?;
            Ok(TagView::of(tag, true))
        })
    }

    /// Renames a tag; customers that have it keep it. Who may: as for `create`.
    ///
    /// Errors: the name's own (`required`, `too_long`, `forbidden_character`), `role_too_low`, `not_found`,
    /// `already_there`.
    pub fn rename(&self, actor: Actor, tag: Id<Tag>, name: &str) -> Result<TagView> {
        let name = TagName::parse(name)?;
        let folded = name_key(name.as_str());
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::ManageTags, tag)?;
            old.must_be_usable(actor.company())?;
            let new = Tag { name: name.clone(), folded: folded.clone(), ..old.clone() };
            if new != old {
                work.put(&new);
                work.changed(new.company, actor, EventKind::TagRenamed, &new)?;
            }
            Ok(TagView::of(new, true))
        })
    }

    /// All tags, by name. Who may: every role; who is limited to departments is not told how many customers have them.
    /// Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, paging: &Paging) -> Result<Page<TagView>> {
        let whole = self.0.reading_scope(actor)?.is_whole();
        let page = self.0.list(Tag::of_state(actor.company(), TagState::InUse), paging)?;
        Ok(page.map(|tag| TagView::of(tag, whole)))
    }
}

impl TagView {
    /// The same on a customer; `None` for one that is closed, and not taken from its customers yet.
    pub(crate) fn shown(tag: Tag, counted: bool) -> Option<Self> {
        (tag.state == TagState::InUse).then(|| TagView::of(tag, counted))
    }

    fn of(tag: Tag, counted: bool) -> Self {
        let Tag { id, name, customers, created, .. } = tag;
        TagView { id, name, customers: counted.then_some(customers), created }
    }
}
