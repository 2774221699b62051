//! Progress computed anew from the log: it finds nothing to mend, or mends what is missing.

use std::sync::Arc;

use handfast::{
    Code, Id,
    course::{Done, Progress, Rebuilt, Tallies},
    partner::PartnerState,
    store::{Changes, Record as _, Store as _, Write},
};
use handfast_tests::{World, on_every_store, refusal};
use uuid::Uuid;

use crate::common::{TASKS, completed, did, happened, in_tandem, onboarded, publish};

/// Changes an account's progress behind the library's back.
fn damage(world: &World, account: Id<()>, damage: impl Fn(Progress) -> Progress) {
    let store = world.store.behind();
    let all = world.store.history();
    let mut latest = all.iter().flat_map(|changes| crate::common::written::<Progress>(changes));
    let id = latest.rfind(|progress| progress.account == account).unwrap().id;
    let key = handfast::store::Key::id(Progress::TABLE, handfast::store::Cell::Id(id.uuid()));
    let row = store.read(&[key]).unwrap().remove(0).unwrap();
    let damaged = damage(Progress::load(&row.cells).unwrap());
    let writes = vec![Write::update(Progress::TABLE, &row, damaged.cells()).unwrap()];
    // a store that remembers what it applied knows changes by their id
    let id = Uuid::from_u128(account.uuid().as_u128() ^ u128::from(row.version.unsigned_abs()));
    store.commit(Arc::new(Changes { id, expect: Vec::new(), writes })).unwrap();
}

fn without(progress: Progress, keys: &[&str]) -> Progress {
    let mut done = progress.done.clone();
    done.0.retain(|key, _| !keys.contains(&key.as_str()));
    Progress { done, ..progress }
}

fn keys(of: &[handfast::course::CourseKey]) -> Vec<&str> {
    of.iter().map(handfast::course::CourseKey::as_str).collect()
}

#[track_caller]
fn must_be_sound(rebuilt: &Rebuilt) {
    assert!(rebuilt.added.is_empty() && rebuilt.unfounded.is_empty(), "{rebuilt:?}");
}

