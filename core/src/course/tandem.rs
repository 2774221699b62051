//! Which commerce account a partner completes the course with.

use serde::Serialize;

use super::{
    Account, Courses, Fields, Progress,
    judge::{self, Current, note},
    move_on::Decided,
    record::no_course,
};
use crate::{
    company::Company,
    error::Result,
    id::Id,
    partner::{About, Designation, Partner, PartnerEventKind},
    session::Session,
    work::Work,
};

/// How many tasks there are, and how many are completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TaskCount {
    /// Completed.
    pub completed: u32,
    /// All.
    pub total: u32,
}

impl Courses<'_> {
    /// Completes the course in tandem with one client from now on: its tasks count for the partner, those that it has
    /// completed before at once. One client at a time (invariant 25); what another completed until now stays completed.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (no client; no course is published).
    pub fn enable(&self, session_token: &str, company: Id<Company>) -> Result<()> {
        self.0.change_up_to_date(|work| enabled(work, session_token, company))
    }
}

fn enabled(work: &mut Work<'_>, session_token: &str, company: Id<Company>) -> Result<Decided<()>> {
    let (_, login, partner) = Session::partner(work, session_token)?;
    Designation::of_client(work.get(Designation::by_company(company))?, &partner)?;
    let Some(current) = Current::read(work)? else { return no_course() };
    let own = Account::Partner(partner.id);
    let progress = |account: Account| Progress::by_account(account.id());
    let (mine, theirs) = work.get((progress(own), progress(Account::Commerce(company))))?;
    let former = mine.as_ref().and_then(Progress::client).filter(|former| *former != company);
    let before = former.map(|former| work.need(progress(Account::Commerce(former)))).transpose()?;
    let lags = |account: Account, progress: Option<&Progress>| {
        progress.is_none_or(|progress| current.is_ahead_of(progress)).then_some(account)
    };
    let behind = [
        lags(own, mine.as_ref()),
        lags(Account::Commerce(company), theirs.as_ref()),
        former.and_then(|former| lags(Account::Commerce(former), before.as_ref())),
    ];
    let behind: Vec<_> = behind.into_iter().flatten().collect();
    let (Some(mine), Some(theirs), true) = (mine, theirs, behind.is_empty()) else {
        return Ok(Decided::Behind(behind));
    };
    if mine.client() == Some(company) {
        return Ok(Decided::Done(()));
    }
    if let Some(before) = before {
        work.put(&Progress { tandem: None, ..before });
        let about = About { company: former, ..About::default() };
        work.partner_event(partner.id, PartnerEventKind::CourseDisabled, about.by(Some(login.id)))?;
    }
    let theirs = Progress { tandem: Some(partner.id.cast()), ..theirs };
    work.put(&theirs);
    work.put(&Progress { tandem: Some(company.cast()), ..mine });
    let about = About::company(company).by(Some(login.id));
    work.partner_event(partner.id, PartnerEventKind::CourseEnabled, about)?;
    judge::share(work, partner.id, &theirs, Some(&current))?;
    note(work, own, "course_enabled", Fields::of([("company", company.to_string().as_str())]))?;
    Ok(Decided::Done(()))
}

/// Ends the tandem of a partner and a commerce account that designates it no longer; what is completed stays.
pub(crate) fn part(work: &mut Work<'_>, partner: Id<Partner>, company: Id<Company>) -> Result<()> {
    let keys = (Progress::by_account(partner.cast()), Progress::by_account(company.cast()));
    if let (Some(mine), Some(theirs)) = work.get(keys)?
        && mine.client() == Some(company)
    {
        work.put(&Progress { tandem: None, ..mine });
        work.put(&Progress { tandem: None, ..theirs });
        work.partner_event(partner, PartnerEventKind::CourseDisabled, About::company(company))?;
    }
    Ok(())
}

/// How far commerce accounts have come, and the partners that they work in tandem with.
pub(crate) fn counts(work: &mut Work<'_>, companies: &[Id<Company>]) -> Result<Vec<(TaskCount, Option<Id<Partner>>)>> {
    let Some(current) = Current::read(work)? else { return Ok(vec![Default::default(); companies.len()]) };
    let keys: Vec<_> = companies.iter().map(|company| Progress::by_account(company.cast())).collect();
    let found = work.get(keys)?;
    let nothing = Progress::new(work, Account::Commerce(Id::first_at(work.now())))?;
    let count = |progress: Option<Progress>| {
        let progress = progress.unwrap_or_else(|| nothing.clone());
        (TaskCount::of(progress.tasks_done(&current.course)), progress.partner())
    };
    Ok(found.into_iter().map(count).collect())
}

impl TaskCount {
    pub(super) fn of((completed, total): (u32, u32)) -> Self {
        TaskCount { completed, total }
    }
}
