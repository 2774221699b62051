//! Rule 26: a partner is certified once, in the change that completes the last required task, and for good.

use std::sync::Arc;

use handfast::{
    Code,
    course::Certificate,
    mail::MailKind,
    partner::{Partner, PartnerEventKind, PartnerState},
    store::{Changes, Paging},
};
use handfast_tests::{Agency, Firm, World, fact, on_every_store, refusal};

use crate::common::{TASKS, completed, did, happened, in_tandem, linked, own_fact, publish, tables, written};

fn state(world: &World, agency: &Agency) -> PartnerState {
    world.partners().get(&agency.session).unwrap().state
}

/// A partner that lacks the last of [`TASKS`].
fn nearly(world: &World) -> (Firm, Agency) {
    let (firm, agency) = in_tandem(world, TASKS);
    did(world, &agency, "greeted");
    happened(world, &firm, "shop_opened", "one");
    happened(world, &firm, "sold", "two");
    world.deliver();
    (firm, agency)
}

/// A certified partner.
fn certified(world: &World) -> (Firm, Agency) {
    let (firm, agency) = nearly(world);
    happened(world, &firm, "sold", "three");
    (firm, agency)
}

/// Panics unless these changes certify exactly one partner, with everything that belongs to it.
#[track_caller]
fn must_certify(committed: &[Arc<Changes>], agency: &Agency) {
    let certifying: Vec<_> = committed.iter().filter(|changes| tables(changes).contains(&"certificate")).collect();
    let [changes] = certifying[..] else { panic!("{} commits certify", certifying.len()) };
    let certificates = written::<Certificate>(changes);
    let [certificate] = &certificates[..] else { panic!("{certificates:?}") };
    assert_eq!(certificate.partner, agency.partner);
    let partners = written::<Partner>(changes);
    let [partner] = &partners[..] else { panic!("{partners:?}") };
    assert_eq!((partner.state, partner.certificate), (PartnerState::Certified, Some(certificate.id)));
    let mails = changes.writes.iter().filter(|write| write.table().name == "mail").count();
    assert_eq!(mails, 1, "the mail is in the same commit");
    assert!(["progress", "partner_event"].iter().all(|table| tables(changes).contains(table)));
}

