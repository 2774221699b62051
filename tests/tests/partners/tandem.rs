//! Rule 25: whose tasks count for a partner, and that none is ever taken back.

use handfast::{
    Code,
    course::TaskCount,
    partner::{PartnerEventKind, Tandem},
    store::Paging,
};
use handfast_tests::{Agency, World, fact, on_every_store, refusal};

use crate::common::{TASKS, clients, completed, did, happened, in_tandem, linked, onboarded, publish};

/// Which clients the partner works with, as its list says.
fn enabled(world: &World, agency: &Agency) -> Vec<String> {
    let in_tandem = clients(world, agency).into_iter().filter(|client| client.tandem == Tandem::Enabled);
    in_tandem.map(|client| client.name.to_string()).collect()
}

on_every_store! {
    fn rule_25_only_the_account_that_is_enabled_now_counts(world: &World) {
        publish(world, 1, TASKS);
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &firm, "shop_opened", "one");
        assert_eq!(completed(world, &agency), [""; 0], "nothing is enabled yet");
        world.courses().enable(&agency.session, second.company).unwrap();
        happened(world, &firm, "shop_opened", "two");
        assert_eq!(completed(world, &agency), [""; 0]);
        assert_eq!(onboarded(world, &firm), ["open"]);
        happened(world, &second, "shop_opened", "one");
        assert_eq!(completed(world, &agency), ["open"]);
    }

    fn rule_25_what_the_account_completed_earlier_counts_at_once(world: &World) {
        publish(world, 1, TASKS);
        let (firm, agency) = linked(world);
        happened(world, &firm, "shop_opened", "one");
        happened(world, &firm, "sold", "two");
        world.courses().enable(&agency.session, firm.company).unwrap();
        assert_eq!(completed(world, &agency), ["open"]);
        assert_eq!(happened(world, &firm, "sold", "three"), ["sell"], "the first of the two counts, too");
        assert_eq!(completed(world, &agency), ["open", "sell"]);
    }

    fn rule_25_enabling_another_account_moves_the_tandem_and_keeps_what_is_completed(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &firm, "shop_opened", "one");
        assert_eq!(enabled(world, &agency), ["Flora Export"]);
        world.courses().enable(&agency.session, second.company).unwrap();
        assert_eq!(enabled(world, &agency), ["Frutas del Sur"]);
        let page = world.courses().page(&agency.session, None).unwrap();
        assert_eq!(page.tandem.unwrap().company, second.company);
        assert_eq!(completed(world, &agency), ["open"]);
        assert_eq!(onboarded(world, &second), [""; 0]);
        // the first goes on for itself alone; of the two sales, none comes from each
        happened(world, &firm, "sold", "two");
        happened(world, &firm, "sold", "three");
        happened(world, &second, "sold", "one");
        assert_eq!((onboarded(world, &firm), completed(world, &agency)), (vec!["open".into(), "sell".into()], vec!["open".into()]));
        world.courses().enable(&agency.session, firm.company).unwrap();
        assert_eq!(completed(world, &agency), ["open", "sell"]);
    }

    fn rule_25_what_one_client_completed_stays_that_ones_when_the_next_has_done_the_same(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &firm, "shop_opened", "one");
        let page = world.courses().page(&agency.session, None).unwrap();
        world.tick();
        happened(world, &second, "shop_opened", "two");
        world.courses().enable(&agency.session, second.company).unwrap();
        let later = world.courses().page(&agency.session, None).unwrap();
        assert_eq!(later.sections, page.sections, "completed when it was");
        let told = world.partners().history(&agency.session, &Paging::default()).unwrap().items;
        let by: Vec<_> = told.iter().filter(|event| event.what == PartnerEventKind::TaskCompleted).collect();
        assert_eq!(by.iter().map(|event| event.company).collect::<Vec<_>>(), [Some(firm.company)]);
    }

    fn rule_25_clearing_ends_the_tandem_and_takes_nothing_back(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        happened(world, &firm, "shop_opened", "one");
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(world.courses().page(&agency.session, None).unwrap().tandem, None);
        assert_eq!(completed(world, &agency), ["open"]);
        happened(world, &firm, "sold", "two");
        happened(world, &firm, "sold", "three");
        assert_eq!((completed(world, &agency).len(), onboarded(world, &firm).len()), (1, 2));
        // designated again, it is a client like any other, until it is enabled again
        world.link(&firm, &agency);
        assert_eq!(enabled(world, &agency), [""; 0]);
        assert_eq!(completed(world, &agency), ["open"]);
        world.courses().enable(&agency.session, firm.company).unwrap();
        assert_eq!(completed(world, &agency), ["open", "sell"]);
    }

    fn rule_25_an_account_that_changes_its_partner_leaves_the_tandem_with_the_old_one(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let other = world.agency("Sendero Partners");
        world.link(&firm, &other);
        happened(world, &firm, "shop_opened", "one");
        assert_eq!((completed(world, &agency), completed(world, &other)), (vec![], vec![]));
        world.courses().enable(&other.session, firm.company).unwrap();
        assert_eq!((completed(world, &agency).len(), completed(world, &other).len()), (0, 1));
    }

    fn rule_25_a_partners_own_tasks_do_not_come_from_its_client_nor_the_other_way(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        assert_eq!(happened(world, &firm, "greeted", "one"), [""; 0]);
        assert_eq!(did(world, &agency, "shop_opened"), [""; 0]);
        assert_eq!(completed(world, &agency), [""; 0]);
        assert_eq!(did(world, &agency, "greeted"), ["greet"]);
        assert_eq!((completed(world, &agency), onboarded(world, &firm)), (vec!["greet".into()], vec![]));
    }

    fn rule_25_enabling_is_told_once_and_again_changes_nothing(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        let enable = |firm: &handfast_tests::Firm| world.courses().enable(&agency.session, firm.company).unwrap();
        let (_, committed) = world.store.committed(|| enable(&firm));
        assert!(committed.is_empty());
        enable(&second);
        world.partners().clear(second.admin).unwrap();
        let happened = world.partners().history(&agency.session, &Paging::default()).unwrap().items;
        let told = happened.iter().rev().filter(|event| {
            matches!(event.what, PartnerEventKind::CourseEnabled | PartnerEventKind::CourseDisabled)
        });
        let told: Vec<_> = told.map(|event| (event.what, event.company, event.login.is_some())).collect();
        use PartnerEventKind::{CourseDisabled, CourseEnabled};
        assert_eq!(
            told,
            [
                (CourseEnabled, Some(firm.company), true),
                (CourseDisabled, Some(firm.company), true),
                (CourseEnabled, Some(second.company), true),
                (CourseDisabled, Some(second.company), false),
            ]
        );
    }

    fn rule_25_only_a_client_can_be_enabled_and_only_in_a_course(world: &World) {
        let (firm, agency) = linked(world);
        let stranger = world.firm("Frutas del Sur");
        let enable = |company| refusal(world.courses().enable(&agency.session, company));
        assert_eq!(enable(firm.company), Code::NotFound, "no course is published");
        publish(world, 1, TASKS);
        assert_eq!(enable(stranger.company), Code::NotFound);
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(enable(firm.company), Code::NotFound);
        let staff = world.signed_in(&firm.email);
        assert_eq!(refusal(world.courses().enable(&staff, firm.company)), Code::PartnerOnly);
    }

    fn rule_25_the_clients_list_counts_what_each_account_has_completed(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &second, "shop_opened", "one");
        happened(world, &second, "sold", "two");
        let counts: Vec<_> = clients(world, &agency).iter().map(|client| client.onboarding).collect();
        let count = |completed| TaskCount { completed, total: 2 };
        assert_eq!(counts, [count(0), count(1)]);
        assert_eq!(world.courses().onboarding(firm.admin, None).unwrap().tasks, count(0));
        assert_eq!(world.courses().onboarding(second.admin, None).unwrap().tasks, count(1));
    }

    fn rule_25_a_batch_for_several_accounts_counts_each_for_its_own(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        let mut batch = vec![fact(&second, "shop_opened", "a"), fact(&firm, "sold", "b"), fact(&second, "sold", "c")];
        batch.push(fact(&firm, "sold", "d"));
        let rows = world.courses().signal_many(&batch).unwrap();
        let given: Vec<_> = rows.iter().map(|row| row.completed.len()).collect();
        assert_eq!(given, [1, 0, 0, 1]);
        assert_eq!(completed(world, &agency), ["sell"]);
    }
}
