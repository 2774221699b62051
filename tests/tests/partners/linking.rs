//! Rule 16: only the commerce side creates, changes or clears the link.

use handfast::{Code, company::Role, mail::MailKind, partner::VisitNotice};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

use crate::common::{clients, linked, names};

const WRONG: &str = "a wrong horse in the stable";

on_every_store! {
    fn rule_16_only_an_admin_of_the_company_designates_clears_and_looks_after_visits(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        let visit = handfast_tests::Ground::new(world, &firm).visit;
        for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
            let email = format!("{role}@flora.example");
            let member = world.member(&firm, *role, &email).actor;
            let session = world.signed_in(&email);
            let (_, committed) = world.store.committed(|| {
                assert_eq!(refusal(world.partners().clear(member)), Code::RoleTooLow, "{role}");
                let notice = world.partners().set_visit_notice(member, VisitNotice::Mail);
                assert_eq!(refusal(notice), Code::RoleTooLow, "{role}");
                assert_eq!(refusal(world.partners().end_visit(member, visit)), Code::RoleTooLow, "{role}");
            });
            assert!(committed.is_empty());
            let given = world.partners().designate(&session, &agency.number, PASSWORD, None);
            assert_eq!(refusal(given), Code::RoleTooLow, "{role}");
        }
        assert_eq!(clients(world, &agency), []);
        world.member(&firm, Role::Admin, "second@flora.example");
        let session = world.signed_in("second@flora.example");
        world.partners().designate(&session, &agency.number, PASSWORD, None).unwrap();
        assert_eq!(names(&clients(world, &agency)), ["Flora Export"]);
    }

    fn rule_16_designating_needs_the_password_again_and_the_second_factor_where_it_is_on(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        let admin = world.careful(&firm);
        let give = |password: &str, code: Option<&str>| {
            world.partners().designate(&admin.session, &agency.number, password, code)
        };
        for password in [WRONG, "", "\0"] {
            assert_eq!(refusal(give(password, Some(&admin.codes[0]))), Code::WrongPassword, "{password:?}");
        }
        assert_eq!(refusal(give(PASSWORD, None)), Code::Required);
        assert_eq!(refusal(give(PASSWORD, Some("nonsense"))), Code::WrongCode);
        assert_eq!(clients(world, &agency), []);
        give(PASSWORD, Some(&admin.app.code(world.now()))).unwrap();
        assert_eq!(names(&clients(world, &agency)), ["Flora Export"]);
    }

    fn rule_16_neither_the_partner_nor_a_user_nor_nobody_can_link_a_company(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        let customer = world.active(&firm, "buyer@rosas.example");
        world.user(&firm, customer, "uma@users.example");
        for session in [agency.session.clone(), world.signed_in("uma@users.example")] {
            let given = world.partners().designate(&session, &agency.number, PASSWORD, None);
            assert_eq!(refusal(given), Code::RoleTooLow);
        }
        for session in ["", "no token", &agency.session.chars().rev().collect::<String>()] {
            let given = world.partners().designate(session, &agency.number, PASSWORD, None);
            assert_eq!(refusal(given), Code::NotSignedIn);
        }
        // a person who belongs to the company and does not act for it just now
        let session = world.signed_in(&firm.email);
        world.sessions().enter(&session, handfast::session::Context::Person).unwrap();
        let given = world.partners().designate(&session, &agency.number, PASSWORD, None);
        assert_eq!(refusal(given), Code::RoleTooLow);
        assert_eq!(clients(world, &agency), []);
    }

    fn rule_16_a_partner_in_the_account_can_neither_keep_nor_hand_on_nor_end_its_link(world: &World) {
        let (firm, agency) = linked(world);
        let friends = world.agency("Sendero Partners");
        let (visit, actor) = world.entered(&agency, &firm);
        let code = || agency.app.as_ref().unwrap().code(world.now());
        for number in [&agency.number, &friends.number] {
            let given = world.partners().designate(&agency.session, number, PASSWORD, Some(&code()));
            assert_eq!(refusal(given), Code::Delegated);
        }
        let (_, committed) = world.store.committed(|| {
            assert_eq!(refusal(world.partners().clear(actor)), Code::Delegated);
            assert_eq!(refusal(world.partners().end_visit(actor, visit)), Code::Delegated);
            assert_eq!(refusal(world.partners().set_visit_notice(actor, VisitNotice::Mail)), Code::Delegated);
        });
        assert!(committed.is_empty());
        assert_eq!(world.partners().designated(actor).unwrap().unwrap().partner, agency.partner, "it may look");
    }

    fn rule_16_a_role_that_shrinks_before_the_commit_links_nothing(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        let second = world.member(&firm, Role::Admin, "second@flora.example");
        let session = world.signed_in("second@flora.example");
        let (unseen, host) = (world.unseen(), firm.host());
        world.store.before_next_commit(move || {
            unseen.staff().set_role(host, second.staff, Role::FullAccess).unwrap();
        });
        let given = world.partners().designate(&session, &agency.number, PASSWORD, None);
        assert!(!world.store.is_hook_waiting());
        assert_eq!(refusal(given), Code::RoleTooLow);
        assert_eq!(clients(world, &agency), []);
    }

    fn rule_16_a_referral_link_that_is_opened_after_the_sign_up_links_nothing(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        world.partners().open_referral(&agency.slug, None).unwrap();
        world.signed_in(&firm.email);
        world.companies().get(firm.admin).unwrap();
        assert_eq!(clients(world, &agency), []);
        assert_eq!(world.partners().designated(firm.admin).unwrap(), None);
    }

    fn both_sides_hear_by_mail_of_a_link_of_a_change_and_of_the_end(world: &World) {
        let firm = world.firm("Flora Export");
        let (camino, sendero) = (world.agency("Camino Consulting"), world.agency("Sendero Partners"));
        world.member(&firm, Role::Admin, "second@flora.example");
        world.member(&firm, Role::FullAccess, "full@flora.example");
        let admins = || vec![firm.email.clone(), "second@flora.example".to_owned()];
        world.deliver();
        world.link(&firm, &camino);
        let post = world.deliver();
        assert_eq!(post.of(MailKind::PartnerLinked).recipients(), admins());
        assert_eq!(post.of(MailKind::ClientLinked).recipients(), std::slice::from_ref(&camino.email));
        assert_eq!(post.len(), 3);
        assert!(post.of(MailKind::PartnerLinked).0[0].text.contains(&camino.number));
        assert!(post.of(MailKind::ClientLinked).0[0].text.contains("Flora Export"));
        world.link(&firm, &sendero);
        let post = world.deliver();
        assert_eq!(post.of(MailKind::PartnerCleared).recipients(), admins());
        assert_eq!(post.of(MailKind::PartnerLinked).recipients(), admins());
        assert_eq!(post.of(MailKind::ClientCleared).recipients(), [camino.email]);
        assert_eq!(post.of(MailKind::ClientLinked).recipients(), std::slice::from_ref(&sendero.email));
        assert_eq!(post.len(), 6);
        world.partners().clear(firm.admin).unwrap();
        let post = world.deliver();
        assert_eq!(post.of(MailKind::PartnerCleared).recipients(), admins());
        assert_eq!(post.of(MailKind::ClientCleared).recipients(), [sendero.email]);
        assert_eq!(post.len(), 3);
    }
}
