//! A handle as a binding holds it: how it is opened, what it says no to, and what it outlives.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod callbacks;
mod copies;
mod life;
mod logging;
mod opening;
mod partners;
mod refusals;
mod settings;

use std::sync::Mutex;

use handfast_contract::{
    Actor, Handle, Hashing, ManualClock, Message, Rejection, Settings, SignUp, SignedUp, StaffInput, Timestamp,
};

/// 22 November 2026, ten o'clock.
const MORNING: Timestamp = Timestamp(1_795_341_600_000);

/// Settings that hash passwords at no cost.
fn quick() -> Settings {
    Settings { hashing: Some(Hashing::InsecureForTests), ..Settings::default() }
}

fn memory() -> Handle {
    Handle::open("memory:", quick()).unwrap()
}

/// A handle in memory on a clock of its own.
fn clocked() -> (Handle, ManualClock) {
    let clock = ManualClock::new(MORNING);
    (Handle::open_with("memory:", quick(), Some(clock.clone()), None).unwrap(), clock)
}

const PASSWORD: &str = "correct horse battery staple";

fn flora() -> SignUp {
    SignUp {
        name: "Flora Export".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        admin_name: "Ada Flores".into(),
        admin_email: "ada@flora.example".into(),
        admin_password: PASSWORD.to_owned().into(),
        trial_ends: None,
        attribution: None,
    }
}

fn signed_up(handle: &Handle) -> Actor {
    let SignedUp { company, admin, .. } = handle.companies().sign_up(flora()).unwrap();
    Actor::Staff { login: admin.login, company: company.id }
}

fn max() -> StaffInput {
    StaffInput { email: "max@flora.example".into(), name: "Max Cruz".into(), role: handfast_contract::Role::Staff }
}

/// Delivers everything, and gives what arrived.
fn mails(handle: &Handle) -> Vec<Message> {
    let arrived = Mutex::new(Vec::new());
    let mailer = |message| -> Result<(), Rejection> {
        arrived.lock().unwrap().push(message);
        Ok(())
    };
    handle.mails().deliver(&mailer, 1_000).unwrap();
    arrived.into_inner().unwrap()
}

/// The token in the newest mail that has one.
fn token(handle: &Handle) -> String {
    let mails = mails(handle);
    let found = mails.iter().rev().find_map(|mail| mail.text.0.split_once('#')?.1.split_whitespace().next());
    found.unwrap().to_owned()
}
