//! The memory store keeps every promise, so does the plainest store there can be, and every promise can be broken.

mod flaws;
mod mangle;
mod naive;

use std::panic::{AssertUnwindSafe, catch_unwind};

use flaws::NOTICED;
use handfast::store::conformance::ALL;
use naive::Naive;

mod memory {
    handfast::store_conformance!(handfast::store::Memory::new());
}

mod plain {
    handfast::store_conformance!(let flaw = None; crate::naive::Naive::new(flaw));
}

#[test]
fn every_promise_is_listed_once_and_has_a_flaw_to_notice() {
    let named: Vec<_> = ALL.iter().map(|(name, _)| *name).collect();
    let noticed: Vec<_> = NOTICED.iter().map(|(name, _)| *name).collect();
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    assert_eq!(sorted(named), sorted(noticed));
}

#[test]
fn every_promise_notices_the_flaws_it_is_there_for() {
    let promise = |name: &str| ALL.iter().find(|(known, _)| *known == name).expect("a promise").1;
    let keeps = |name, flaw| catch_unwind(AssertUnwindSafe(|| promise(name)(&Naive::new(Some(flaw))))).is_ok();
    let pairs = NOTICED.iter().flat_map(|(name, flaws)| flaws.iter().map(move |flaw| (*name, *flaw)));
    let missed: Vec<_> = pairs.filter(|(name, flaw)| keeps(name, *flaw)).collect();
    assert!(missed.is_empty(), "promises that a flawed store seemed to keep: {missed:?}");
}
