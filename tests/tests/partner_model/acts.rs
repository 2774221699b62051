use proptest::prelude::*;

use crate::edition::{Edition, edition};

/// Partner accounts.
pub(crate) const PARTNERS: usize = 2;
/// Companies that are there from the beginning; others sign up.
pub(crate) const FIRST_COMPANIES: usize = 3;
/// All companies that there may be.
pub(crate) const COMPANIES: usize = 5;
/// Devices on which partners sign in: the owner of account `device / 2` begins a session.
pub(crate) const DEVICES: usize = 4;

/// Something that somebody does. Numbers beyond what is there are taken modulo it, so that any act may be left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// Nothing: what shorter sequences are filled with.
    Rest,
    /// Time passes, in minutes.
    Later(u64),
    /// An Admin of a company pastes the number of a partner.
    Designate(usize, usize),
    /// An Admin of a company takes it out again.
    Clear(usize),
    /// A visitor opens the referral link of a partner, and keeps the attribution.
    Open(usize),
    /// The next company signs up, with the attribution if there is one.
    SignUp,
    /// A partner completes the course with a company from now on.
    Enable(usize, usize),
    /// The host reports a fact.
    Signal(Report),
    /// The host reports several at once.
    SignalMany(Vec<Report>),
    /// The host publishes a next version.
    Publish(Edition),
    /// The host publishes the version of then once more: the newest, or the one before.
    PublishAgain(usize),
    /// A partner looks at the course and its certificate.
    Look(usize),
    /// A company looks at its onboarding page.
    Onboard(usize),
    /// One click.
    LogIn(usize, usize),
    /// Somebody uses what a visit gave, now or long after.
    Use(usize),
    /// The same, to change something.
    Change(usize),
    /// An Admin of the company ends a visit.
    EndVisit(usize),
    /// The session goes on as another of its identities.
    Switch(usize, usize),
    /// The session gives one of its identities up; without one it ends.
    SignOut(usize, Option<usize>),
    /// Somebody signs in on the device anew.
    SignIn(usize),
    /// The owner of the other partner account signs in within the session.
    Add(usize),
    /// The person signs out everywhere else.
    EndOthers(usize),
    /// The person turns two-factor on.
    On(usize),
    /// The person turns it off.
    Off(usize),
    /// The host turns it off.
    Remove(usize),
    Suspend(usize),
    Restore(usize),
}

/// A fact that the host reports.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Report {
    pub(crate) account: Account,
    pub(crate) name: &'static str,
    /// What it says of `lesson`, if it does.
    pub(crate) lesson: Option<u8>,
    /// Its idempotency key: few, so that they come again, with the same fact or with another.
    pub(crate) key: u8,
}

/// An account that a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    Partner(usize),
    Company(usize),
}

/// Any act, so often that sequences come far.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    let (partner, company, device) = (0..PARTNERS, 0..COMPANIES, 0..DEVICES);
    let often = prop_oneof![
        1 => Just(Act::Rest),
        6 => (company.clone(), partner.clone()).prop_map(|(company, partner)| Act::Designate(company, partner)),
        6 => (device.clone(), company.clone()).prop_map(|(device, company)| Act::Enable(device, company)),
        10 => report().prop_map(Act::Signal),
        2 => prop::collection::vec(report(), 1..6).prop_map(Act::SignalMany),
        3 => edition().prop_map(Act::Publish),
        8 => (device.clone(), company.clone()).prop_map(|(device, company)| Act::LogIn(device, company)),
        3 => (0..9_usize).prop_map(Act::Use),
        2 => (0..9_usize).prop_map(Act::Change),
        4 => (device.clone(), 0..4_usize).prop_map(|(device, identity)| Act::Switch(device, identity)),
        4 => device.clone().prop_map(Act::SignIn),
        3 => device.clone().prop_map(Act::Look),
        2 => company.clone().prop_map(Act::Onboard),
    ];
    let seldom = prop_oneof![
        3 => prop::sample::select(vec![1, 4, 4, 20, 20, 45, 59, 12 * 60, 31 * 24 * 60]).prop_map(Act::Later),
        3 => company.prop_map(Act::Clear),
        2 => partner.clone().prop_map(Act::Open),
        3 => Just(Act::SignUp),
        1 => (0..2_usize).prop_map(Act::PublishAgain),
        3 => (0..9_usize).prop_map(Act::EndVisit),
        3 => (device.clone(), prop::option::weighted(0.8, 0..4_usize)).prop_map(|(at, which)| Act::SignOut(at, which)),
        3 => device.clone().prop_map(Act::Add),
        1 => device.clone().prop_map(Act::EndOthers),
        3 => device.clone().prop_map(Act::On),
        2 => device.prop_map(Act::Off),
        1 => partner.clone().prop_map(Act::Remove),
        2 => partner.clone().prop_map(Act::Suspend),
        3 => partner.prop_map(Act::Restore),
    ];
    prop_oneof![3 => often, 1 => seldom]
}

fn report() -> impl Strategy<Value = Report> {
    let account = prop_oneof![(0..PARTNERS).prop_map(Account::Partner), (0..COMPANIES).prop_map(Account::Company),];
    let names = prop::sample::select(vec!["lesson_read", "order_placed"]);
    (account, names, prop::option::weighted(0.8, 0..3_u8), 0..12_u8).prop_map(|(account, name, lesson, key)| Report {
        account,
        name,
        lesson,
        key,
    })
}
