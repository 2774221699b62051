//! What should be: plain values, and what each act makes of them.

mod course;
mod links;
mod sessions;

use std::collections::BTreeSet;

use handfast::{Code, partner::Attribution};

pub(crate) use course::Progress;
pub(crate) use links::{Link, Visit};
pub(crate) use sessions::{Context, Identity, MOST, Session};

use crate::{
    acts::{Account, Act, DEVICES, FIRST_COMPANIES},
    edition::{Edition, Fact},
    stage::Stage,
};

/// What an act answers.
pub(crate) type Answer = Result<Told, Code>;

/// What a good answer tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told {
    Done,
    /// The tasks that a fact completed.
    Completed(BTreeSet<String>),
    /// The same, or why not, of several.
    Rows(Vec<Result<BTreeSet<String>, String>>),
    /// What came of the attribution of a sign-up.
    SignedUp(Option<Attribution>),
    /// What a page says: version, completed tasks, all tasks, the client of the tandem; and the certificate's version.
    Page(usize, BTreeSet<String>, BTreeSet<String>, Option<usize>, Option<usize>),
}

/// Everything.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// What the clock shows, in milliseconds.
    pub(crate) now: u64,
    /// The versions that were published.
    pub(crate) editions: Vec<Edition>,
    /// When the first was.
    begun: Option<u64>,
    pub(crate) partners: Vec<Partner>,
    pub(crate) companies: Vec<Company>,
    /// Every session that ever was.
    pub(crate) sessions: Vec<Session>,
    /// Which of them each device holds.
    pub(crate) devices: Vec<usize>,
    /// Every visit that ever was.
    pub(crate) visits: Vec<Visit>,
    /// Whose referral link was opened last, and when.
    opened: Option<(usize, u64)>,
    /// Accounts that were found behind by what is done just now.
    behind: Vec<Account>,
}

/// A partner account and its owner.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partner {
    pub(crate) suspended: bool,
    /// Since when two-factor is on.
    pub(crate) factor: Option<u64>,
    /// Grows when the owner is signed out everywhere.
    era: u32,
    pub(crate) progress: Progress,
    /// The version it was certified by.
    pub(crate) certified: Option<usize>,
    pub(crate) opened: i64,
    pub(crate) referred: i64,
}

/// A commerce account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Company {
    pub(crate) link: Option<Link>,
    pub(crate) progress: Progress,
}

/// How long a session lasts, and how long it lasts unused.
pub(crate) const DAY: u64 = 24 * HOUR;
pub(crate) const HOUR: u64 = 60 * 60_000;
/// How long a code of the app is shown.
const STEP: u64 = 30_000;

impl Model {
    /// What the stage holds.
    pub(crate) fn new(stage: &Stage) -> Self {
        let careful = |since: &u64| Partner { factor: Some(*since), ..Partner::default() };
        let partners = stage.factors.iter().map(careful).collect();
        let mut model = Model {
            now: stage.now,
            editions: Vec::new(),
            begun: None,
            partners,
            companies: vec![Company::default(); FIRST_COMPANIES],
            sessions: Vec::new(),
            devices: (0..DEVICES).collect(),
            visits: Vec::new(),
            opened: None,
            behind: Vec::new(),
        };
        for (device, (_, began)) in stage.devices.iter().enumerate() {
            let session = model.begun(device / 2, *began);
            model.sessions.push(session);
        }
        model
    }

    /// What an act answers, once it is done.
    pub(crate) fn act(&mut self, act: &Act) -> Answer {
        let answer = self.acted(act);
        self.move_on_those_behind();
        answer
    }

    /// Who was found behind moves on once what found it so is done.
    pub(super) fn move_on_those_behind(&mut self) {
        std::mem::take(&mut self.behind).into_iter().for_each(|account| self.move_on(account));
    }

    fn acted(&mut self, act: &Act) -> Answer {
        let done = |result: Result<(), Code>| result.map(|()| Told::Done);
        match act {
            Act::Rest => done(Ok(())),
            Act::Later(minutes) => {
                self.now += minutes * 60_000;
                done(Ok(()))
            }
            Act::Designate(company, partner) => done(self.designate(self.company(*company), *partner)),
            Act::Clear(company) => done(self.clear(self.company(*company))),
            Act::Open(partner) => done(self.open(*partner)),
            Act::SignUp => Ok(Told::SignedUp(self.sign_up())),
            Act::Enable(device, company) => done(self.enable(self.devices[*device], self.company(*company))),
            Act::Signal(report) => self.signal(report).map(Told::Completed),
            Act::SignalMany(reports) => Ok(Told::Rows(self.signal_many(reports))),
            Act::Publish(edition) => {
                self.begun.get_or_insert(self.now);
                self.editions.push(*edition);
                done(Ok(()))
            }
            Act::PublishAgain(before) => match self.editions.len().saturating_sub(*before) {
                0 => done(Ok(())),
                _ => done(if *before == 0 { Ok(()) } else { Err(Code::OlderCourse) }),
            },
            Act::Look(device) => self.look(self.devices[*device]),
            Act::Onboard(company) => self.onboard(self.company(*company)),
            Act::LogIn(device, company) => {
                let session = self.devices[*device];
                let entered = self.log_in(session, self.company(*company));
                // the real one looks who it is then, which is noted
                done(entered.and_then(|()| self.resolve(session).map(drop)))
            }
            Act::Use(visit) => done(self.used(*visit).map(drop)),
            Act::Change(visit) => done(self.change(*visit)),
            Act::EndVisit(visit) => done(self.end_visit(*visit)),
            Act::Switch(device, identity) => done(self.switch(self.devices[*device], *identity)),
            Act::SignOut(device, identity) => done(self.sign_out(self.devices[*device], *identity)),
            Act::SignIn(device) => {
                self.code_was_used(device / 2);
                let session = self.begun(device / 2, self.now);
                self.devices[*device] = self.sessions.len();
                self.sessions.push(session);
                done(Ok(()))
            }
            Act::Add(device) => done(self.add(self.devices[*device], 1 - device / 2)),
            Act::EndOthers(device) => done(self.end_others(self.devices[*device])),
            Act::On(device) => done(self.on(self.devices[*device])),
            Act::Off(device) => done(self.off(self.devices[*device])),
            Act::Remove(partner) => done(self.remove(*partner)),
            Act::Suspend(partner) | Act::Restore(partner) => {
                self.partners[*partner].suspended = matches!(act, Act::Suspend(_));
                done(Ok(()))
            }
        }
    }

    /// Companies first: what they complete counts for partners.
    pub(crate) fn accounts(&self) -> Vec<Account> {
        let companies = (0..self.companies.len()).map(Account::Company);
        companies.chain((0..self.partners.len()).map(Account::Partner)).collect()
    }

    pub(crate) fn company(&self, number: usize) -> usize {
        number % self.companies.len()
    }

    pub(crate) fn progress(&mut self, account: Account) -> &mut Progress {
        match account {
            Account::Partner(partner) => &mut self.partners[partner].progress,
            Account::Company(company) => &mut self.companies[company].progress,
        }
    }

    /// A fact of these fields, under the version that counts now.
    fn fact(&self, name: &str, fields: &[(&'static str, String)]) -> Fact {
        Fact { name: name.to_owned(), fields: fields.iter().cloned().collect(), edition: self.editions.len() }
    }

    /// The same code of an app opens nothing twice: whoever gave one waits for the next.
    fn code_was_used(&mut self, partner: usize) {
        if self.partners[partner].factor.is_some() {
            self.now += STEP;
        }
    }
}