on_every_store! {
    fn what_the_log_says_is_what_is_stored(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        let sound = |world: &World| {
            for firm in [&firm, &second] {
                must_be_sound(&world.courses().rebuild_company(firm.company).unwrap());
            }
            let rebuilt = world.courses().rebuild_partner(agency.partner).unwrap();
            must_be_sound(&rebuilt);
            keys(&rebuilt.completed).len()
        };
        assert_eq!(sound(world), 0);
        did(world, &agency, "greeted");
        happened(world, &firm, "shop_opened", "one");
        assert_eq!(sound(world), 2);
        world.tick();
        world.courses().enable(&agency.session, second.company).unwrap();
        world.tick();
        happened(world, &firm, "sold", "two");
        happened(world, &firm, "sold", "three");
        assert_eq!(sound(world), 2, "what an account did after the tandem with it does not count");
        publish(world, 2, &[TASKS[0], TASKS[2], "more commerce sold 3"]);
        for key in ["four", "five", "six"] {
            happened(world, &second, "sold", key);
        }
        world.partners().clear(second.admin).unwrap();
        assert_eq!(completed(world, &agency), ["greet", "sell", "more"]);
        assert_eq!(sound(world), 4);
    }

    fn what_is_missing_is_added_and_what_that_leads_to_happens(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        did(world, &agency, "greeted");
        happened(world, &firm, "shop_opened", "one");
        happened(world, &firm, "sold", "two");
        damage(world, agency.partner.cast(), |progress| without(progress, &["greet"]));
        damage(world, firm.company.cast(), |progress| without(progress, &["open"]));
        assert_eq!((completed(world, &agency), onboarded(world, &firm)), (vec!["open".into()], vec![]));
        // the last task does not certify what lacks another
        happened(world, &firm, "sold", "three");
        assert_eq!(world.partners().get(&agency.session).unwrap().state, PartnerState::Provisional);
        let rebuilt = world.courses().rebuild_company(firm.company).unwrap();
        assert_eq!((keys(&rebuilt.added), keys(&rebuilt.unfounded)), (vec!["open"], vec![]));
        assert_eq!(onboarded(world, &firm), ["open", "sell"]);
        let rebuilt = world.courses().rebuild_partner(agency.partner).unwrap();
        assert_eq!(keys(&rebuilt.added), ["greet"]);
        assert_eq!(world.partners().get(&agency.session).unwrap().state, PartnerState::Certified);
        must_be_sound(&world.courses().rebuild_partner(agency.partner).unwrap());
    }

    fn what_a_client_completed_is_found_again_for_its_partner(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        happened(world, &firm, "shop_opened", "one");
        world.tick();
        world.partners().clear(firm.admin).unwrap();
        damage(world, agency.partner.cast(), |progress| without(progress, &["open"]));
        assert_eq!(completed(world, &agency), [""; 0]);
        let rebuilt = world.courses().rebuild_partner(agency.partner).unwrap();
        assert_eq!(keys(&rebuilt.added), ["open"]);
        assert_eq!(completed(world, &agency), ["open"]);
    }

    fn what_a_newer_version_finds_in_the_log_is_not_credited_to_a_partner_of_before(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        happened(world, &firm, "sold", "one");
        world.tick();
        world.partners().clear(firm.admin).unwrap();
        publish(world, 2, &[TASKS[0], TASKS[1], TASKS[2], "first commerce sold"]);
        assert_eq!(onboarded(world, &firm), ["first"], "completed by moving on, after the tandem");
        must_be_sound(&world.courses().rebuild_partner(agency.partner).unwrap());
        damage(world, firm.company.cast(), |progress| without(progress, &["first"]));
        assert_eq!(keys(&world.courses().rebuild_company(firm.company).unwrap().added), ["first"]);
        must_be_sound(&world.courses().rebuild_partner(agency.partner).unwrap());
        assert_eq!(completed(world, &agency), [""; 0]);
    }

    fn what_the_log_does_not_say_stays_and_is_told(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        happened(world, &firm, "shop_opened", "one");
        damage(world, agency.partner.cast(), |progress| {
            let mut done: Done = progress.done.clone();
            let of = *done.0.values().next().unwrap();
            done.0.insert("greet".parse().unwrap(), of);
            Progress { done, ..progress }
        });
        let (rebuilt, committed) = world.store.committed(|| world.courses().rebuild_partner(agency.partner).unwrap());
        assert_eq!((keys(&rebuilt.unfounded), rebuilt.added.len(), committed.len()), (vec!["greet"], 0, 0));
        assert_eq!(completed(world, &agency), ["greet", "open"], "none is ever taken away");
    }

    fn a_count_that_was_lost_is_no_obstacle_to_the_log(world: &World) {
        let (firm, _) = in_tandem(world, TASKS);
        happened(world, &firm, "sold", "one");
        damage(world, firm.company.cast(), |progress| Progress { tallies: Tallies::default(), ..progress });
        assert_eq!(happened(world, &firm, "sold", "two"), [""; 0]);
        let rebuilt = world.courses().rebuild_company(firm.company).unwrap();
        assert_eq!(keys(&rebuilt.added), ["sell"]);
    }

    fn an_account_that_is_nowhere_and_a_course_that_is_none_are_not_found(world: &World) {
        let firm = world.firm("Flora Export");
        assert_eq!(refusal(world.courses().rebuild_company(firm.company)), Code::NotFound);
        publish(world, 1, TASKS);
        must_be_sound(&world.courses().rebuild_company(firm.company).unwrap());
        let nowhere: Id<()> = "019a0000-0000-7000-8000-000000000099".parse().unwrap();
        assert_eq!(refusal(world.courses().rebuild_company(nowhere.cast())), Code::NotFound);
        assert_eq!(refusal(world.courses().rebuild_partner(nowhere.cast())), Code::NotFound);
        assert_eq!(refusal(world.courses().rebuild_partner(firm.company.cast())), Code::NotFound);
    }
}
