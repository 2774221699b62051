use std::collections::HashMap;

use serde_json::json;

use super::{
    BulkTag, BulkTagged, Selection, TagOutcome, TagRow, Tags,
    close::CHUNK,
    mark::marked,
    run::{RunState, TagMark, TagRun},
};
use crate::{
    actor::Actor,
    association::BulkMode,
    clock::Timestamp,
    company::Permission,
    customer::Customer,
    error::{Code, Error, Faults, Result},
    id::Id,
    progress::{Listener, Progress},
    replay::{Answered, CallKey, Replay},
    store::{Cursor, Listing, Paging},
    work::Work,
};

/// What the customers of a call are known by in its [`Replay`]: what is asked of them is told by the call.
const ROWS: &[u8] = b"tags.apply_many";

impl<'a> Tags<'a> {
    /// The same verbs; `tell` hears after every 250 customers of a call with many how far it has come. It may call the
    /// library. How many there are in all is known of ids; of a search and of a tag it is what was done until now.
    pub fn telling<'b>(self, tell: &'b dyn Fn(Progress)) -> Tags<'b>
    where
        'a: 'b,
    {
        Tags(self.0, Listener::new(tell))
    }
}

impl Tags<'_> {
    /// Adds a tag to many customers, or removes it: 250 in one commit, so that others get their turn between, and in memory
    /// that does not grow with their number. It never touches their other tags. A dry run writes nothing and tells the same
    /// numbers.
    ///
    /// Repeated under the same `key`, it changes nothing and gives the first answer; a call that was cut short goes on where
    /// it stopped (invariant 39). [`undo`](Self::undo) takes it back. Who may: as for `add`.
    ///
    /// Errors: `invalid_input` (`key`, `customers`, `search`), `role_too_low`, `not_found` (the tag, the tag that selects),
    /// `idempotency_key_reused`.
    pub fn apply_many(&self, actor: Actor, key: &str, input: &BulkTag) -> Result<BulkTagged> {
        let call = Call::check(actor, key, input, self.0.policy().bulk_rows)?;
        match input.mode {
            BulkMode::DryRun => self.rehearse(&call),
            BulkMode::Apply => self.apply(&call),
        }
    }

    fn rehearse(&self, call: &Call<'_>) -> Result<BulkTagged> {
        self.0.view(|work| call.begin(work).map(drop))?;
        let (mut answer, mut after) = (BulkTagged::default(), None);
        loop {
            let batch = self.batch(call, answer.matched, after)?;
            let rows = self.0.view(|work| call.decide(work, &batch, None))?;
            rows.iter().for_each(|row| answer.count(row.outcome));
            if matches!(call.input.selection, Selection::Ids(_)) {
                answer.rows.extend(rows);
            }
            self.told(call, answer.matched);
            after = batch.next;
            if batch.ended {
                return Ok(answer);
            }
        }
    }

    fn apply(&self, call: &Call<'_>) -> Result<BulkTagged> {
        let mut run = self.0.change(|work| match call.begin(work)? {
            Some(run) => Ok(run),
            None => call.run(work),
        })?;
        while run.state == RunState::Running {
            let batch = self.batch(call, run.matched, run.after.clone())?;
            run = self.0.change(|work| call.chunk(work, &run, &batch))?;
            self.told(call, run.matched);
        }
        let rows = self.0.view(|work| call.rows(work, run.matched))?;
        let TagRun { matched, changed, unchanged, refused, .. } = run;
        Ok(BulkTagged { matched, changed, unchanged, refused, rows })
    }

    fn told(&self, call: &Call<'_>, done: i64) {
        let total = match &call.input.selection {
            Selection::Ids(ids) => u32::try_from(ids.len()).unwrap_or(u32::MAX),
            Selection::Search(_) | Selection::Tag(_) => u32::try_from(done).unwrap_or(u32::MAX),
        };
        self.1.tell(u32::try_from(done).unwrap_or(u32::MAX), total);
    }

    /// The next customers: those after so many of the ids, or after where the list was left.
    fn batch(&self, call: &Call<'_>, done: i64, after: Option<String>) -> Result<Batch> {
        let first = usize::try_from(done).unwrap_or(usize::MAX);
        if let Selection::Ids(ids) = &call.input.selection {
            let rest = ids.get(first..).unwrap_or_default();
            let some: Vec<_> = rest.iter().take(CHUNK as usize).copied().collect();
            return Ok(Batch { first, next: None, ended: some.len() == rest.len(), ids: some });
        }
        let scope = self.0.view(|work| work.scope(call.actor))?;
        let paging = Paging { cursor: after.map(Cursor::from), limit: Some(CHUNK) };
        let page = self.0.list_all(&scope.narrow(&call.found()), &paging)?;
        let ids = page.items.iter().map(|customer| customer.id).collect();
        let next = page.next.map(|cursor| cursor.as_str().to_owned());
        Ok(Batch { first, ids, ended: next.is_none(), next })
    }
}

