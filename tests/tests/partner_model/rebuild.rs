//! Rule 25 from the log: whatever has happened, computing all progress anew comes to what is stored; and what is lost of
//! it comes back.

use std::collections::BTreeSet;

use handfast::course::{Completed, CourseKey, Progress};
use handfast_tests::{StoreKind, is_left_out};

use crate::{acts::Account, play::Play, sequence_of};

/// Takes every second of the completed tasks away, and adds one that nothing founds; gives what was taken.
fn damaged(play: &Play, account: Account) -> BTreeSet<CourseKey> {
    let key = || Progress::by_account(play.real.id(account));
    let unfounded: CourseKey = "never-done".parse().unwrap();
    let damage = play.real.world.change(|work| {
        let mut progress = work.need(key())?;
        let taken: BTreeSet<_> = progress.done.0.keys().step_by(2).cloned().collect();
        progress.done.0.retain(|key, _| !taken.contains(key));
        let by = work.new_id()?;
        progress.done.0.insert(unfounded.clone(), Completed { at: work.now(), by, company: None });
        work.put(&progress);
        Ok(taken)
    });
    damage.unwrap()
}

fn everything_comes_back(kind: StoreKind, seeds: std::ops::Range<u64>) {
    let mut taken = 0;
    for seed in seeds {
        let mut play = Play::new(kind);
        play.acts(&sequence_of(seed)).and_then(|()| play.rebuild()).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        if play.model.editions.is_empty() {
            continue;
        }
        // partners first: they are compared with what their clients hold, which is whole then
        for account in play.model.accounts().into_iter().rev() {
            let lost = damaged(&play, account);
            let rebuilt = play.rebuilt(account);
            assert_eq!(rebuilt.added.iter().cloned().collect::<BTreeSet<_>>(), lost, "seed {seed}, {account:?}");
            assert_eq!(rebuilt.unfounded.iter().map(CourseKey::as_str).collect::<Vec<_>>(), ["never-done"]);
            let again = play.rebuilt(account);
            assert_eq!(again.added, [], "seed {seed}, {account:?}: once is enough");
            taken += lost.len();
        }
    }
    assert!(taken > 20, "{taken} tasks that were lost are too few to prove anything");
}

#[test]
fn in_memory_what_is_lost_comes_back_from_the_log() {
    everything_comes_back(StoreKind::Memory, 5_000_000..5_000_030);
}

#[test]
fn on_sqlite_what_is_lost_comes_back_from_the_log() {
    everything_comes_back(StoreKind::Sqlite, 6_000_000..6_000_020);
}

#[test]
fn on_postgres_what_is_lost_comes_back_from_the_log() {
    if !is_left_out() {
        everything_comes_back(StoreKind::Postgres, 7_000_000..7_000_010);
    }
}