on_every_store! {
    fn rule_26_the_last_task_of_the_client_certifies_in_its_own_commit_with_one_mail(world: &World) {
        let (firm, agency) = nearly(world);
        assert_eq!(state(world, &agency), PartnerState::Provisional);
        let (_, committed) = world.store.committed(|| happened(world, &firm, "sold", "three"));
        assert_eq!(committed.len(), 1);
        assert!(tables(&committed[0]).contains(&"signal"));
        must_certify(&committed, &agency);
        assert_eq!(state(world, &agency), PartnerState::Certified);
        let post = world.deliver();
        assert_eq!(post.kinds(), [MailKind::PartnerCertified]);
        assert_eq!(post.recipients(), std::slice::from_ref(&agency.email));
        let number = world.courses().certificate(&agency.session, None).unwrap().number;
        assert!(post.0[0].text.contains(number.as_str()));
    }

    fn rule_26_the_last_task_of_the_partner_certifies_in_its_own_commit(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        for (name, key) in [("shop_opened", "one"), ("sold", "two"), ("sold", "three")] {
            happened(world, &firm, name, key);
        }
        let (_, committed) = world.store.committed(|| did(world, &agency, "greeted"));
        assert_eq!(committed.len(), 1);
        must_certify(&committed, &agency);
    }

    fn rule_26_enabling_an_account_that_has_all_certifies_in_that_commit(world: &World) {
        publish(world, 1, TASKS);
        let (firm, agency) = linked(world);
        did(world, &agency, "greeted");
        let batch = [fact(&firm, "shop_opened", "a"), fact(&firm, "sold", "b"), fact(&firm, "sold", "c")];
        world.courses().signal_many(&batch).unwrap();
        assert_eq!(state(world, &agency), PartnerState::Provisional);
        let enable = || world.courses().enable(&agency.session, firm.company).unwrap();
        let (_, committed) = world.store.committed(enable);
        assert_eq!(committed.len(), 1);
        must_certify(&committed, &agency);
    }

    fn rule_26_using_the_product_certifies_in_the_commit_of_what_was_done(world: &World) {
        let (firm, agency) = in_tandem(world, &["clients partner clients_viewed", "price commerce offer_added"]);
        crate::common::clients(world, &agency);
        let (_, committed) = world.store.committed(|| world.price_types().add(firm.admin, "Retail").unwrap());
        assert_eq!(committed.len(), 1);
        assert!(tables(&committed[0]).contains(&"price_type"));
        must_certify(&committed, &agency);
    }

    fn rule_26_optional_tasks_are_not_waited_for_and_required_ones_of_both_sides_are(world: &World) {
        let tasks = ["greet partner greeted", "wave partner waved optional", "open commerce shop_opened", "ad commerce advertised optional"];
        let (firm, agency) = in_tandem(world, &tasks);
        let missing = |world: &World| {
            let can = world.courses().can_certify(&agency.session).unwrap();
            assert_eq!(can.yes, can.missing.is_empty());
            can.missing.iter().map(|missing| missing.task.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(missing(world), ["greet", "open"]);
        happened(world, &firm, "advertised", "one");
        did(world, &agency, "waved");
        did(world, &agency, "greeted");
        assert_eq!((missing(world), state(world, &agency)), (vec!["open".to_owned()], PartnerState::Provisional));
        happened(world, &firm, "shop_opened", "two");
        assert_eq!((missing(world), state(world, &agency)), (vec![], PartnerState::Certified));
    }

    fn rule_26_neither_new_tasks_nor_a_clear_nor_a_suspension_takes_a_certification_back(world: &World) {
        let (firm, agency) = certified(world);
        let (certificate, _) = (world.courses().certificate(&agency.session, None).unwrap(), world.deliver());
        let still = |world: &World, what: &str| {
            assert_eq!(state(world, &agency), PartnerState::Certified, "{what}");
            assert_eq!(world.courses().certificate(&agency.session, None).unwrap(), certificate, "{what}");
            let verified = world.courses().verify(certificate.number.as_str(), None).unwrap();
            assert_eq!(verified.issued, certificate.issued, "{what}");
        };
        publish(world, 2, &[TASKS[0], TASKS[1], TASKS[2], "more commerce more", "learn partner learned"]);
        still(world, "a version with more tasks");
        assert_eq!(completed(world, &agency).len(), 3);
        assert!(!world.courses().can_certify(&agency.session).unwrap().yes, "there is something to do again");
        still(world, "seen by the new version");
        publish(world, 3, &["other partner otherwise"]);
        assert_eq!(completed(world, &agency), [""; 0]);
        still(world, "a version without its tasks");
        world.partners().clear(firm.admin).unwrap();
        still(world, "the client left");
        world.partners().suspend(agency.partner).unwrap();
        still(world, "suspended");
        world.partners().restore(agency.partner).unwrap();
        still(world, "restored");
        assert_eq!(world.deliver().of(MailKind::PartnerCertified).len(), 0);
    }

    fn rule_26_completing_everything_again_certifies_no_second_time(world: &World) {
        let (firm, agency) = certified(world);
        publish(world, 2, &[TASKS[0], "more commerce more"]);
        happened(world, &firm, "more", "more");
        assert!(world.courses().can_certify(&agency.session).unwrap().yes);
        happened(world, &firm, "sold", "four");
        assert!(world.courses().rebuild_partner(agency.partner).unwrap().added.is_empty());
        let all = world.store.history();
        let issued: Vec<_> = all.iter().flat_map(|changes| written::<Certificate>(changes)).collect();
        assert_eq!(issued.len(), 1);
        assert_eq!(issued[0].edition, 1);
        world.deliver();
        assert_eq!(world.delivered().of(MailKind::PartnerCertified).len(), 1);
        let history = world.partners().history(&agency.session, &Paging::default()).unwrap().items;
        let told = history.iter().filter(|event| event.what == PartnerEventKind::Certified).count();
        assert_eq!(told, 1);
    }

    fn rule_26_a_version_that_asks_for_less_certifies_who_has_that_when_it_moves_on(world: &World) {
        let (_, agency) = nearly(world);
        publish(world, 2, &TASKS[..2]);
        assert_eq!(state(world, &agency), PartnerState::Provisional);
        let (_, committed) = world.store.committed(|| completed(world, &agency));
        must_certify(&committed, &agency);
        assert_eq!(world.courses().certificate(&agency.session, None).unwrap().version, 2);
    }

    fn rule_26_two_partners_are_certified_each_for_itself(world: &World) {
        let (_, agency) = certified(world);
        let (firm, other) = (world.firm("Frutas del Sur"), world.careful_agency("Sendero Partners"));
        world.link(&firm, &other);
        world.courses().enable(&other.session, firm.company).unwrap();
        assert_eq!(refusal(world.courses().certificate(&other.session, None)), Code::NotFound);
        let batch = [
            fact(&firm, "shop_opened", "a"),
            own_fact(&other, "greeted", "b"),
            fact(&firm, "sold", "c"),
            fact(&firm, "sold", "d"),
        ];
        let (_, committed) = world.store.committed(|| world.courses().signal_many(&batch).unwrap());
        must_certify(&committed, &other);
        let numbers = [&agency, &other].map(|agency| world.courses().certificate(&agency.session, None).unwrap().number);
        assert_ne!(numbers[0], numbers[1]);
    }
}
