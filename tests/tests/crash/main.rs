//! Processes that are killed at any moment (`kill -9`) lose nothing that was promised and leave nothing half done.
//!
//! `HANDFAST_CRASHES=10000 cargo test -p handfast-tests --test crash` kills more than the 200 of a usual run.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod doomed;
mod hosts;
mod partners;
mod promises;
mod shop;
mod table;

use std::{collections::BTreeMap, env, thread, time::Duration};

use doomed::Doomed;
use handfast::{Random as _, SystemRandom};
use shop::Shop;

/// Kills on one database: enough for work to lie about that was cut short before, few enough to stay quick.
const KILLS_A_SHOP: usize = 20;

#[test]
fn a_killed_process_keeps_its_promises_and_the_rules() {
    let kills = env::var("HANDFAST_CRASHES").map_or(200, |kills| kills.parse().expect("a number"));
    let mut promised = BTreeMap::<String, usize>::new();
    for first in (0..kills).step_by(KILLS_A_SHOP) {
        let mut shop = Shop::new();
        for kill in first..kills.min(first + KILLS_A_SHOP) {
            // every fifth time another process writes to the same file, and goes on for a while
            let names = if kill % 5 == 4 { "ab" } else { "a" };
            // most die early; some live to do the long things
            let longest = if kill % 4 == 3 { 400 } else { 60 };
            let workers: Vec<_> = names.chars().map(|name| shop.work(&format!("c{kill}{name}"), kill)).collect();
            workers.iter().for_each(Doomed::wait);
            for worker in workers {
                thread::sleep(Duration::from_millis(between(5, longest)));
                shop.note(worker.kill());
            }
            shop.check();
        }
        shop.check_at_last();
        shop.promised().for_each(|word| *promised.entry(word.to_owned()).or_default() += 1);
    }
    println!("{kills} kills; promises kept: {promised:?}");
    for word in ["approved", "ready", "asking", "sent", "removed", "signalled", "certified"] {
        assert!(promised.contains_key(word) || kills < 200, "nothing was ever `{word}`: this proves little");
    }
}

#[test]
fn a_process_that_is_killed_while_it_makes_its_file_leaves_one_that_opens() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let opening = Doomed::start(&["open", path.to_str().unwrap()]);
        thread::sleep(Duration::from_millis(between(0, 60)));
        opening.kill();
        Shop::on(folder).check();
    }
}

/// A number from `least` to `most`, at random.
fn between(least: u64, most: u64) -> u64 {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes).unwrap();
    least + u64::from_le_bytes(bytes) % (most - least + 1)
}
