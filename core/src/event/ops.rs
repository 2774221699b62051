use serde::Deserialize;

use super::Event;
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Permission,
    error::Result,
    handfast::Handfast,
    id::Id,
    login::Login,
    store::{Page, Paging, ToCell},
};

/// The verbs of the audit trail: `handfast.events()`.
#[derive(Clone, Copy, Debug)]
pub struct Events<'a>(&'a Handfast);

/// Which events: all of the company's unless told, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventFilter {
    /// Only what happened to this record: `id.cast()` of any id.
    pub subject: Option<Id<()>>,
    /// Only what this person did. Not looked at when `subject` is given.
    pub login: Option<Id<Login>>,
    /// Only what happened then or later.
    pub since: Option<Timestamp>,
    /// Only what happened before.
    pub until: Option<Timestamp>,
}

impl Handfast {
    /// The audit trail: list what happened.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }
}

impl Events<'_> {
    /// What happened at the actor's company, the newest first.
    ///
    /// Who may: Admin, Full Access. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, filter: &EventFilter, paging: &Paging) -> Result<Page<Event>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadEvents))?;
        let company = actor.company();
        let listing = match (filter.subject, filter.login) {
            (Some(subject), _) => Event::of_subject(company, subject),
            (None, Some(login)) => Event::of_login(company, login),
            (None, None) => Event::of_company(company),
        };
        // an id begins with its time, so a range of ids is a range in time
        let bound = |at: Option<Timestamp>| at.map(|at| Id::<Event>::first_at(at).to_cell());
        self.0.list(listing.between(bound(filter.since), bound(filter.until)).descending(), paging)
    }
}
