//! How a fact becomes a completed task, and the last one a certificate: all in the commit of the fact.

use std::sync::Arc;

use super::{
    Account, Completed, Counted, Course, CourseKey, CourseVersion, Fields, Progress, Published, Side, Signal,
    SignalName, Tallies, Task,
    certify::certify,
    record::{Done, PLACE, TaskKeys},
};
use crate::{
    clock::Timestamp,
    company::Company,
    error::Result,
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    partner::{About, Partner, PartnerEventKind},
    store::Unique,
    work::Work,
};

/// The course as it counts now.
pub(crate) struct Current {
    pub(super) number: i64,
    pub(super) course: Arc<Course>,
}

/// A fact that is about to be judged.
pub(super) struct Fact {
    pub(super) name: SignalName,
    pub(super) fields: Fields,
    pub(super) occurred: Timestamp,
    pub(super) key: Option<String>,
}

impl Current {
    /// The course that is published, if one is.
    pub(crate) fn read(work: &mut Work<'_>) -> Result<Option<Self>> {
        let head = work.get(Published::by_place(PLACE))?;
        head.map(|head| Current::of(work, &head)).transpose()
    }

    pub(super) fn of(work: &mut Work<'_>, head: &Published) -> Result<Self> {
        let courses = work.handfast().courses_read();
        let course = match courses.get(head.current) {
            Some(course) => course,
            // a version never changes, so that it is read once a process
            None => courses.keep(head.current, work.need(head.current)?.course),
        };
        Ok(Current { number: head.edition, course })
    }

    pub(super) fn is_ahead_of(&self, progress: &Progress) -> bool {
        progress.edition < self.number
    }
}

/// Begins an account's way through the course, when it signs up.
pub(crate) fn begin(work: &mut Work<'_>, account: Account) -> Result<()> {
    if let Some(current) = Current::read(work)? {
        let progress = Progress { edition: current.number, ..Progress::new(work, account)? };
        work.insert(&progress);
    }
    Ok(())
}

/// Notes a fact of the library's own about an account. Without a course, nobody asks for it.
pub(crate) fn note(work: &mut Work<'_>, account: Account, name: &str, fields: Fields) -> Result<()> {
    let Some(current) = Current::read(work)? else { return Ok(()) };
    let (name, occurred) = (SignalName::parse(name)?, work.now());
    let fact = Fact { name, fields, occurred, key: None };
    let known = work.get(Progress::by_account(account.id()))?;
    judge(work, account, Some(&current), known, vec![fact]).map(drop)
}

/// What noting facts about accounts reads: to be read in one round trip with the rest.
pub(crate) fn reads(accounts: impl IntoIterator<Item = Account>) -> (Unique<Published>, Vec<Unique<Progress>>) {
    let progress = accounts.into_iter().map(|account| Progress::by_account(account.id()));
    (Published::by_place(PLACE), progress.collect())
}

/// Whether an open task of an account waits for a signal.
pub(crate) fn asks(work: &mut Work<'_>, account: Account, name: &str) -> Result<bool> {
    let Some(current) = Current::read(work)? else { return Ok(false) };
    let progress = work.get(Progress::by_account(account.id()))?;
    let waits = |(_, task): (&CourseKey, &Task)| task.condition.signal.as_str() == name;
    Ok(progress.is_some_and(|progress| progress.open(&current.course).any(waits)))
}

impl Handfast {
    /// Notes a look at something, while a task waits for that. Who looks should see it even where nothing can be written.
    pub(crate) fn notice(&self, account: Account, name: &str) {
        let noted = self.change(|work| match asks(work, account, name)? {
            true => note(work, account, name, Fields::default()),
            false => Ok(()),
        });
        if let Err(error) = noted {
            tracing::warn!(%error, name, "a look was not noted");
        }
    }
}

/// Writes facts down and judges them; gives, for each, what it completed. An account that has not moved on to the
/// present version is judged when it does.
pub(super) fn judge(
    work: &mut Work<'_>,
    account: Account,
    current: Option<&Current>,
    known: Option<Progress>,
    facts: Vec<Fact>,
) -> Result<Vec<TaskKeys>> {
    let (edition, is_known) = (current.map_or(0, |current| current.number), known.is_some());
    let mut progress = known.map_or_else(|| Progress::new(work, account), Ok)?;
    let before = progress.clone();
    let mut answers = Vec::with_capacity(facts.len());
    let mut fresh = Vec::new();
    for fact in facts {
        let (id, received) = (work.new_id()?, work.now());
        let completed = match current {
            Some(current) if !current.is_ahead_of(&progress) => progress.count(&current.course, &fact),
            Some(_) => {
                work.moves_on_later(account);
                progress.waiting += 1;
                TaskKeys::default()
            }
            None => {
                progress.waiting += 1;
                TaskKeys::default()
            }
        };
        for key in &completed.0 {
            let company = if let Account::Commerce(company) = account { Some(company) } else { None };
            progress.done.0.insert(key.clone(), Completed { at: received, by: id, company });
            fresh.push(key.clone());
        }
        let (side, Fact { name, fields, occurred, key }) = (account.side(), fact);
        let account = account.id();
        let answer = completed.clone();
        work.insert(&Signal { id, account, side, name, fields, occurred, received, edition, key, completed });
        answers.push(answer);
    }
    match is_known {
        false => work.insert(&progress),
        true if progress != before => work.put(&progress),
        true => {}
    }
    completed(work, &progress, current, &fresh)?;
    Ok(answers)
}

