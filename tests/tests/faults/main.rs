//! Every operation of the library, with every fault at every call it makes to its store: what is stored afterwards is
//! what was there before or what the operation makes, never something between (invariant 38), and a fault that can be
//! overcome is overcome, with the same effect as if it had not been.
//!
//! An operation that commits several times makes several steps, each of them whole: `decide_many` one for the call and
//! one a row, `add_many` one for the call and one a batch of rows, `expire` one a request, `deliver` one each time that it takes mails, one for each audience that becomes
//! people and one a mail, `sign_up` one more for the password of a login that is there. A fault that is not overcome
//! ends it after some of its steps, in their order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod operations;
mod picture;
mod stage;
mod trial;

use std::thread;

use handfast::{Code, Result};
use handfast_tests::{
    StoreKind,
    faulty::{Fault, Plan},
    is_left_out,
};
use operations::{OPERATIONS, Operation, Partly};
use trial::{Course, Trial};

/// What an operation answers: the code of a refusal is an answer too.
type Answer = Result<(), Code>;

/// What must come of a fault: the answer, and how many steps are made.
type Due = (Answer, usize);

#[test]
fn every_operation_is_done_or_not_done_whatever_call_fails() {
    let try_some = |some: &[Operation]| some.iter().map(|operation| try_all(StoreKind::Memory, operation)).sum::<u64>();
    // some operations wait while they are refused: others go on meanwhile
    let struck: u64 = thread::scope(|scope| {
        let tried: Vec<_> = OPERATIONS.chunks(6).map(|some| scope.spawn(move || try_some(some))).collect();
        tried.into_iter().map(|tried| tried.join().unwrap()).sum()
    });
    assert!(struck > 1_000, "{struck} faults are too few to prove anything");
}

/// The same on SQLite, which undoes what a failed commit has written; a few, because each try is a file of its own.
#[test]
fn on_sqlite_too() {
    try_a_few(StoreKind::Sqlite, &["submit", "approve", "decide_many", "add_many", "set_service, the last step"]);
}

/// The same on PostgreSQL, which knows by the id of a commit whether it has made it.
#[test]
fn on_postgres_too() {
    if !is_left_out() {
        try_a_few(StoreKind::Postgres, &["submit", "decide_many", "set_service, the last step"]);
    }
}

fn try_a_few(kind: StoreKind, names: &[&str]) {
    for name in names {
        let operation = OPERATIONS.iter().find(|operation| operation.name == *name);
        try_all(kind, operation.expect(name));
    }
}

/// Tries an operation with every fault at every call; gives how many faults there were.
fn try_all(kind: StoreKind, operation: &Operation) -> u64 {
    let course = Course::of(kind, operation);
    let overcome: Due = (course.answer, course.steps());
    let mut plans: Vec<(Plan, Due)> = Vec::new();
    let mut made = 0;
    for call in 1..=course.calls {
        let commits = course.commits(call);
        let ends = |code, steps| match operation.partly {
            Partly::CountIsLost if commits => (course.answer, steps),
            _ => (Err(code), steps),
        };
        plans.push((Fault::Fails.at(call), ends(Code::StoreBusy, made)));
        plans.push((Fault::Fails.from(call), ends(Code::StoreBusy, made)));
        if commits {
            let once = [Fault::Refuses, Fault::LosesTheCall, Fault::LosesTheAnswer];
            plans.extend(once.map(|fault| (fault.at(call), overcome)));
            plans.push((Fault::Refuses.from(call), ends(Code::Contention, made)));
            plans.push((Fault::LosesTheCall.from(call), ends(Code::InDoubt, made)));
            plans.push((Fault::LosesTheAnswer.from(call), ends(Code::InDoubt, made + 1)));
            made += 1;
        }
    }
    plans.extend([Fault::LosesTheCall, Fault::LosesTheAnswer].map(|fault| (fault.once_each(), overcome)));
    let struck = plans.iter().map(|(plan, due)| check(kind, operation, &course, *plan, *due));
    struck.sum()
}

/// Tries an operation with one plan, and once more without if it is to be called again.
fn check(kind: StoreKind, operation: &Operation, course: &Course, plan: Plan, (due, steps): Due) -> u64 {
    let name = format!("`{}` with {plan:?}", operation.name);
    let trial = Trial::new(kind, operation);
    let (answer, struck) = trial.act(plan);
    assert!(struck > 0, "{name} meets no fault");
    assert_eq!(answer, due, "{name}");
    course.compare(&trial, steps, &name);
    let may_go_on = steps == 0 || operation.partly == Partly::GoesOn;
    if answer != course.answer && may_go_on {
        let name = format!("{name}, then again");
        assert_eq!(trial.act(Plan::NONE).0, course.answer, "{name}");
        course.compare(&trial, course.steps(), &name);
    }
    struck
}