/// Some customers of a call.
struct Batch {
    /// How many came before.
    first: usize,
    ids: Vec<Id<Customer>>,
    /// Where the list goes on.
    next: Option<String>,
    ended: bool,
}

/// One call, checked.
struct Call<'a> {
    actor: Actor,
    key: CallKey,
    input: &'a BulkTag,
    /// What is asked, in one form.
    asked: Vec<u8>,
    /// Where each customer that is named stands first.
    places: HashMap<Id<Customer>, usize>,
}

impl<'a> Call<'a> {
    fn check(actor: Actor, key: &str, input: &'a BulkTag, most: u32) -> Result<Self> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let mut places = HashMap::new();
        match &input.selection {
            Selection::Ids(ids) if ids.len() > most as usize => {
                let error = Error::because(Code::TooMany, format!("has more than {most} rows"));
                faults.check::<()>("customers", Err(error));
            }
            Selection::Ids(ids) => ids.iter().enumerate().for_each(|(at, id)| {
                places.entry(*id).or_insert(at);
            }),
            Selection::Search(text) if text.trim().is_empty() => faults.add("search", Code::Required),
            Selection::Search(_) | Selection::Tag(_) => {}
        }
        let asked = json(&(input.tag, input.change, &input.selection))?;
        faults.made(|| Some(Call { actor, key: key?, input, asked, places }))
    }

    /// The call as it was begun, or nothing if it is new and can be. Errors: `role_too_low`, `idempotency_key_reused`,
    /// `not_found`.
    fn begin(&self, work: &mut Work<'_>) -> Result<Option<TagRun>> {
        work.authorise(self.actor, Permission::SetUpCustomers)?;
        let company = self.actor.company();
        // the first answer stands, whatever has become of the tag
        if Replay::answer(work, company, &self.key, company.cast(), &self.asked)?.is_some() {
            return work.need(TagRun::by_key(company, self.key.as_str())).map(Some);
        }
        let other = match self.input.selection {
            Selection::Tag(other) => Some(other),
            Selection::Ids(_) | Selection::Search(_) => None,
        };
        let (tag, other) = work.need((self.input.tag, other))?;
        other.iter().chain([&tag]).try_for_each(|tag| tag.must_be_usable(company))?;
        Ok(None)
    }

    /// Notes that it begins.
    fn run(&self, work: &mut Work<'_>) -> Result<TagRun> {
        let company = self.actor.company();
        Replay::keep(work, company, &self.key, company.cast(), &self.asked, Answered(json!({})))?;
        let run = TagRun {
            id: work.new_id()?,
            company,
            key: self.key.to_string(),
            tag: self.input.tag,
            change: self.input.change,
            state: RunState::Running,
            matched: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            after: None,
            undone: 0,
            kept: 0,
            created: work.now(),
        };
        work.insert(&run);
        Ok(run)
    }

    fn found(&self) -> Listing<Customer> {
        let company = self.actor.company();
        match &self.input.selection {
            Selection::Tag(tag) => Customer::find(company, "").marked("tags", &tag.to_string()),
            Selection::Search(text) => Customer::find(company, text),
            Selection::Ids(_) => Customer::find(company, ""),
        }
    }

