//! Progress, computed anew from the log: to prove that what is stored is right, and to mend it where it is not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Account, Completed, CourseKey, Courses, Done, Progress, Published, Signal,
    judge::{self, Current},
    move_on::{judged, versions},
    record::PLACE,
};
use crate::{
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    partner::{Partner, PartnerEventKind, PartnerHistory},
    store::Paging,
};

/// What came of computing an account's progress anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// Tasks that the log says are completed.
    pub completed: Vec<CourseKey>,
    /// Of these, those that were not stored as completed, and are now.
    pub added: Vec<CourseKey>,
    /// Tasks that were stored as completed though the log does not say so. They stay: none is ever taken away.
    pub unfounded: Vec<CourseKey>,
}

impl Courses<'_> {
    /// Computes the progress of a commerce account anew from everything that was reported of it, compares it with what is
    /// stored, and adds what is missing there. One that goes on changing meanwhile is refused with `contention`, as every
    /// change. The host's own verb.
    ///
    /// Errors: `not_found` (the account; no course is published).
    pub fn rebuild_company(&self, company: Id<Company>) -> Result<Rebuilt> {
        self.rebuilt(Account::Commerce(company))
    }

    /// The same of a partner account, and of what its clients completed for it: rebuild them first. The host's own verb.
    ///
    /// Errors: `not_found` (the account; no course is published).
    pub fn rebuild_partner(&self, partner: Id<Partner>) -> Result<Rebuilt> {
        self.rebuilt(Account::Partner(partner))
    }

    fn rebuilt(&self, account: Account) -> Result<Rebuilt> {
        for _ in 0..8 {
            self.0.view(|work| match account {
                Account::Commerce(company) => work.need(company).map(drop),
                Account::Partner(partner) => work.need(partner).map(drop),
            })?;
            self.0.move_on(account)?;
            let (newest, stored) = self.0.view(|work| {
                let Some(head) = work.get(Published::by_place(PLACE))? else { return super::record::no_course() };
                Ok((head.edition, work.need(Progress::by_account(account.id()))?))
            })?;
            let done = self.logged(account, newest)?;
            if let Some(rebuilt) = self.mended(account, newest, &stored, &done)? {
                return Ok(rebuilt);
            }
        }
        Err(Error::new(Code::Contention))
    }

    /// What the log says an account has completed, and when; `None` where it does not say when.
    fn logged(&self, account: Account, newest: i64) -> Result<BTreeMap<CourseKey, Option<Completed>>> {
        let log = self.0.log_of(account)?;
        let versions = self.0.view(|work| versions(work, newest, 0))?;
        let signals: BTreeMap<_, _> = log.iter().map(|signal: &Signal| (signal.id, signal)).collect();
        let mut done = BTreeMap::new();
        for version in &versions {
            let until = log.iter().filter(|signal| signal.edition <= version.number);
            for (key, by) in judged(&version.course, account, until).done {
                // what a version finds in signals of before was completed by moving on to it, which is no signal
                let then = signals.get(&by).filter(|signal| signal.edition == version.number);
                done.entry(key).or_insert(then.map(|signal| Completed {
                    at: signal.received,
                    by,
                    company: company(account),
                }));
            }
        }
        if let Account::Partner(partner) = account {
            for (key, completed) in self.shared_by_clients(partner)? {
                done.entry(key).or_insert(Some(completed));
            }
        }
        Ok(done)
    }

    /// What clients completed while, or before, a partner completed the course in tandem with them.
    fn shared_by_clients(&self, partner: Id<Partner>) -> Result<BTreeMap<CourseKey, Completed>> {
        let mut tandems: Vec<(Id<Company>, Option<Id<PartnerHistory>>)> = Vec::new();
        let mut paging = Some(Paging::first(500));
        while let Some(asked) = paging {
            let page = self.0.list(PartnerHistory::of_partner(partner), &asked)?;
            paging = Paging::after(&page, 500);
            for event in page.items {
                match (event.what, event.company) {
                    (PartnerEventKind::CourseEnabled, Some(company)) => tandems.push((company, None)),
                    (PartnerEventKind::CourseDisabled, Some(company)) => {
                        let open = tandems.iter_mut().rfind(|(of, ended)| *of == company && ended.is_none());
                        open.into_iter().for_each(|(_, ended)| *ended = Some(event.id));
                    }
                    _ => {}
                }
            }
        }
        let key = |(company, _): &(Id<Company>, _)| Progress::by_account(company.cast());
        let found = self.0.view(|work| work.get(tandems.iter().map(key).collect::<Vec<_>>()))?;
        let mut done = BTreeMap::new();
        for ((_, ended), progress) in tandems.into_iter().zip(found) {
            let Some(Progress { done: Done(theirs), .. }) = progress else { continue };
            // ids of one process sort as they were made
            let counted = |completed: &Completed| ended.is_none_or(|ended| completed.by.uuid() < ended.uuid());
            done.extend(theirs.into_iter().filter(|(_, completed)| counted(completed)));
        }
        Ok(done)
    }

    /// Adds what is missing in what is stored; `None` when that has changed meanwhile.
    fn mended(
        &self,
        account: Account,
        newest: i64,
        stored: &Progress,
        done: &BTreeMap<CourseKey, Option<Completed>>,
    ) -> Result<Option<Rebuilt>> {
        self.0.change(|work| {
            let (head, now) = work.get((Published::by_place(PLACE), Progress::by_account(account.id())))?;
            let Some(head) = head.filter(|head| head.edition == newest && now.as_ref() == Some(stored)) else {
                return Ok(None);
            };
            let missing = done.iter().filter(|(key, _)| !stored.done.0.contains_key(*key));
            let added: Vec<_> = missing.map(|(key, _)| key.clone()).collect();
            let unfounded = stored.done.0.keys().filter(|key| !done.contains_key(*key)).cloned().collect();
            if !added.is_empty() {
                let mut new = stored.clone();
                for key in &added {
                    // as by moving on: it counts from now on, for a partner who is in a tandem now
                    let now = Completed { at: work.now(), by: work.new_id()?, company: company(account) };
                    new.done.0.insert(key.clone(), done.get(key).copied().flatten().unwrap_or(now));
                }
                work.put(&new);
                let current = Current::of(work, &head)?;
                judge::completed(work, &new, Some(&current), &added)?;
            }
            Ok(Some(Rebuilt { completed: done.keys().cloned().collect(), added, unfounded }))
        })
    }
}

/// The commerce account that did what it completed; none of a partner's own tasks.
fn company(account: Account) -> Option<Id<Company>> {
    match account {
        Account::Commerce(company) => Some(company),
        Account::Partner(_) => None,
    }
}
