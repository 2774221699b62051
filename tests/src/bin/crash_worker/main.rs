//! A process to be killed: works on a database with several threads, and says what the library has promised, a line for
//! each thing, after the verb has returned. It ends only when it is killed, or fails.
//!
//! `crash_worker work FOLDER COMPANY SLUG NAME FIRST`: brings in buyers, staff and partners by numbers from FIRST on, for
//! ever, in the database that the folder names. `host` with the same words does all other operations besides.
//! `crash_worker open DB`: opens the file, says `open`, and ends when its input does.
//! `crash_worker add DB COMPANY`: adds a price type for each line of input, and says how many there are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a worker fails by panicking")]

mod buyers;
mod partners;
mod people;
mod rivals;
mod staff;
mod verbs;

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use handfast::{
    Actor, Clock as _, Code, Handfast, Id, Result, SystemClock, company::Company, mail::Message, store::Paging,
};
use handfast_tests::{Mailbox, World, number_from, open_file, open_shop};

/// Threads that bring buyers in.
const BUYERS: u64 = 3;
/// Threads of a host that do every verb of a company's side, each at a company of its own. With one that races with other
/// hosts, and one for what persons, users and partners do, a host has nine.
const VERBS: u64 = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // a thread that fails ends the process, so that whoever started it can tell
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // nobody may be listening any more
        let _ = writeln!(io::stdout(), "failed");
        report(panic);
        process::exit(101);
    }));
    match arguments[..] {
        ["work", folder, company, slug, name, first] => {
            work(&Worker::new(folder, company, slug, name), first.parse().unwrap(), false);
        }
        ["host", folder, company, slug, name, first] => {
            // other hosts count, too
            number_from(u64::from(process::id()) << 24);
            work(&Worker::new(folder, company, slug, name), first.parse().unwrap(), true);
        }
        ["open", path] => open(path),
        ["add", path, company] => add(path, company.parse().unwrap()),
        _ => panic!("not understood: {arguments:?}"),
    }
}

/// What all threads work with.
struct Worker {
    folder: PathBuf,
    world: World,
    handfast: Handfast,
    company: Id<Company>,
    slug: String,
    /// Unlike that of any other worker.
    name: String,
    numbers: AtomicU64,
}

impl Worker {
    fn new(folder: &str, company: &str, slug: &str, name: &str) -> Self {
        let handfast = open_shop(Path::new(folder)).unwrap();
        let mailbox = Mailbox::at(&Path::new(folder).join("mail"));
        let (library, box_of_all) = (handfast.clone(), mailbox.clone());
        let world = World::among_others(handfast.clone(), mailbox, move || deliver(&library, &box_of_all));
        let (company, slug, name) = (company.parse().unwrap(), slug.to_owned(), name.to_owned());
        Worker { folder: folder.into(), world, handfast, company, slug, name, numbers: AtomicU64::new(1) }
    }

    fn host(&self) -> Actor {
        Actor::host(self.company)
    }

    /// A name that nothing else has.
    fn new_name(&self) -> String {
        format!("{}-{}", self.name, self.numbers.fetch_add(1, Ordering::Relaxed))
    }
}

/// Delivers some of what is in the outbox into the mailbox.
fn deliver(handfast: &Handfast, mailbox: &Mailbox) {
    let delivered = Mutex::new(Vec::new());
    // it is taken after this and before it is handed over
    let before = SystemClock.now().millis();
    let mailer = |message: &Message| {
        say(&format!("handed {} {before} {}", message.id, SystemClock.now().millis()));
        mailbox.put(message);
        delivered.lock().unwrap().push(message.id.clone());
        Ok(())
    };
    let deliver = || {
        // of a call that fails nobody knows which were noted
        delivered.lock().unwrap().clear();
        handfast.mails().deliver(&mailer, 20)
    };
    assert_eq!(insist(deliver).unwrap().failures, []);
    delivered.into_inner().unwrap().iter().for_each(|mail| say(&format!("sent {mail}")));
}

/// Says a line at once and as a whole: it is shorter than what a pipe takes in one piece.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Calls a verb again while another process is in its way.
fn insist<T>(verb: impl Fn() -> Result<T>) -> Result<T> {
    loop {
        match verb() {
            Err(error) if matches!(error.code(), Code::Contention | Code::StoreBusy) => {}
            done => return done,
        }
    }
}

fn work(worker: &Worker, first: u64, is_host: bool) {
    say("begun");
    thread::scope(|scope| {
        for first in first..first + BUYERS {
            let numbers = (first..u64::MAX).step_by(BUYERS as usize);
            scope.spawn(move || numbers.for_each(|number| buyers::bring_one(worker, number)));
        }
        scope.spawn(move || (first..u64::MAX).for_each(|number| staff::bring_one(worker, number)));
        scope.spawn(move || (first..u64::MAX).for_each(|number| partners::bring_one(worker, number)));
        if is_host {
            for begin in 0..VERBS {
                scope.spawn(move || verbs::go_round(worker, first * VERBS + begin));
            }
            scope.spawn(move || rivals::contend(worker, first));
            scope.spawn(move || (first..u64::MAX).for_each(|number| people::bring_one(worker, number)));
        }
    });
}

fn open(path: &str) {
    let _open = open_file(Path::new(path)).unwrap();
    say("open");
    io::stdin().lines().for_each(drop);
}

fn add(path: &str, company: Id<Company>) {
    let (handfast, host) = (open_file(Path::new(path)).unwrap(), Actor::host(company));
    for name in io::stdin().lines() {
        handfast.price_types().add(host, &name.unwrap()).unwrap();
        say(&handfast.price_types().list(host, &Paging::first(500)).unwrap().items.len().to_string());
    }
}
