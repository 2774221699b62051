//! Many hosts on one database: four processes of nine threads each do all operations, and one process after the other is
//! killed and started again.
//!
//! `HANDFAST_HOSTS=200 cargo test -p handfast-tests --test crash hosts` kills more than the 12 of a usual run.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    env, thread,
    time::Duration,
};

use handfast_postgres_server::{Safety, Server};
use handfast_tests::is_left_out;

use crate::{between, doomed::Doomed, shop::Shop, table};

/// Processes at once.
const HOSTS: usize = 4;
/// More kills than it takes until every operation was done, on the slowest machine.
const ENOUGH: usize = 100;
/// What a mail is taken for, in milliseconds; see `handfast_tests::open_shop`.
const LEASE: i64 = 10_000;

#[test]
fn many_hosts_keep_their_promises_and_the_rules_while_they_are_killed() {
    if is_left_out() {
        return;
    }
    let kills = env::var("HANDFAST_HOSTS").map_or(12, |kills| kills.parse().expect("a number"));
    // a process that is killed takes nothing along that the server has confirmed, also where that waits for no disk
    let server = Server::start(Safety::Fast);
    let mut shop = Shop::at(&server.address());
    let mut hosts: VecDeque<Doomed> = (0..HOSTS).map(|at| shop.host(&name(at), at)).collect();
    for kill in 0.. {
        let doomed = hosts.pop_front().expect("a host");
        // the last ones live long enough for what takes many steps
        let least = if kill < kills { 1 } else { 60 };
        doomed.wait_for("did ", between(least, 80) as usize);
        // anywhere in what comes next
        thread::sleep(Duration::from_millis(between(0, 200)));
        shop.note(doomed.kill());
        let missing = missing(&shop);
        println!("after {} kills, still to be done: {}", kill + 1, shortened(&missing));
        if kill + 1 >= kills && missing.is_empty() {
            break;
        }
        assert!(kill < kills.max(ENOUGH), "never done: {missing:?}");
        shop.is_due(&missing);
        hosts.push_back(shop.host(&name(kill + HOSTS), kill + HOSTS));
    }
    hosts.into_iter().for_each(|host| shop.note(host.kill()));
    must_be_handed_out_once(shop.promises());
    table::must_be_documented(shop.promises());
    shop.move_to_file();
    shop.check_at_last();
    let mut promised = BTreeMap::<&str, usize>::new();
    shop.promised().for_each(|word| *promised.entry(word).or_default() += 1);
    println!("promises kept: {promised:?}");
}

/// Unlike that of any other, also where only its letters and digits count and a number follows.
fn name(at: usize) -> String {
    format!("h{at}n")
}

/// How many there are, and which, when they are few.
fn shortened(missing: &BTreeSet<String>) -> String {
    let few: Vec<_> = if missing.len() > 10 { Vec::new() } else { missing.iter().map(String::as_str).collect() };
    format!("{} {}", missing.len(), few.join(" "))
}

/// What must be done and was not yet.
fn missing(shop: &Shop) -> BTreeSet<String> {
    let mut missing = table::due();
    for done in shop.promises().iter().filter_map(|line| line.strip_prefix("did ")) {
        missing.remove(done);
    }
    missing
}

/// A mail is with one worker at a time, and with nobody any more once it is delivered: it is handed out again only when
/// who had it was killed, and then not before its time is over.
fn must_be_handed_out_once(promises: &[String]) {
    let mut handed = BTreeMap::<&str, Vec<(i64, i64)>>::new();
    let mut sent = BTreeMap::<&str, Vec<i64>>::new();
    for line in promises {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["handed", mail, before, at] => {
                handed.entry(mail).or_default().push((at.parse().unwrap(), before.parse().unwrap()));
            }
            // what a host said stands together: it is the one to whom the mail was handed last in these lines
            ["sent", mail] => sent.entry(mail).or_default().push(handed[mail].last().expect("a mail in hand").0),
            _ => {}
        }
    }
    let mut again = 0;
    for (mail, mut times) in handed {
        times.sort_unstable();
        let too_soon = times.windows(2).find(|pair| pair[1].0 - pair[0].1 < LEASE);
        assert_eq!(too_soon, None, "{mail} was with two at once");
        let last = times.last().map(|time| time.0);
        let delivered = sent.get(mail).and_then(|times| times.first()).copied();
        assert!(delivered.is_none() || delivered == last, "{mail} was handed out after it was delivered");
        again += times.len() - 1;
    }
    let twice: Vec<_> = sent.iter().filter(|(_, times)| times.len() > 1).collect();
    assert_eq!(twice, [], "mails that were delivered twice");
    println!("{} mails were delivered, {again} of them once more after a kill", sent.len());
}
