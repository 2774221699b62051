use serde::Serialize;

use super::{
    Account, Course, CourseKey, Courses, Done, Item, Progress, Section, Side, Task, TaskCount, TaskNeed,
    certify::missing, judge::Current, record::no_course,
};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::{Company, Permission},
    error::{Code, Error, Result},
    id::Id,
    session::Session,
    value::{Name, choices},
};

choices! {
    /// How a task stands, as its tag says.
    pub enum TaskState {
        /// There is something to do.
        Task = "task",
        /// It is done.
        Completed = "completed",
    }
}

/// A course as one account sees it: the partner's e-Course page, or the commerce account's Onboarding page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoursePage {
    /// The course's title.
    pub title: String,
    /// The version of the course.
    pub version: i64,
    /// The sections, in order.
    pub sections: Vec<SectionView>,
    /// How many of the tasks on this page are completed.
    pub tasks: TaskCount,
    /// The client that the partner completes the course in tandem with; none on an onboarding page.
    pub tandem: Option<TandemView>,
}

/// The client that a partner completes the course with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TandemView {
    /// The commerce account.
    pub company: Id<Company>,
    /// How it is called.
    pub name: Name,
}

/// One section of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionView {
    /// What names it in the course.
    pub key: CourseKey,
    /// Its title.
    pub title: String,
    /// Its items, in order.
    pub items: Vec<ItemView>,
    /// What stands in the square at the bottom: what is to be done for each task of the section.
    pub directives: Vec<Directive>,
}

/// One item of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// What names it, and its task, in the course.
    pub key: CourseKey,
    /// Its title.
    pub title: String,
    /// What is to be read.
    pub text: Option<String>,
    /// The tag; none where there is nothing to do.
    pub state: Option<TaskState>,
    /// Whose task it is.
    pub side: Option<Side>,
    /// Whether the certification waits for it.
    pub need: Option<TaskNeed>,
    /// When it was completed.
    pub completed: Option<Timestamp>,
}

/// One line of the square at the bottom of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Directive {
    /// The task.
    pub task: CourseKey,
    /// What is to be done.
    pub text: String,
    /// Whether it is.
    pub state: TaskState,
}

/// Whether a partner is, or can be, certified, and what is missing if not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CanCertify {
    /// Whether every required task is completed; certified is who was that once.
    pub yes: bool,
    /// The required tasks that are not, in the order of the course.
    pub missing: Vec<MissingTask>,
}

/// A required task that is not completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingTask {
    /// The task.
    pub task: CourseKey,
    /// Whose it is.
    pub side: Side,
}