/// What follows when tasks are completed: both accounts tell the same (invariant 27), and the last one certifies.
pub(super) fn completed(
    work: &mut Work<'_>,
    progress: &Progress,
    current: Option<&Current>,
    fresh: &[CourseKey],
) -> Result<()> {
    match progress.account() {
        Account::Commerce(company) => {
            for key in fresh {
                tell_client(work, company, progress, key)?;
            }
            match progress.partner() {
                Some(partner) if !fresh.is_empty() => share(work, partner, progress, current),
                _ => Ok(()),
            }
        }
        Account::Partner(partner) => {
            for key in fresh {
                tell_partner(work, partner, None, key)?;
            }
            certify(work, progress, current)
        }
    }
}

/// Gives a partner what the commerce account that it works in tandem with has completed.
pub(super) fn share(
    work: &mut Work<'_>,
    partner: Id<Partner>,
    client: &Progress,
    current: Option<&Current>,
) -> Result<()> {
    let mut own = work.need(Progress::by_account(partner.cast()))?;
    let new: Vec<_> = client.done.0.iter().filter(|(key, _)| !own.done.0.contains_key(*key)).collect();
    for (key, completed) in &new {
        tell_partner(work, partner, completed.company, key)?;
    }
    if !new.is_empty() {
        own.done.0.extend(new.into_iter().map(|(key, completed)| (key.clone(), *completed)));
        work.put(&own);
    }
    certify(work, &own, current)
}

fn tell_client(work: &mut Work<'_>, company: Id<Company>, progress: &Progress, key: &CourseKey) -> Result<()> {
    work.told(company, By::System, EventKind::TaskCompleted, progress, ("task", key.as_str().into()))
}

fn tell_partner(
    work: &mut Work<'_>,
    partner: Id<Partner>,
    company: Option<Id<Company>>,
    key: &CourseKey,
) -> Result<()> {
    let about = About { company, detail: Some(key.as_str().to_owned()), ..About::default() };
    work.partner_event(partner, PartnerEventKind::TaskCompleted, about)
}

impl Progress {
    pub(super) fn new(work: &Work<'_>, account: Account) -> Result<Self> {
        let (done, tallies, tandem) = (Done::default(), Tallies::default(), None);
        let (id, side, account) = (work.new_id()?, account.side(), account.id());
        Ok(Progress { id, account, side, edition: 0, done, tallies, tandem, waiting: 0 })
    }

    /// Counts a fact for every open task of this side; gives those that it completes.
    fn count(&mut self, course: &Course, fact: &Fact) -> TaskKeys {
        let mut tallies = std::mem::take(&mut self.tallies);
        // few tasks wait for a signal: its name is looked at first
        let complete = course
            .tasks()
            .filter(|(key, task)| task.condition.signal == fact.name && self.is_open(key, task))
            .filter(|(key, task)| tallies.count(key, task, &fact.name, &fact.fields) == Counted::Complete);
        let complete = TaskKeys(complete.map(|(key, _)| key.clone()).collect());
        self.tallies = tallies;
        complete
    }

    /// The tasks of this side that are not completed.
    fn open<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = (&'a CourseKey, &'a Task)> {
        course.tasks().filter(|(key, task)| self.is_open(key, task))
    }

    fn is_open(&self, key: &CourseKey, task: &Task) -> bool {
        task.side == self.side && !self.done.0.contains_key(key)
    }

    /// How many of its tasks the course asks for that are completed.
    pub(super) fn tasks_done(&self, course: &Course) -> u32 {
        Progress::tasks_of(self.side, course).saturating_sub(u32::try_from(self.open(course).count()).unwrap_or(0))
    }

    /// How many tasks of a side the course asks for.
    pub(super) fn tasks_of(side: Side, course: &Course) -> u32 {
        u32::try_from(course.tasks().filter(|(_, task)| task.side == side).count()).unwrap_or(u32::MAX)
    }
}

/// One version of the course.
pub(super) fn version(work: &mut Work<'_>, number: i64) -> Result<CourseVersion> {
    work.need(CourseVersion::by_number(number))
}
