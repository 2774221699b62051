//! A commerce account's trial, and the e-course during it and after.

use std::time::Duration;

use handfast::{
    Code, Timestamp,
    company::{CompanyInput, SignUp, TrialState},
    event::EventKind,
    partner::PartnerState,
};
use handfast_tests::{Firm, World, on_every_store, refusal};

use crate::common::{did, happened, publish};

const DAY: Duration = Duration::from_secs(86_400);

/// A company that can try everything out for a day.
fn trying(world: &World) -> (Firm, Timestamp) {
    let ends = world.now() + DAY;
    let input = SignUp { trial_ends: Some(ends), ..World::sign_up_input("Flora Export") };
    let signed_up = world.companies().sign_up(&input).unwrap();
    assert_eq!((signed_up.company.trial, signed_up.company.trial_started), (TrialState::Running, Some(world.now())));
    let firm = Firm {
        company: signed_up.company.id,
        admin: signed_up.actor(),
        first: signed_up.admin.id,
        email: input.admin_email,
        slug: String::new(),
    };
    (firm, ends)
}

fn state(world: &World, firm: &Firm) -> TrialState {
    world.companies().get(firm.admin).unwrap().trial
}

fn set_end(world: &World, firm: &Firm, trial_ends: Option<Timestamp>) -> TrialState {
    let input = CompanyInput {
        name: "Flora Export".into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends,
    };
    world.companies().update(firm.admin, &input).unwrap().trial
}

on_every_store! {
    fn a_trial_lapses_by_time_to_the_millisecond_and_can_still_be_converted(world: &World) {
        let (firm, ends) = trying(world);
        world.clock.set(Timestamp::from_millis(ends.millis() - 1));
        assert_eq!(state(world, &firm), TrialState::Running);
        world.tick();
        assert_eq!(state(world, &firm), TrialState::Lapsed);
        assert_eq!(world.companies().convert_trial(firm.admin).unwrap().trial, TrialState::Converted);
        assert_eq!(state(world, &firm), TrialState::Converted);
        let last = world.history(firm.admin).pop().unwrap();
        assert_eq!((last.what, last.after.unwrap().0["trial"].as_str()), (EventKind::TrialSettled, Some("converted")));
    }

    fn what_is_settled_stays_so_whatever_comes(world: &World) {
        for converts in [true, false] {
            let world = &World::new(world.kind);
            let (firm, ends) = trying(world);
            let companies = world.companies();
            let settled = if converts { companies.convert_trial(firm.admin) } else { companies.cancel_trial(firm.admin) };
            let due = if converts { TrialState::Converted } else { TrialState::Cancelled };
            assert_eq!(settled.unwrap().trial, due);
            let (_, committed) = world.store.committed(|| {
                assert_eq!(refusal(companies.convert_trial(firm.admin)), Code::WrongState);
                assert_eq!(refusal(companies.cancel_trial(firm.admin)), Code::WrongState);
            });
            assert!(committed.is_empty());
            assert_eq!(set_end(world, &firm, Some(ends + DAY)), due);
            assert_eq!(set_end(world, &firm, None), due);
            world.later(3 * DAY);
            assert_eq!(state(world, &firm), due);
        }
    }

    fn a_company_without_a_trial_has_none_to_settle_until_it_gets_one(world: &World) {
        let firm = world.firm("Flora Export");
        assert_eq!(state(world, &firm), TrialState::None);
        assert_eq!(refusal(world.companies().convert_trial(firm.admin)), Code::WrongState);
        assert_eq!(refusal(world.companies().cancel_trial(firm.admin)), Code::WrongState);
        assert_eq!(set_end(world, &firm, Some(world.now() + DAY)), TrialState::Running);
        assert_eq!(set_end(world, &firm, None), TrialState::None);
        // more time revives a trial that has lapsed, and keeps when it began
        let started = world.companies().get(firm.admin).unwrap().trial_started;
        assert_eq!(set_end(world, &firm, Some(world.now())), TrialState::Lapsed);
        world.tick();
        assert_eq!(set_end(world, &firm, Some(world.now() + DAY)), TrialState::Running);
        assert_eq!(world.companies().get(firm.admin).unwrap().trial_started, started);
    }

    fn every_step_of_the_course_works_during_the_trial_and_after_it(world: &World) {
        for after in [false, true] {
            let world = &World::new(world.kind);
            publish(world, 1, &["greet partner greeted", "open commerce shop_opened"]);
            let (firm, _) = trying(world);
            if after {
                world.later(2 * DAY);
                assert_eq!(state(world, &firm), TrialState::Lapsed);
            }
            let agency = world.careful_agency("Camino Consulting");
            world.link(&firm, &agency);
            world.courses().enable(&agency.session, firm.company).unwrap();
            let (_, actor) = world.entered(&agency, &firm);
            world.price_types().add(actor, "Retail").unwrap();
            world.switch_back(&agency);
            happened(world, &firm, "shop_opened", "one");
            did(world, &agency, "greeted");
            let state = world.partners().get(&agency.session).unwrap().state;
            assert_eq!(state, PartnerState::Certified, "after: {after}");
        }
    }

    fn settling_a_trial_is_a_signal_to_the_course(world: &World) {
        publish(world, 1, &["stay commerce trial_settled"]);
        let (firm, _) = trying(world);
        world.companies().cancel_trial(firm.admin).unwrap();
        assert_eq!(crate::common::onboarded(world, &firm), ["stay"]);
    }
}
