//! Facts, tasks, tandem, certificate. What is done is a function of the log: every version of the course that an account
//! has come to adds the tasks that the log up to that version fulfils.

use std::collections::{BTreeMap, BTreeSet};

use handfast::Code;

use super::{Model, Told};
use crate::{
    acts::{Account, Report},
    edition::{Fact, Rule, Side},
};

/// How far an account has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// Whether anything is stored of it.
    pub(crate) is_kept: bool,
    /// The version it has come to.
    pub(crate) edition: usize,
    pub(crate) log: Vec<Fact>,
    /// Facts since it fell behind.
    pub(crate) waiting: i64,
    pub(crate) done: BTreeSet<&'static str>,
    /// The company of a partner's tandem, the partner of a company's.
    pub(crate) tandem: Option<usize>,
    /// What was answered under a key, and to what.
    answers: BTreeMap<u8, (Report, BTreeSet<String>)>,
    /// What was told of before the course, so that it is told once.
    known: BTreeSet<String>,
}

impl Model {
    fn rules(&self, version: usize, side: Side) -> Vec<Rule> {
        let tasks = version.checked_sub(1).map(|at| self.editions[at].tasks());
        tasks.into_iter().flatten().map(|(rule, _)| rule).filter(|rule| rule.side == side).collect()
    }

