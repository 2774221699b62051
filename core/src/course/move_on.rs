//! How an account comes to the present version of the course: what it completed stays, and what it did before counts by
//! the new version at once.

use super::{
    Account, Completed, Course, CourseKey, CourseVersion, Fields, Progress, Published, Signal, SignalName, completed,
    judge::{self, Current},
    record::PLACE,
};
use crate::{
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    store::Paging,
    work::Work,
};

/// Signals of one page of the log.
const PAGE: u32 = 500;

/// How often an account is judged again because more signals came meanwhile.
const PATIENCE: u32 = 20;

/// What a decision on accounts comes to.
pub(super) enum Decided<T> {
    /// It is made.
    Done(T),
    /// Nothing is written: these accounts must move on to the present version first.
    Behind(Vec<Account>),
}

impl Handfast {
    /// Decides, and again after accounts that are behind have moved on. Errors: those of `decide`, `contention`.
    pub(super) fn change_up_to_date<T>(&self, decide: impl Fn(&mut Work<'_>) -> Result<Decided<T>>) -> Result<T> {
        for _ in 0..PATIENCE {
            match self.change(&decide)? {
                Decided::Done(done) => return Ok(done),
                Decided::Behind(accounts) => accounts.into_iter().try_for_each(|account| self.move_on(account))?,
            }
        }
        Err(Error::new(Code::Contention))
    }

    /// Brings an account to the present version of the course, if it is not there. The log is read before the decision,
    /// and complete: who reports under the present version while the account is behind changes its row, so that the
    /// decision is made again. Errors: `contention`.
    pub(super) fn move_on(&self, account: Account) -> Result<()> {
        for _ in 0..PATIENCE {
            let Some(seen) = self.view(|work| behind(work, account))? else { return Ok(()) };
            if seen.as_ref().is_none_or(|progress| progress.edition == 0) {
                self.tell_what_is_known(account)?;
            }
            let Some(seen) = self.view(|work| behind(work, account))? else { return Ok(()) };
            let log = self.log_of(account)?;
            if self.change(|work| moved(work, account, &seen, &log))? {
                return Ok(());
            }
        }
        Err(Error::new(Code::Contention))
    }

    /// The same after a change that found accounts behind. What was changed stays, also where this cannot be done now.
    pub(crate) fn move_on_soon(&self, accounts: &[Account]) {
        for account in accounts {
            if let Err(error) = self.move_on(*account) {
                tracing::warn!(%error, "an account did not move on to the present version of the course");
            }
        }
    }

    /// Every signal of an account, in order.
    pub(super) fn log_of(&self, account: Account) -> Result<Vec<Signal>> {
        let (mut log, mut paging) = (Vec::new(), Some(Paging::first(PAGE)));
        while let Some(asked) = paging {
            let page = self.list(Signal::of_account(account.id()), &asked)?;
            paging = Paging::after(&page, PAGE);
            log.extend(page.items);
        }
        Ok(log)
    }
}

/// What an account that is behind stands at; `None` when it is not behind.
fn behind(work: &mut Work<'_>, account: Account) -> Result<Option<Option<Progress>>> {
    let (head, progress) = work.get((Published::by_place(PLACE), Progress::by_account(account.id())))?;
    let Some(head) = head else { return Ok(None) };
    let at = progress.as_ref().map_or(0, |progress| progress.edition);
    Ok((at < head.edition).then_some(progress))
}

/// Judges a log by every version that the account has not seen; whether it still stood as it was seen.
fn moved(work: &mut Work<'_>, account: Account, seen: &Option<Progress>, log: &[Signal]) -> Result<bool> {
    let (head, known) = work.get((Published::by_place(PLACE), Progress::by_account(account.id())))?;
    let Some(head) = head.filter(|_| known == *seen) else { return Ok(false) };
    let is_known = known.is_some();
    let mut progress = known.map_or_else(|| Progress::new(work, account), Ok)?;
    let versions = versions(work, head.edition, progress.edition)?;
    let mut fresh = Vec::new();
    for version in &versions {
        let judged = judged(&version.course, account, log.iter().filter(|signal| signal.edition <= version.number));
        progress.tallies = judged.tallies;
        for (key, _) in judged.done {
            if !progress.done.0.contains_key(&key) {
                let company = if let Account::Commerce(company) = account { Some(company) } else { None };
                // not by the signal of then: it counts from now on, for a partner who is in a tandem now
                let (at, by) = (work.now(), work.new_id()?);
                progress.done.0.insert(key.clone(), Completed { at, by, company });
                fresh.push(key);
            }
        }
    }
    (progress.edition, progress.waiting) = (head.edition, 0);
    if is_known {
        work.put(&progress)
    } else {
        work.insert(&progress)
    }
    let current = Current::of(work, &head)?;
    judge::completed(work, &progress, Some(&current), &fresh)?;
    Ok(true)
}

/// The versions after `seen` up to `newest`, in order.
pub(super) fn versions(work: &mut Work<'_>, newest: i64, seen: i64) -> Result<Vec<CourseVersion>> {
    let (mut versions, mut number) = (Vec::new(), newest);
    while number > seen {
        let version = judge::version(work, number)?;
        number = version.previous;
        versions.push(version);
    }
    versions.reverse();
    Ok(versions)
}

/// What a log comes to by one version.
pub(super) struct Judged {
    pub(super) done: Vec<(CourseKey, Id<Signal>)>,
    pub(super) tallies: super::Tallies,
}

/// Judges a log by one version, from nothing.
pub(super) fn judged<'a>(course: &Course, account: Account, log: impl Iterator<Item = &'a Signal>) -> Judged {
    let log: Vec<_> = log.collect();
    let facts = log.iter().map(|signal| -> (&SignalName, &Fields) { (&signal.name, &signal.fields) });
    let (done, tallies) = completed(course, account.side(), facts);
    let by = |(key, at): (CourseKey, usize)| log.get(at).map(|signal| (key, signal.id));
    Judged { done: done.into_iter().filter_map(by).collect(), tallies }
}
