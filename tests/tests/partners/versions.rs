//! Versions of the course: what is published, and how accounts that are in the middle move on.

use handfast::{Code, course::CourseFormat, partner::PartnerState};
use handfast_tests::{COURSE, World, fact, on_every_store, refusal, short_course};

use crate::common::{TASKS, completed, did, happened, in_tandem, linked, onboarded, publish};

fn published(world: &World, text: &str) -> handfast::Result<handfast::course::PublishedCourse> {
    world.courses().publish(text, CourseFormat::Toml)
}

on_every_store! {
    fn rule_25_what_happens_while_an_account_moves_on_counts_also_where_nobody_looks_after_it(world: &World) {
        publish(world, 1, &TASKS[..1]);
        let firm = world.firm("Flora Export");
        publish(world, 2, &[TASKS[0], "price commerce offer_added"]);
        let (dying, host) = (world.dying(), firm.host());
        // a process notes a fact under the new version, and dies before it can move the account on
        world.store.before_next_commit(move || drop(dying.price_types().add(host, "Retail").unwrap()));
        assert_eq!(onboarded(world, &firm), ["price"]);
        assert!(!world.store.is_hook_waiting());
    }

    fn publishing_the_same_again_changes_nothing_and_anything_older_is_refused(world: &World) {
        assert_eq!(refusal(world.courses().published()), Code::NotFound);
        let first = published(world, &short_course(3, TASKS)).unwrap();
        assert_eq!((first.version, first.partner_tasks, first.commerce_tasks), (3, 1, 2));
        world.tick();
        let (again, committed) = world.store.committed(|| published(world, &short_course(3, TASKS)).unwrap());
        assert_eq!((again, committed.len()), (first.clone(), 0));
        let refused = [
            short_course(2, TASKS),
            // the same number, and another text
            short_course(3, &TASKS[..2]),
            short_course(4, TASKS).replace("first-steps", "other-steps"),
            COURSE.to_owned(),
        ];
        for text in &refused {
            let (given, committed) = world.store.committed(|| published(world, text));
            assert_eq!((refusal(given), committed.len()), (Code::OlderCourse, 0), "{text:.60}");
        }
        assert_eq!(world.courses().published().unwrap(), first);
        let next = published(world, &short_course(7, &TASKS[..2])).unwrap();
        assert_eq!((next.version, next.commerce_tasks), (7, 1));
        assert_ne!(next.digest, first.digest);
        // an earlier one does not come back
        assert_eq!(refusal(published(world, &short_course(3, TASKS))), Code::OlderCourse);
        assert_eq!(world.courses().published().unwrap(), next);
    }

    fn what_is_no_course_is_refused_with_line_and_reason_and_publishes_nothing(world: &World) {
        let text = short_course(1, TASKS).replace("side = \"partner\"", "side = \"nobody\"");
        let (error, committed) = world.store.committed(|| published(world, &text).unwrap_err());
        assert_eq!((error.code(), committed.len()), (Code::NotACourse, 0));
        let line = text.lines().position(|line| line.contains("nobody")).unwrap() + 1;
        assert!(error.message().contains(&format!("line {line}")), "{error}");
        assert_eq!(refusal(world.courses().published()), Code::NotFound);
    }

    fn who_is_in_the_middle_moves_on_and_keeps_what_still_exists(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted", "open commerce shop_opened", "sell commerce sold 3"]);
        did(world, &agency, "greeted");
        happened(world, &firm, "shop_opened", "one");
        happened(world, &firm, "sold", "two");
        // one task is gone, one asks for less, one is new and was done before it was asked for
        happened(world, &firm, "painted", "three");
        publish(world, 2, &["greet partner greeted", "sell commerce sold 2", "paint commerce painted", "ad commerce advertised"]);
        assert_eq!(onboarded(world, &firm), ["paint"], "what came before the task counts for it");
        assert_eq!(completed(world, &agency), ["greet", "paint"]);
        assert_eq!(happened(world, &firm, "sold", "four"), ["sell"], "one sale of before and one of now");
        // what is gone comes back completed
        publish(world, 3, &["greet partner greeted", "open commerce shop_opened", "ad commerce advertised"]);
        assert_eq!((completed(world, &agency), onboarded(world, &firm)), (vec!["greet".into(), "open".into()], vec!["open".into()]));
    }

    fn a_signal_moves_the_account_on_in_its_own_call(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted", "sell commerce sold 2"]);
        happened(world, &firm, "sold", "one");
        publish(world, 2, &["greet partner greeted", "sell commerce sold 2", "ad commerce advertised"]);
        assert_eq!(happened(world, &firm, "sold", "two"), ["sell"]);
        did(world, &agency, "greeted");
        assert_eq!(world.partners().get(&agency.session).unwrap().state, PartnerState::Provisional);
        assert_eq!(happened(world, &firm, "advertised", "three"), ["ad"]);
        assert_eq!(world.partners().get(&agency.session).unwrap().state, PartnerState::Certified);
    }

    fn several_versions_that_an_account_has_not_seen_are_gone_through_in_their_order(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted", "sell commerce sold 2"]);
        world.price_type(&firm, "Retail");
        publish(world, 2, &["greet partner greeted", "price commerce offer_added"]);
        world.price_type(&firm, "Wholesale");
        publish(world, 3, &["greet partner greeted", "carry commerce offer_added 3", "price commerce offer_added 2"]);
        world.carrier(&firm, "Rapido");
        publish(world, 4, &["greet partner greeted", "price commerce offer_added 9", "carry commerce offer_added 9"]);
        // version 2 asked for one price type, version 3 for three offers: both were done before version 4 asked for more
        assert_eq!(onboarded(world, &firm), ["price", "carry"]);
        assert_eq!(completed(world, &agency), ["price", "carry"]);
    }

    fn an_account_that_was_there_before_the_course_gets_what_is_known_of_it(world: &World) {
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &firm, "shop_opened", "early");
        world.tick();
        publish(world, 1, &[
            "hello partner partner_signed_up",
            "factor partner two_factor_enabled",
            "two partner client_linked 2 *company",
            "company commerce company_signed_up",
            "link commerce partner_linked",
            "open commerce shop_opened",
        ]);
        assert_eq!(completed(world, &agency), ["hello", "factor", "two"]);
        assert_eq!(onboarded(world, &firm), ["company", "link", "open"]);
        // once, however often it is looked at
        let (_, committed) = world.store.committed(|| (completed(world, &agency), onboarded(world, &firm)));
        assert!(committed.is_empty());
        let third = world.firm("Rosas");
        assert_eq!(onboarded(world, &third), ["company"]);
        world.courses().enable(&agency.session, firm.company).unwrap();
        assert_eq!(world.partners().get(&agency.session).unwrap().state, PartnerState::Certified);
    }

    fn a_link_is_known_once_whether_it_came_before_the_course_or_after(world: &World) {
        let (_, agency) = linked(world);
        world.tick();
        publish(world, 1, &["two partner client_linked 2"]);
        assert_eq!(completed(world, &agency), [""; 0]);
        world.link(&world.firm("Frutas del Sur"), &agency);
        assert_eq!(completed(world, &agency), ["two"]);
    }

    fn enabling_moves_both_accounts_on(world: &World) {
        publish(world, 1, &["greet partner greeted", "sell commerce sold 2"]);
        let (firm, agency) = linked(world);
        happened(world, &firm, "sold", "one");
        publish(world, 2, &["greet partner greeted", "sell commerce sold"]);
        world.courses().enable(&agency.session, firm.company).unwrap();
        assert_eq!(completed(world, &agency), ["sell"]);
    }

    fn signals_of_one_call_for_accounts_that_are_behind_are_all_counted(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted", "sell commerce sold 4"]);
        let second = world.firm("Frutas del Sur");
        publish(world, 2, &["greet partner greeted", "sell commerce sold 3"]);
        let batch: Vec<_> = (0..3)
            .flat_map(|number| [fact(&firm, "sold", &format!("{number}")), fact(&second, "sold", &format!("{number}"))])
            .collect();
        let rows = world.courses().signal_many(&batch).unwrap();
        assert_eq!(rows.iter().map(|row| row.completed.len()).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1]);
        assert_eq!(completed(world, &agency), ["sell"]);
    }
}
