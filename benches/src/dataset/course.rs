//! A course of 50 tasks, and accounts that are in the middle of it.

use std::{collections::BTreeMap, fmt::Write as _, ops::Range};

use handfast::{
    Id, Timestamp,
    course::{Completed, CourseKey, Done, Progress, Side, Tallies},
};

use crate::Result;

/// Tasks of the partner, all completed: what measures them is how the course goes on beside the daily work.
const OF_PARTNER: Range<u64> = 0..10;
/// Tasks of a commerce account that are completed.
const COMPLETED: Range<u64> = 10..20;
/// Tasks of a commerce account that wait for many signals each.
const OPEN: Range<u64> = 20..50;
/// The most that a task can wait for: none is completed while signals are counted.
const COUNT: u64 = 10_000;
/// The version of the course.
const EDITION: i64 = 1;

/// What partners do that the library reports, and that tasks of the partner have waited for.
const NOTICED: [&str; 2] = ["client_logged_in", "clients_viewed"];

fn key(task: u64) -> String {
    format!("task-{task:02}")
}

/// A signal that an open task counts.
pub(crate) fn signal(number: u64) -> String {
    format!("shop.step_{}", OPEN.start + number % (OPEN.end - OPEN.start))
}

/// The course as it is published.
pub(super) fn source() -> Result<String> {
    let mut text = String::from("key = \"measured\"\nversion = 1\ntitle = { en = \"Measured\" }\n");
    for task in 0..OPEN.end {
        if task % 10 == 0 {
            let name = task / 10;
            writeln!(text, "[[sections]]\nkey = \"part-{name}\"\ntitle = {{ en = \"Part {name}\" }}")?;
        }
        let side = if OF_PARTNER.contains(&task) { Side::Partner } else { Side::Commerce };
        let noticed = NOTICED.get(task as usize).filter(|_| side == Side::Partner);
        let signal = noticed.map_or_else(|| format!("shop.step_{task}"), |name| (*name).to_owned());
        let count = if OPEN.contains(&task) { COUNT } else { 1 };
        writeln!(
            text,
            "[[sections.items]]\nkey = \"{}\"\ntitle = {{ en = \"Step {task}\" }}\n[sections.items.task]\n\
             side = \"{}\"\nsignal = \"{signal}\"\ncount = {count}\ndirective = {{ en = \"Do this\" }}",
            key(task),
            side.as_str(),
        )?;
    }
    Ok(text)
}

/// How far a commerce account has come: ten tasks are completed, thirty are open.
pub(super) fn in_the_middle(id: Id<Progress>, account: Id<()>, at: Timestamp) -> Result<Progress> {
    Ok(Progress {
        id,
        account,
        side: Side::Commerce,
        edition: EDITION,
        done: done(COMPLETED, account, at)?,
        tallies: Tallies::default(),
        tandem: None,
        waiting: 0,
    })
}

/// What the partner has completed: all of its own tasks.
pub(super) fn of_partner(partner: Id<()>, at: Timestamp) -> Result<Done> {
    done(OF_PARTNER, partner, at)
}

fn done(tasks: Range<u64>, account: Id<()>, at: Timestamp) -> Result<Done> {
    let company = (tasks != OF_PARTNER).then(|| account.cast());
    let completed = |task: u64| Ok((CourseKey::parse(&key(task))?, Completed { at, by: account.cast(), company }));
    Ok(Done(tasks.map(completed).collect::<Result<BTreeMap<_, _>>>()?))
}
