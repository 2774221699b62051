//! Rules 13 to 27 and 39: random sequences of all that happens between partners, their clients and the e-course, against
//! a small model of what should come of it, on both stores.
//!
//! `HANDFAST_SEQUENCES=100000 cargo test --release -p handfast-tests --test partner_model` plays more than the 1,000 of a
//! usual run; `HANDFAST_SEED=7` plays one again. A failure names its seed and the shortest sequence that still fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod acts;
mod compare;
mod edition;
mod model;
mod play;
mod real;
mod rebuild;
mod stage;

use std::{
    collections::BTreeMap,
    env,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use acts::{Act, act};
use handfast_tests::{StoreKind, is_left_out};
use play::Play;
use proptest::{
    collection::vec,
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

/// Acts of a sequence.
const LENGTH: usize = 50;

/// What came of sequences: how many of them saw each thing happen.
type Seen = BTreeMap<&'static str, usize>;

#[test]
fn in_memory_everything_is_as_the_model_says_after_each_step() {
    play_all(StoreKind::Memory, |all| 0..all / 2);
}

#[test]
fn on_sqlite_everything_is_as_the_model_says_after_each_step() {
    play_all(StoreKind::Sqlite, |all| all / 2..all);
}

#[test]
fn on_postgres_everything_is_as_the_model_says_after_each_step() {
    if !is_left_out() {
        play_all(StoreKind::Postgres, |all| all..all + all / 20);
    }
}

fn play_all(kind: StoreKind, share: impl Fn(u64) -> Range<u64>) {
    let number = |name| env::var(name).ok().map(|text| text.parse().expect("a number"));
    if let Some(seed) = number("HANDFAST_SEED") {
        sequence(kind, seed);
        return;
    }
    let share = share(number("HANDFAST_SEQUENCES").unwrap_or(1_000));
    let all = share.end - share.start;
    let mut seen = Seen::new();
    for seed in share {
        sequence(kind, seed).into_iter().for_each(|word| *seen.entry(word).or_default() += 1);
    }
    println!("{all} sequences on {kind:?}; they saw {seen:?}");
    for word in play::WORDS {
        assert!(seen.contains_key(word) || all < 200, "nothing was ever `{word}`: this proves little");
    }
}

/// Plays the sequence of a seed; gives what happened in it.
fn sequence(kind: StoreKind, seed: u64) -> Vec<&'static str> {
    let mut acts = sequence_of(seed);
    let mut why = match played(kind, &acts) {
        Ok(seen) => return seen,
        Err(why) => why,
    };
    // what can be left out is left out, many acts at once before each alone
    for size in [25, 10, 5, 2, 1, 1] {
        for first in (0..LENGTH).step_by(size).rev() {
            let mut fewer = acts.clone();
            fewer[first..LENGTH.min(first + size)].fill(Act::Rest);
            if let Some(still) = played(kind, &fewer).err().filter(|_| fewer != acts) {
                (acts, why) = (fewer, still);
            }
        }
    }
    let acts = acts.iter().filter(|act| **act != Act::Rest).map(|act| format!("\n  {act:?}")).collect::<String>();
    panic!("seed {seed} on {kind:?}: {why}\nthe shortest sequence that fails:{acts}");
}

/// The sequence of a seed.
fn sequence_of(seed: u64) -> Vec<Act> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    vec(act(), LENGTH).new_tree(&mut runner).unwrap().current()
}

/// Why a sequence fails, if it does.
fn played(kind: StoreKind, acts: &[Act]) -> Result<Vec<&'static str>, String> {
    let played = catch_unwind(AssertUnwindSafe(|| Play::new(kind).all(acts)));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default())
    })
}