    /// How far the tasks of an account are that are begun and not done, by the newest version.
    pub(crate) fn tallies(&self, account: Account, progress: &Progress) -> BTreeMap<&'static str, usize> {
        let newest = self.editions.len();
        let open = self.rules(newest, side(account)).into_iter().filter(|rule| !progress.done.contains(rule.key));
        open.map(|rule| (rule.key, rule.counted(&progress.log, newest))).filter(|(_, count)| *count > 0).collect()
    }

    /// The tasks of an account by the newest version, and those of them that it has done.
    pub(crate) fn page(&self, side: Option<Side>, progress: &Progress) -> (BTreeSet<String>, BTreeSet<String>) {
        let tasks = self.editions.last().into_iter().flat_map(|edition| edition.tasks()).map(|(rule, _)| rule);
        let all = tasks.filter(|rule| side.is_none_or(|side| rule.side == side)).map(|rule| rule.key.to_owned());
        let all: BTreeSet<_> = all.collect();
        (all.iter().filter(|key| progress.done.contains(key.as_str())).cloned().collect(), all)
    }

    /// A fact of the library's own: nobody hears of it before there is a course.
    pub(super) fn note(&mut self, account: Account, name: &str, fields: &[(&'static str, String)]) {
        if !self.editions.is_empty() {
            let fact = self.fact(name, fields);
            self.judge(account, vec![fact]);
        }
    }

    /// Writes facts down; gives what each completed.
    fn judge(&mut self, account: Account, facts: Vec<Fact>) -> Vec<BTreeSet<&'static str>> {
        let newest = self.editions.len();
        let rules = self.rules(newest, side(account));
        if self.progress(account).edition < newest {
            self.behind.push(account);
        }
        let progress = self.progress(account);
        progress.is_kept = true;
        let mut answers = Vec::new();
        for fact in facts {
            progress.log.push(fact);
            if newest == 0 || progress.edition < newest {
                progress.waiting += 1;
                answers.push(BTreeSet::new());
                continue;
            }
            let done = rules.iter().filter(|rule| rule.is_done(&progress.log, newest)).map(|rule| rule.key);
            let fresh: BTreeSet<_> = done.filter(|key| !progress.done.contains(key)).collect();
            progress.done.extend(&fresh);
            answers.push(fresh);
        }
        self.follow(account, answers.iter().any(|fresh| !fresh.is_empty()));
        answers
    }

    /// What a company completes counts for its partner; a partner with nothing missing is certified.
    fn follow(&mut self, account: Account, fresh: bool) {
        match account {
            Account::Partner(partner) => self.certify(partner),
            Account::Company(company) => {
                if let Some(partner) = self.companies[company].progress.tandem.filter(|_| fresh) {
                    self.share(partner, company);
                }
            }
        }
    }

    fn share(&mut self, partner: usize, company: usize) {
        let done = self.companies[company].progress.done.clone();
        self.partners[partner].progress.done.extend(done);
        self.certify(partner);
    }

    fn certify(&mut self, partner: usize) {
        let Some(newest) = self.editions.last() else { return };
        let own = &self.partners[partner].progress.done;
        let missing = newest.tasks().any(|(rule, optional)| !optional && !own.contains(rule.key));
        if !missing {
            self.partners[partner].certified.get_or_insert(self.editions.len());
        }
    }

    /// Brings an account to the newest version.
    pub(crate) fn move_on(&mut self, account: Account) {
        let newest = self.editions.len();
        if self.progress(account).edition >= newest {
            return;
        }
        if self.progress(account).edition == 0 {
            self.tell_what_is_known(account);
        }
        let mut fresh = false;
        for version in self.progress(account).edition + 1..=newest {
            let rules = self.rules(version, side(account));
            let progress = self.progress(account);
            let done: Vec<_> = rules.iter().filter(|rule| rule.is_done(&progress.log, version)).collect();
            for rule in done {
                fresh |= progress.done.insert(rule.key);
            }
        }
        let progress = self.progress(account);
        (progress.is_kept, progress.edition, progress.waiting) = (true, newest, 0);
        self.follow(account, fresh);
    }

    /// What an account was before the first version counts too.
    fn tell_what_is_known(&mut self, account: Account) {
        let begun = self.begun.unwrap_or_default();
        let mut told: Vec<(String, Fact)> = Vec::new();
        let mut tell = |of: String, name: &str, fields: &[(&'static str, String)]| {
            let fields = fields.iter().cloned().collect();
            told.push((format!("{name} {of}"), Fact { name: name.to_owned(), fields, edition: 0 }));
        };
        match account {
            Account::Company(company) => {
                tell(String::new(), "company_signed_up", &[]);
                if let Some(link) =
                    self.companies[company].link.as_ref().filter(|link| link.is_live && link.since < begun)
                {
                    tell(String::new(), "partner_linked", &[("origin", link.origin.as_str().to_owned())]);
                }
            }
            Account::Partner(partner) => {
                tell(String::new(), "partner_signed_up", &[]);
                if self.partners[partner].factor.is_some_and(|since| since < begun) {
                    tell(String::new(), "two_factor_enabled", &[]);
                }
                for (at, company) in self.companies.iter().enumerate() {
                    let live = company.link.as_ref().filter(|link| link.leads_to(partner) && link.since < begun);
                    if live.is_some() {
                        tell(at.to_string(), "client_linked", &[("company", at.to_string())]);
                    }
                }
            }
        }
        let progress = self.progress(account);
        for (key, fact) in told {
            if progress.known.insert(key) {
                progress.log.push(fact);
            }
        }
    }

    /// An account that signs up begins with the version of the day.
    pub(super) fn begin(&mut self, account: Account) {
        let newest = self.editions.len();
        let progress = self.progress(account);
        (progress.is_kept, progress.edition) = (newest > 0, newest);
    }

    pub(super) fn signal(&mut self, report: &Report) -> Result<BTreeSet<String>, Code> {
        let code = |code: String| if code == Code::NotFound.as_str() { Code::NotFound } else { Code::KeyReused };
        self.signal_many(std::slice::from_ref(report)).remove(0).map_err(code)
    }

    pub(super) fn signal_many(&mut self, reports: &[Report]) -> Vec<Result<BTreeSet<String>, String>> {
        let is_there = |report: &&Report| match report.account {
            Account::Company(company) => company < self.companies.len(),
            Account::Partner(_) => true,
        };
        // everyone who is behind moves on before anything is judged
        let mut behind: Vec<_> = reports.iter().filter(is_there).map(|report| report.account).collect();
        behind.sort_by_key(|account| match account {
            Account::Partner(partner) => (0, *partner),
            Account::Company(company) => (1, *company),
        });
        behind.into_iter().for_each(|account| self.move_on(account));
        let mut rows = Vec::new();
        for report in reports {
            let account = match report.account {
                Account::Company(company) if company >= self.companies.len() => {
                    rows.push(Err(Code::NotFound.to_string()));
                    continue;
                }
                account => account,
            };
            if let Some((first, answer)) = self.progress(account).answers.get(&report.key) {
                rows.push(if first == report { Ok(answer.clone()) } else { Err(Code::KeyReused.to_string()) });
                continue;
            }
            let lesson = report.lesson.map(|lesson| ("lesson", lesson.to_string()));
            let fact = self.fact(report.name, lesson.as_slice());
            let completed: BTreeSet<_> = self.judge(account, vec![fact]).concat_all();
            self.progress(account).answers.insert(report.key, (report.clone(), completed.clone()));
            rows.push(Ok(completed));
        }
        rows
    }

    pub(super) fn enable(&mut self, session: usize, company: usize) -> Result<(), Code> {
        let partner = self.partner(session)?;
        if !self.companies[company].link.as_ref().is_some_and(|link| link.leads_to(partner)) || self.editions.is_empty()
        {
            return Err(Code::NotFound);
        }
        self.move_on(Account::Partner(partner));
        self.move_on(Account::Company(company));
        let former = self.partners[partner].progress.tandem;
        if former == Some(company) {
            return Ok(());
        }
        if let Some(former) = former {
            self.move_on(Account::Company(former));
            self.companies[former].progress.tandem = None;
        }
        self.partners[partner].progress.tandem = Some(company);
        self.companies[company].progress.tandem = Some(partner);
        self.share(partner, company);
        self.note(Account::Partner(partner), "course_enabled", &[("company", company.to_string())]);
        Ok(())
    }

    /// A tandem ends with the link it rests on.
    pub(super) fn part(&mut self, partner: usize, company: usize) {
        if self.partners[partner].progress.tandem == Some(company) {
            self.partners[partner].progress.tandem = None;
            self.companies[company].progress.tandem = None;
        }
    }

    pub(super) fn look(&mut self, session: usize) -> super::Answer {
        let partner = self.partner(session)?;
        if self.editions.is_empty() {
            return Err(Code::NotFound);
        }
        self.move_on(Account::Partner(partner));
        if let Some(client) = self.partners[partner].progress.tandem {
            self.move_on(Account::Company(client));
        }
        let Progress { tandem, .. } = self.partners[partner].progress;
        let (done, all) = self.page(None, &self.partners[partner].progress);
        Ok(Told::Page(self.editions.len(), done, all, tandem, self.partners[partner].certified))
    }

    pub(super) fn onboard(&mut self, company: usize) -> super::Answer {
        if self.editions.is_empty() {
            return Err(Code::NotFound);
        }
        self.move_on(Account::Company(company));
        let (done, all) = self.page(Some(Side::Commerce), &self.companies[company].progress);
        Ok(Told::Page(self.editions.len(), done, all, None, None))
    }

    /// Looking at the clients is a fact while a task waits for it.
    pub(crate) fn clients_viewed(&mut self, partner: usize) {
        let rules = self.rules(self.editions.len(), Side::Partner);
        let progress = &self.partners[partner].progress;
        let waits = |rule: &Rule| rule.signal == "clients_viewed" && !progress.done.contains(rule.key);
        if progress.is_kept && rules.iter().any(waits) {
            self.note(Account::Partner(partner), "clients_viewed", &[]);
            self.move_on_those_behind();
        }
    }
}

fn side(account: Account) -> Side {
    match account {
        Account::Partner(_) => Side::Partner,
        Account::Company(_) => Side::Commerce,
    }
}

/// All of several sets as owned texts.
trait ConcatAll {
    fn concat_all(self) -> BTreeSet<String>;
}

impl ConcatAll for Vec<BTreeSet<&'static str>> {
    fn concat_all(self) -> BTreeSet<String> {
        self.into_iter().flatten().map(str::to_owned).collect()
    }
}
