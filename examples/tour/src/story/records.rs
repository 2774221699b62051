use std::collections::BTreeMap;

use handfast::{
    Id,
    customer::{Customer, CustomerFilter},
    event::{Doer, Event, EventFilter},
    login::Login,
    store::Paging,
};

use super::{Cast, Result, Tour};

impl Tour {
    /// The search, the funnel and the audit trail.
    pub(super) fn look_back(&mut self, cast: Cast, rosas: Id<Customer>) -> Result<()> {
        self.narrator.chapter("Looking back");
        let words = "ros val";
        let found =
            self.handfast.customers().search(cast.sara, words, &CustomerFilter::default(), &Paging::first(5))?.items;
        let names: Vec<_> = found.iter().map(|customer| customer.display_name().to_string()).collect();
        self.narrator.say(format!("Sara searches for \"{words}\" and finds: {}.", names.join(", ")));
        self.narrator.say("How far visitors have come, over all links of the company:");
        self.funnel(cast.pedro)?;
        self.narrator.say("What happened to the first customer, from the audit trail:");
        let people = self.people(cast)?;
        let filter = EventFilter { subject: Some(rosas.cast()), ..EventFilter::default() };
        let events = self.handfast.events().list(cast.ada, &filter, &Paging::first(100))?.items;
        for event in events.iter().rev() {
            self.narrator.line(told(event, &people));
        }
        Ok(())
    }

    fn people(&self, cast: Cast) -> Result<BTreeMap<Id<Login>, String>> {
        let staff = self.handfast.staff().list(cast.ada, &Paging::first(500))?.items;
        Ok(staff.into_iter().map(|staff| (staff.login, staff.name.to_string())).collect())
    }
}

/// When, who, what, and what it was before and after.
fn told(event: &Event, people: &BTreeMap<Id<Login>, String>) -> String {
    let who = match (event.doer, &event.login, &event.address) {
        (Doer::Staff, Some(login), _) => people.get(login).cloned().unwrap_or_else(|| login.to_string()),
        (_, _, Some(address)) => address.clone(),
        (doer, ..) => doer.to_string(),
    };
    let states = [&event.before, &event.after].map(|side| side.as_ref().and_then(|side| side.0.get("state")?.as_str()));
    let change = match states {
        [Some(before), Some(after)] => format!("  {before} -> {after}"),
        _ => String::new(),
    };
    let time = event.at.to_utc().format("%H:%M:%S%.3f");
    format!("{time}  {who:<12} {}{change}", event.what.as_str().replace('_', " ")).trim_end().to_owned()
}
