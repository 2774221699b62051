//! Whatever call of either store fails, the copy can be gone on with.

use handfast::{
    copy::Copying,
    store::{Memory, Store},
};
use handfast_tests::{
    StoreKind,
    faulty::{Fault, Faulty, Plan},
};

use super::{Shop, cells, copy, forget_a_ticket};

/// Copies, with the same steps called again after an error or with new ones; gives how often something went wrong.
fn stubborn(from: &dyn Store, to: &dyn Store, begin_again: bool) -> u32 {
    let mut failed = 0;
    'begun: loop {
        assert!(failed < 20, "it does not come to an end");
        let Ok(mut copying) = Copying::begin(from, to) else {
            failed += 1;
            continue;
        };
        loop {
            match copying.step() {
                Ok(Some(_)) => {}
                Ok(None) => return failed,
                Err(_) if begin_again => {
                    failed += 1;
                    continue 'begun;
                }
                Err(_) => failed += 1,
            }
        }
    }
}

/// A target that an earlier copy has left, so that rows are inserted, updated and removed.
fn stale(shop: &Shop) -> Vec<Memory> {
    let to = Memory::new();
    copy(&shop.store(), &to);
    vec![Memory::new(), to]
}

#[test]
fn a_fault_at_any_call_of_the_target_is_got_over() {
    let shop = Shop::new(StoreKind::Memory);
    let earlier = stale(&shop);
    shop.world.customers().block(shop.firm.admin, shop.ground.active).unwrap();
    forget_a_ticket(&shop.store());
    let (source, expected) = (shop.store(), cells(&shop.store()));
    let plans = |call| [Fault::Fails.at(call), Fault::Refuses.at(call)];
    let lost = [Fault::LosesTheCall, Fault::LosesTheAnswer].map(Fault::once_each);
    for begin_with in &earlier {
        let through = |plan: Plan, begin_again: bool| {
            let to = Faulty::new(Memory::new());
            copy(begin_with, to.store());
            to.plan(plan);
            stubborn(&source, &to, begin_again);
            let (struck, calls) = (to.struck(), to.calls());
            to.plan(Plan::NONE);
            assert!(cells(&to) == expected, "{plan:?}");
            (struck, calls)
        };
        assert!(lost.map(|plan| through(plan, false)).iter().all(|(struck, _)| *struck > 2));
        let ended = |call: &u64| {
            plans(*call).map(|plan| through(plan, call.is_multiple_of(2))).iter().all(|(_, calls)| call > calls)
        };
        assert!((1..).find(ended).is_some_and(|calls| calls > 70));
    }
}

#[test]
fn a_fault_at_any_call_of_the_source_is_got_over() {
    let shop = Shop::new(StoreKind::Memory);
    let expected = cells(&shop.store());
    let from = Faulty::new(shop.store());
    for call in 1.. {
        let to = Memory::new();
        from.plan(Fault::Fails.at(call));
        stubborn(&from, &to, call % 2 == 0);
        let struck = from.struck();
        from.plan(Plan::NONE);
        assert!(cells(&to) == expected, "at call {call}");
        if struck == 0 {
            break;
        }
    }
}
