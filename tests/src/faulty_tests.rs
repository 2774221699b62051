use handfast::{
    Id, Timestamp,
    store::{
        Memory, Record, ToCell, Write,
        conformance::{SCHEMA, Shop},
    },
};

use super::*;
use crate::snapshot::Recorder;

fn shop() -> Shop {
    Shop { id: Id::new(Timestamp::MIN, 0, [0; 8]), name: "shop".into(), visits: 0 }
}

/// A store with one shop.
fn store() -> Faulty<Recorder<Memory>> {
    let store = Faulty::new(Recorder::new(Memory::new()));
    store.migrate(&SCHEMA).expect("migrates");
    let changes = Changes { writes: vec![Write::insert(Shop::TABLE, shop().cells())], ..Changes::default() };
    store.commit(Arc::new(changes)).expect("inserts");
    store
}

/// One visit of the shop.
fn visit(number: u128) -> Arc<Changes> {
    let (id, column) = (shop().id.to_cell(), 2);
    let writes = vec![Write::Add { table: Shop::TABLE, id, column, amount: 1 }];
    Arc::new(Changes { id: Uuid::from_u128(number), writes, ..Changes::default() })
}

fn visits(store: &Faulty<Recorder<Memory>>) -> i64 {
    let snapshot = store.store().snapshot().expect("reads");
    Shop::load(&snapshot.rows(Shop::TABLE)[0].cells).expect("a shop").visits
}

#[test]
fn every_call_is_counted_and_only_the_planned_one_fails() {
    let store = store();
    store.plan(Fault::Fails.at(2));
    let key = [Key::id(Shop::TABLE, shop().id.to_cell())];
    assert!(store.read(&key).is_ok());
    let failed = store.commit(visit(1));
    assert!(matches!(failed, Err(CommitError::Store(error)) if error.code() == Code::StoreBusy));
    assert!(store.commit(visit(2)).is_ok());
    assert_eq!((store.calls(), store.struck(), visits(&store)), (3, 1, 1));
    store.plan(Fault::Fails.at(1));
    assert_eq!(store.read(&key).expect_err("fails").code(), Code::StoreBusy);
    assert!(store.read(&key).is_ok());
}

#[test]
fn a_lasting_fault_begins_where_it_is_planned_and_does_not_end() {
    let store = store();
    store.plan(Fault::Refuses.from(2));
    assert!(store.commit(visit(1)).is_ok());
    for number in 2..5 {
        assert!(matches!(store.commit(visit(number)), Err(CommitError::Conflict)));
    }
    assert!(store.read(&[]).is_ok(), "a read cannot be refused");
    assert_eq!((store.calls(), store.struck(), visits(&store)), (5, 3, 1));
}

#[test]
fn a_lost_call_was_not_applied_and_a_lost_answer_was() {
    for (fault, applied) in [(Fault::LosesTheCall, 0), (Fault::LosesTheAnswer, 1)] {
        let store = store();
        store.plan(fault.at(1));
        assert!(matches!(store.commit(visit(1)), Err(CommitError::InDoubt)));
        assert_eq!(visits(&store), applied);
        assert!(store.commit(visit(1)).is_ok(), "sent again");
        assert_eq!(visits(&store), 1);
        assert!(store.commit(visit(2)).is_ok(), "other changes are not the same");
        assert_eq!(visits(&store), 2);
    }
}

#[test]
fn what_is_in_doubt_stays_in_doubt_while_the_fault_lasts() {
    for (fault, applied) in [(Fault::LosesTheCall, 0), (Fault::LosesTheAnswer, 1)] {
        let store = store();
        store.plan(fault.from(1));
        for _ in 0..3 {
            assert!(matches!(store.commit(visit(1)), Err(CommitError::InDoubt)));
        }
        assert_eq!(visits(&store), applied);
        store.plan(Fault::Fails.from(1));
        assert!(matches!(store.commit(visit(1)), Err(CommitError::InDoubt)), "nobody can say that it failed");
        store.plan(Plan::NONE);
        assert!(store.commit(visit(1)).is_ok());
        assert_eq!(visits(&store), 1);
    }
}

#[test]
fn an_answer_that_was_lost_can_have_been_a_refusal() {
    let store = store();
    store.plan(Fault::LosesTheAnswer.at(1));
    let twin = Changes {
        id: Uuid::from_u128(1),
        writes: vec![Write::insert(Shop::TABLE, shop().cells())],
        ..Changes::default()
    };
    let twin = Arc::new(twin);
    assert!(matches!(store.commit(Arc::clone(&twin)), Err(CommitError::InDoubt)));
    assert!(matches!(store.commit(twin), Err(CommitError::Duplicate { key: 0, .. })));
}

mod loses_every_first_call {
    use super::*;
    handfast::store_conformance!(let plan = Fault::LosesTheCall.once_each(); planned(plan));
}

mod loses_every_first_answer {
    use super::*;
    handfast::store_conformance!(let plan = Fault::LosesTheAnswer.once_each(); planned(plan));
}

fn planned(plan: Plan) -> Faulty<Memory> {
    let store = Faulty::new(Memory::new());
    store.plan(plan);
    store
}
