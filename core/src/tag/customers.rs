use serde::Deserialize;

use super::{Tag, Tags};
use crate::{
    actor::Actor,
    company::{Permission, Scope},
    customer::Customer,
    error::{Code, Error, Result},
    id::Id,
    store::{Listing, Page, Paging},
};

/// Tags that one list can ask for, in all.
const MOST: usize = 20;

/// Which customers a list holds, by their tags. What is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TagFilter {
    /// Those that have every one of these.
    pub all_of: Vec<Id<Tag>>,
    /// Those that have one of these at least.
    pub any_of: Vec<Id<Tag>>,
    /// Those that have none of these.
    pub none_of: Vec<Id<Tag>>,
}

impl Tags<'_> {
    /// The customers that a filter lets through, of those that the actor may look up: in the order they came to be, or by
    /// legal name where no tag is asked for. A filter names 20 tags at most. Who may: every role.
    ///
    /// Errors: `too_many`, `role_too_low`, `not_found` (a tag), `not_a_cursor`.
    pub fn customers(&self, actor: Actor, filter: &TagFilter, paging: &Paging) -> Result<Page<Customer>> {
        let listings = self.listings(actor, filter)?;
        let keep = |customer: &Customer| !filter.none_of.iter().any(|tag| customer.tags.has(*tag));
        self.0.list_where(&listings, paging, keep)
    }

    /// The lists that hold what is asked for, and more only for what is to be left out.
    fn listings(&self, actor: Actor, filter: &TagFilter) -> Result<Vec<Listing<Customer>>> {
        let tags: Vec<_> = filter.all_of.iter().chain(&filter.any_of).chain(&filter.none_of).copied().collect();
        if tags.len() > MOST {
            return Err(Error::because(Code::TooMany, format!("has more than {MOST} tags")));
        }
        let scope = self.0.view(|work| {
            let tags = work.authorised(actor, Permission::ReadCustomers, tags.clone())?;
            tags.iter().try_for_each(|tag| tag.must_be_usable(actor.company()))?;
            work.scope(actor)
        })?;
        Ok(filter.within(actor, &scope))
    }
}

impl TagFilter {
    fn within(&self, actor: Actor, scope: &Scope) -> Vec<Listing<Customer>> {
        let company = actor.company();
        if self.all_of.is_empty() && self.any_of.is_empty() {
            return scope
                .narrowed(|| Customer::of_company(company), |department| Customer::of_department(company, department));
        }
        let with = |listing: Listing<Customer>, tag: &Id<Tag>| listing.marked("tags", &tag.to_string());
        let all = self.all_of.iter().fold(Customer::find(company, ""), with);
        let any: Vec<_> = self.any_of.iter().map(|tag| with(all.clone(), tag)).collect();
        let found = if any.is_empty() { vec![all] } else { any };
        found.iter().flat_map(|found| scope.narrow(found)).collect()
    }
}