impl Courses<'_> {
    /// The partner's e-Course page, in the language of `language` (`es`, `en-US`), the partner's own when `None`. A partner
    /// who has not moved on to the present version of the course does so first.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (no course is published).
    pub fn page(&self, session_token: &str, language: Option<&str>) -> Result<CoursePage> {
        let (_, _, partner) = self.0.view(|work| Session::partner(work, session_token))?;
        let seen = self.seen(Account::Partner(partner.id))?;
        let tandem = match seen.progress.client() {
            Some(company) => {
                let company = self.0.view(|work| work.need(company))?;
                Some(TandemView { company: company.id, name: company.name })
            }
            None => None,
        };
        Ok(CoursePage { tandem, ..seen.page(None, language.unwrap_or(partner.locale.as_str())) })
    }

    /// The onboarding page of the actor's company: the course's tasks for commerce accounts, which every company has, in a
    /// tandem or not. A task that it completed shows on its partner's page alike (invariant 27). In `language` (`es`,
    /// `en-US`), the company's own when `None`. Who may: every role.
    ///
    /// Errors: `role_too_low`, `not_found` (the host names no company; no course is published).
    pub fn onboarding(&self, actor: Actor, language: Option<&str>) -> Result<CoursePage> {
        let ask = actor.company();
        let company = self.0.view(|work| work.authorised(actor, Permission::ReadCustomers, ask))?;
        let seen = self.seen(Account::Commerce(company.id))?;
        Ok(seen.page(Some(Side::Commerce), language.unwrap_or(company.locale.as_str())))
    }

    /// Whether every required task is completed, and if not, which are not: the partner is certified in the very change
    /// that completes the last.
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (no course is published).
    pub fn can_certify(&self, session_token: &str) -> Result<CanCertify> {
        let (_, _, partner) = self.0.view(|work| Session::partner(work, session_token))?;
        let Seen { course, progress, .. } = self.seen(Account::Partner(partner.id))?;
        let side = |key: &CourseKey| course.task(key).map(|task| task.side);
        let missing = missing(&course, &progress)
            .filter_map(|key| Some(MissingTask { task: key.clone(), side: side(key)? }))
            .collect::<Vec<_>>();
        Ok(CanCertify { yes: missing.is_empty(), missing })
    }

    /// An account as the present version of the course sees it. What a client did since it was published counts for the
    /// partner when the client moves on, so that both do, whoever looks first (invariant 27).
    fn seen(&self, account: Account) -> Result<Seen> {
        for _ in 0..8 {
            let seen = self.0.view(|work| {
                let Some(current) = Current::read(work)? else { return no_course() };
                let lags = |progress: &Option<Progress>| {
                    progress.as_ref().is_none_or(|progress| current.is_ahead_of(progress))
                };
                let progress = work.get(Progress::by_account(account.id()))?;
                if let Some(client) = progress.as_ref().and_then(Progress::client)
                    && lags(&work.get(Progress::by_account(client.cast()))?)
                {
                    return Ok(Err(Account::Commerce(client)));
                }
                let there = progress.filter(|progress| !current.is_ahead_of(progress)).ok_or(account);
                Ok(there.map(|progress| Seen { version: current.number, course: current.course, progress }))
            })?;
            match seen {
                Ok(seen) => return Ok(seen),
                Err(behind) => self.0.move_on(behind)?,
            }
        }
        Err(Error::new(Code::Contention))
    }
}

struct Seen {
    version: i64,
    course: std::sync::Arc<Course>,
    progress: Progress,
}

impl Seen {
    /// The page of one side's tasks, or of all.
    fn page(&self, only: Option<Side>, language: &str) -> CoursePage {
        let Seen { version, course, progress } = self;
        let shown = |task: &Task| only.is_none_or(|side| task.side == side);
        let each = course.sections.iter().map(|section| section.view(&progress.done, shown, only, language));
        let sections: Vec<_> = each.filter(|section| !section.items.is_empty()).collect();
        let states = || sections.iter().flat_map(|section| &section.directives);
        let completed = states().filter(|directive| directive.state == TaskState::Completed).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let tasks = TaskCount { completed: count(completed), total: count(states().count()) };
        let title = course.title.in_language(language).to_owned();
        CoursePage { title, version: *version, tasks, sections, tandem: None }
    }
}

impl Section {
    fn view(&self, done: &Done, shown: impl Fn(&Task) -> bool, only: Option<Side>, language: &str) -> SectionView {
        // on a page of one side, what is only to be read stands where that side has a task
        let has_task = self.items.iter().any(|item| item.task.as_ref().is_some_and(&shown));
        let here = |item: &&Item| item.task.as_ref().map_or(only.is_none() || has_task, &shown);
        let state = |item: &Item| match done.0.contains_key(&item.key) {
            true => TaskState::Completed,
            false => TaskState::Task,
        };
        let item = |item: &Item| ItemView {
            key: item.key.clone(),
            title: item.title.in_language(language).to_owned(),
            text: item.text.as_ref().map(|text| text.in_language(language).to_owned()),
            state: item.task.as_ref().map(|_| state(item)),
            side: item.task.as_ref().map(|task| task.side),
            need: item.task.as_ref().map(|task| task.need),
            completed: item.task.as_ref().and_then(|_| done.0.get(&item.key)).map(|completed| completed.at),
        };
        let directive = |item: &Item| {
            let text = item.task.as_ref()?.directive.in_language(language).to_owned();
            Some(Directive { task: item.key.clone(), text, state: state(item) })
        };
        SectionView {
            key: self.key.clone(),
            title: self.title.in_language(language).to_owned(),
            items: self.items.iter().filter(here).map(item).collect(),
            directives: self.items.iter().filter(here).filter_map(directive).collect(),
        }
    }
}