    /// Decides some customers once, and notes how far the call has come; whoever comes second finds them done.
    fn chunk(&self, work: &mut Work<'_>, known: &TagRun, batch: &Batch) -> Result<TagRun> {
        let run = work.authorised(self.actor, Permission::SetUpCustomers, known.id)?;
        if run != *known {
            return Ok(run);
        }
        let rows = self.decide(work, batch, Some(run.id))?;
        let mut counted = BulkTagged::default();
        rows.iter().for_each(|row| counted.count(row.outcome));
        let new = TagRun {
            matched: run.matched + counted.matched,
            changed: run.changed + counted.changed,
            unchanged: run.unchanged + counted.unchanged,
            refused: run.refused + counted.refused,
            state: if batch.ended { RunState::Done } else { RunState::Running },
            after: batch.next.clone(),
            ..run
        };
        work.put(&new);
        if counted.changed > 0 {
            work.add(new.tag, "customers", counted.changed * new.change.weight());
        }
        if !self.places.is_empty() {
            let company = self.actor.company();
            let answer = serde_json::to_value(&rows).map_err(|error| Error::new(Code::Internal).caused_by(error))?;
            Replay::keep(work, company, &self.key, place(batch.first), ROWS, Answered(answer))?;
        }
        Ok(new)
    }

    fn decide(&self, work: &mut Work<'_>, batch: &Batch, run: Option<Id<TagRun>>) -> Result<Vec<TagRow>> {
        let tag = work.authorised(self.actor, Permission::SetUpCustomers, self.input.tag)?;
        tag.must_be_usable(self.actor.company())?;
        let scope = work.scope(self.actor)?;
        let mut rows = Vec::with_capacity(batch.ids.len());
        for ((at, id), found) in (batch.first..).zip(&batch.ids).zip(work.get(batch.ids.clone())?) {
            let own = found
                .filter(|found| found.company == self.actor.company() && scope.includes(found.department))
                .ok_or(Code::NotFound);
            let first = self.places.get(id).is_none_or(|first| *first == at);
            let outcome = match own.and_then(|own| if first { Ok(own) } else { Err(Code::DuplicateEntry) }) {
                Err(code) => TagOutcome::Refused(code),
                Ok(own) => match marked(work, self.actor, &own, tag.id, self.input.change) {
                    Ok(Some(_)) => TagOutcome::Changed,
                    Ok(None) => TagOutcome::Unchanged,
                    Err(error) if error.code() == Code::TooMany => TagOutcome::Refused(Code::TooMany),
                    Err(error) => return Err(error),
                },
            };
            if let Some(run) = run.filter(|_| outcome == TagOutcome::Changed) {
                work.insert(&TagMark { id: work.new_id()?, run, customer: *id });
            }
            rows.push(TagRow { customer: *id, outcome });
        }
        Ok(rows)
    }

    /// What came of each customer that was named, until now.
    fn rows(&self, work: &mut Work<'_>, done: i64) -> Result<Vec<TagRow>> {
        let mut rows = Vec::new();
        if self.places.is_empty() {
            return Ok(rows);
        }
        let done = usize::try_from(done).unwrap_or(usize::MAX);
        for first in (0..done).step_by(CHUNK as usize) {
            let company = self.actor.company();
            if let Some(Answered(some)) = Replay::answer(work, company, &self.key, place(first), ROWS)? {
                let some: Vec<TagRow> =
                    serde_json::from_value(some).map_err(|error| Error::new(Code::Corrupt).caused_by(error))?;
                rows.extend(some);
            }
        }
        Ok(rows)
    }
}

/// What the customers from a place on are called in their [`Replay`]: no id of a record is that old.
fn place(first: usize) -> Id<()> {
    Id::first_at(Timestamp::from_millis(i64::try_from(first).unwrap_or(i64::MAX)))
}

fn json(asked: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(asked).map_err(|error| Error::new(Code::Internal).caused_by(error))
}
