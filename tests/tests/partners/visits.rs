//! Visits as the client sees them, and how it hears of them.

use handfast::{
    Code, Id,
    company::Role,
    event::EventKind,
    mail::MailKind,
    partner::{Delegation, DelegationState, PartnerEventKind, VisitNotice},
    session::SignedIn,
    store::Paging,
};
use handfast_tests::{Agency, PASSWORD, World, on_every_store, refusal, sign_in};

use crate::common::linked;

on_every_store! {
    fn the_client_sees_who_was_there_why_and_when_the_latest_first(world: &World) {
        let (firm, agency) = linked(world);
        let mut begun = Vec::new();
        for reason in [Some("  set prices up "), None, Some("")] {
            world.tick();
            world.partners().log_in(&agency.session, firm.company, reason).unwrap();
            begun.push(world.now());
            world.switch_back(&agency);
        }
        let visits = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        let shown: Vec<_> = visits.iter().map(|visit| (visit.began, visit.state)).collect();
        use DelegationState::{Left, Open};
        assert_eq!(shown, [(begun[2], Open), (begun[1], Left), (begun[0], Left)]);
        let reasons: Vec<_> = visits.iter().map(|visit| visit.reason.as_ref().map(|line| line.as_str())).collect();
        assert_eq!(reasons, [None, None, Some("set prices up")]);
        assert_eq!(visits[1].ends, begun[2], "it was over when the next began");
        for visit in &visits {
            assert_eq!((visit.partner, visit.login), (agency.partner, agency.login));
            assert_eq!((visit.partner_name.as_str(), visit.person.as_str()), ("Camino Consulting", "Carla Camino"));
        }
        let first = world.partners().visits(firm.admin, &Paging::first(2)).unwrap();
        let second = world.partners().visits(firm.admin, &Paging::after(&first, 2).unwrap()).unwrap();
        let paged: Vec<_> = first.items.iter().chain(&second.items).map(|visit| visit.id).collect();
        assert_eq!(paged, visits.iter().map(|visit| visit.id).collect::<Vec<_>>());
    }

    fn rule_17_a_visit_is_shown_as_over_from_the_clear_on_and_when_the_same_partner_comes_again(world: &World) {
        let (firm, agency) = linked(world);
        let state = |world: &World| world.partners().visits(firm.admin, &Paging::first(1)).unwrap().items[0].state;
        world.entered(&agency, &firm);
        assert_eq!(state(world), DelegationState::Open);
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(state(world), DelegationState::Left);
        world.link(&firm, &agency);
        assert_eq!(state(world), DelegationState::Left);
    }

    fn a_visit_of_a_login_that_was_signed_out_everywhere_is_over(world: &World) {
        let (firm, agency) = linked(world);
        let state = |world: &World| world.partners().visits(firm.admin, &Paging::first(1)).unwrap().items[0].state;
        let (_, actor) = world.entered(&agency, &firm);
        assert_eq!(state(world), DelegationState::Open);
        let elsewhere = world.signed_in_again(&agency);
        assert_eq!(state(world), DelegationState::Open);
        world.logins().change_password(&elsewhere, PASSWORD, "carla keeps a better horse").unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(state(world), DelegationState::Left);
        let again = Agency { session: elsewhere, ..agency };
        let (_, actor) = world.entered(&again, &firm);
        assert_eq!(state(world), DelegationState::Open);
        world.logins().disable(again.login).unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(state(world), DelegationState::Left);
    }

    fn a_visit_in_the_session_of_another_ends_when_that_one_is_signed_out_everywhere(world: &World) {
        let (firm, agency) = linked(world);
        let host = world.careful_agency("Sendero Partners");
        let held = world.sessions().add(&host.session, &sign_in(&agency.email, PASSWORD)).unwrap();
        let SignedIn::SecondFactor(held) = held else { panic!("{held:?}") };
        let code = agency.app.as_ref().unwrap().code(world.now());
        let session = world.sessions().finish(held.token.expose(), &code).unwrap().token.expose().to_owned();
        let guest = Agency { session, ..agency };
        let (_, actor) = world.entered(&guest, &firm);
        let state = |world: &World| world.partners().visits(firm.admin, &Paging::first(1)).unwrap().items[0].state;
        assert_eq!(state(world), DelegationState::Open);
        world.logins().disable(host.login).unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(state(world), DelegationState::Left);
    }

    fn a_reason_is_one_line_that_is_not_too_long(world: &World) {
        let (firm, agency) = linked(world);
        let enter = |reason: &str| world.partners().log_in(&agency.session, firm.company, Some(reason));
        let (_, committed) = world.store.committed(|| {
            assert_eq!(refusal(enter(&"a".repeat(201))), Code::TooLong);
            assert_eq!(refusal(enter("two\nlines")), Code::ForbiddenCharacter);
            assert_eq!(refusal(enter("right\u{202e}left")), Code::ForbiddenCharacter);
        });
        assert!(committed.is_empty());
        enter(&"a".repeat(200)).unwrap();
    }

    fn admins_and_full_access_see_the_visits_and_others_do_not(world: &World) {
        let (firm, agency) = linked(world);
        world.entered(&agency, &firm);
        for role in Role::ALL {
            let member = world.member(&firm, *role, &format!("{role}@flora.example")).actor;
            let seen = world.partners().visits(member, &Paging::default());
            match role {
                Role::Admin | Role::FullAccess => assert_eq!(seen.unwrap().items.len(), 1),
                _ => assert_eq!(refusal(seen), Code::RoleTooLow, "{role}"),
            }
        }
        let other = world.firm("Frutas del Sur");
        assert_eq!(world.partners().visits(other.admin, &Paging::default()).unwrap().items, []);
    }

    fn a_visit_of_another_company_is_as_missing_as_one_that_is_nowhere(world: &World) {
        let (firm, agency) = linked(world);
        let (visit, actor) = world.entered(&agency, &firm);
        let other = world.firm("Frutas del Sur");
        let nowhere: Id<Delegation> = "019a0000-0000-7000-8000-000000000035".parse().unwrap();
        let (_, committed) = world.store.committed(|| {
            for ender in [other.admin, other.host()] {
                let answers = [visit, nowhere].map(|visit| {
                    let (given, calls) = world.store.calls(|| world.partners().end_visit(ender, visit).unwrap_err());
                    (given.code(), given.message().to_owned(), calls)
                });
                assert_eq!(answers[0].0, Code::NotFound);
                assert_eq!(answers[0], answers[1]);
            }
        });
        assert!(committed.is_empty());
        world.companies().get(actor).unwrap();
        // the company's own Admin is told of it, and its partner
        world.partners().end_visit(firm.admin, visit).unwrap();
        assert_eq!(world.history(firm.admin).pop().unwrap().what, EventKind::VisitEnded);
        world.switch_back(&agency);
        let last = world.partners().history(&agency.session, &Paging::first(1)).unwrap().items.remove(0);
        assert_eq!((last.what, last.company), (PartnerEventKind::VisitEnded, Some(firm.company)));
        let shown = world.partners().visits(firm.admin, &Paging::default()).unwrap().items.remove(0);
        assert_eq!((shown.state, shown.ends), (DelegationState::Ended, world.now()));
    }

    fn a_company_hears_of_visits_by_mail_only_if_it_wants(world: &World) {
        let (firm, agency) = linked(world);
        world.member(&firm, Role::Admin, "second@flora.example");
        world.deliver();
        assert_eq!(world.partners().designated(firm.admin).unwrap().unwrap().notice, VisitNotice::Audit);
        world.entered(&agency, &firm);
        assert!(world.deliver().is_empty());
        world.switch_back(&agency);
        world.partners().set_visit_notice(firm.admin, VisitNotice::Mail).unwrap();
        let (_, committed) = world.store.committed(|| {
            world.partners().set_visit_notice(firm.admin, VisitNotice::Mail).unwrap();
        });
        assert!(committed.is_empty(), "the same again changes nothing");
        let enter = || world.partners().log_in(&agency.session, firm.company, Some("set prices up")).unwrap();
        let (_, committed) = world.store.committed(enter);
        let mails = committed[0].writes.iter().filter(|write| write.table().name == "mail").count();
        assert_eq!((committed.len(), mails), (1, 1), "in the same commit");
        let post = world.deliver().of(MailKind::PartnerEntered);
        assert_eq!(post.recipients(), [firm.email.clone(), "second@flora.example".to_owned()]);
        for mail in &post.0 {
            assert!(["Camino Consulting", "Carla Camino", "set prices up"].iter().all(|told| mail.text.contains(told)));
        }
        // what a company wants to hear stays when its partner changes
        world.switch_back(&agency);
        world.link(&firm, &world.agency("Sendero Partners"));
        assert_eq!(world.partners().designated(firm.admin).unwrap().unwrap().notice, VisitNotice::Mail);
        let other = world.firm("Frutas del Sur");
        let never = world.partners().set_visit_notice(other.admin, VisitNotice::Mail);
        assert_eq!(refusal(never), Code::NotFound);
    }
}
