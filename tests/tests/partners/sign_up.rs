//! Partner accounts: signing up, and what a session of one is.

use handfast::{
    Code,
    mail::MailKind,
    partner::{PartnerSignUp, PartnerStanding, PartnerState},
    session::Context,
};
use handfast_tests::{PASSWORD, World, first_password, on_every_store, refusal};

use crate::common::linked;

on_every_store! {
    fn a_partner_signs_up_with_its_owner_in_one_commit_with_one_mail(world: &World) {
        let input = World::partner_input("Camino Consulting");
        let (signed_up, committed) = world.store.committed(|| world.partners().sign_up(&input).unwrap());
        assert_eq!(committed.len(), 1);
        let written = crate::common::tables(&committed[0]);
        for table in ["login", "mail", "member", "partner", "partner_event"] {
            assert!(written.contains(&table), "{written:?}");
        }
        let view = &signed_up.partner;
        assert_eq!((view.state, view.standing), (PartnerState::Provisional, PartnerStanding::Good));
        assert_eq!((view.opened, view.referred, view.created), (0, 0, world.now()));
        let post = world.deliver();
        assert_eq!((post.kinds(), post.recipients()), (vec![MailKind::PartnerWelcome], vec![input.owner_email.clone()]));
        assert!(post.0[0].text.contains(&view.grouped));
        let session = world.signed_in(&input.owner_email);
        assert_eq!(world.partners().get(&session).unwrap(), *view);
    }

    fn every_fault_of_a_sign_up_is_told_at_once_and_writes_nothing(world: &World) {
        let bad = PartnerSignUp {
            name: "".into(),
            locale: "nowhere at all".into(),
            owner_name: "two\nlines".into(),
            owner_email: "nobody".into(),
            owner_password: "short".into(),
        };
        let (error, committed) = world.store.committed(|| world.partners().sign_up(&bad).unwrap_err());
        let fields: Vec<_> = error.faults().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "locale", "owner_name", "owner_email", "owner_password"]);
        assert!(committed.is_empty());
        let named = PartnerSignUp { owner_password: "camino consulting".into(), ..World::partner_input("Camino Consulting") };
        assert_eq!(refusal(world.partners().sign_up(&named)), Code::InvalidInput, "a password of the own name");
    }

    fn an_address_that_has_a_login_signs_up_with_its_own_password_alone(world: &World) {
        let firm = world.firm("Flora Export");
        let input = |password: &str| PartnerSignUp {
            owner_email: firm.email.to_uppercase(),
            owner_password: password.into(),
            ..World::partner_input("Camino Consulting")
        };
        let wrong = world.partners().sign_up(&input("a wrong horse in the stable"));
        assert_eq!(refusal(wrong), Code::WrongPassword);
        let signed_up = world.partners().sign_up(&input(PASSWORD)).unwrap();
        assert_eq!(Some(signed_up.login), firm.admin.login(), "one login an address");
        // a person of a company and of a partner account chooses, at every sign-in
        let session = world.signed_in(&firm.email);
        assert_eq!(world.sessions().resolve(&session).unwrap().context, Context::Person);
    }

    fn wrong_passwords_at_a_sign_up_count_as_at_every_sign_in(world: &World) {
        let firm = world.firm("Flora Export");
        for _ in 0..world.policy().sign_in_attempts {
            let input = PartnerSignUp {
                owner_email: firm.email.clone(),
                owner_password: "a wrong horse in the stable".into(),
                ..World::partner_input("Camino Consulting")
            };
            assert_eq!(refusal(world.partners().sign_up(&input)), Code::WrongPassword);
        }
        let input = PartnerSignUp { owner_email: firm.email.clone(), ..World::partner_input("Camino Consulting") };
        assert_eq!(refusal(world.partners().sign_up(&input)), Code::WrongPassword, "locked");
        world.later(world.policy().first_lockout);
        world.partners().sign_up(&input).unwrap();
    }

    fn a_person_works_for_one_partner_account_at_most(world: &World) {
        let agency = world.agency("Camino Consulting");
        let second = PartnerSignUp { owner_email: agency.email.clone(), ..World::partner_input("Sendero Partners") };
        assert_eq!(refusal(world.partners().sign_up(&second)), Code::AlreadyThere);
        let choices = world.sessions().choices(&agency.session).unwrap();
        assert_eq!(choices.len(), 1);
    }

    fn who_was_only_invited_somewhere_chooses_a_password_first(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, "uma@users.example");
        let temporary = world.deliver().to("uma@users.example").temporary_password();
        let input = |password: &str| PartnerSignUp {
            owner_email: "uma@users.example".into(),
            owner_password: password.into(),
            ..World::partner_input("Camino Consulting")
        };
        for password in [PASSWORD, &temporary] {
            assert_eq!(refusal(world.partners().sign_up(&input(password))), Code::WrongPassword);
        }
        world.users().choose_password(&first_password("uma@users.example", &temporary)).unwrap();
        world.partners().sign_up(&input(PASSWORD)).unwrap();
    }

    fn a_person_chooses_the_partner_account_among_other_places(world: &World) {
        let firm = world.firm("Flora Export");
        let agency = world.agency("Camino Consulting");
        assert_eq!(
            world.sessions().resolve(&world.signed_in(&agency.email)).unwrap().context,
            Context::Partner { partner: agency.partner },
            "the only place there is"
        );
        world.member(&firm, handfast::company::Role::Staff, &agency.email);
        let session = world.signed_in(&agency.email);
        assert_eq!(refusal(world.partners().get(&session)), Code::PartnerOnly);
        let choices = world.sessions().choices(&session).unwrap();
        let name = |name: &Option<handfast::value::Name>| name.as_ref().map(|name| name.to_string());
        let shown: Vec<_> = choices
            .iter()
            .map(|choice| (choice.context, name(&choice.company_name), name(&choice.partner_name), choice.open))
            .collect();
        let own = Context::Partner { partner: agency.partner };
        let works = Context::Staff { company: firm.company };
        assert_eq!(
            shown,
            [
                (works, Some("Flora Export".into()), None, true),
                (own, None, Some("Camino Consulting".into()), true)
            ]
        );
        world.sessions().enter(&session, own).unwrap();
        assert_eq!(world.partners().get(&session).unwrap().id, agency.partner);
        let who = world.sessions().resolve(&session).unwrap();
        assert_eq!((who.actor(), who.role), (None, None), "a partner acts for no company of itself");
        world.sessions().enter(&session, works).unwrap();
        assert_eq!(refusal(world.partners().get(&session)), Code::PartnerOnly);
    }

    fn nobody_enters_a_partner_account_of_others(world: &World) {
        let (camino, sendero) = (world.agency("Camino Consulting"), world.agency("Sendero Partners"));
        let nowhere = "019a0000-0000-7000-8000-000000000014".parse().unwrap();
        for partner in [sendero.partner, nowhere] {
            let given = world.sessions().enter(&camino.session, Context::Partner { partner });
            assert_eq!(refusal(given), Code::AccessEnded);
        }
    }

    fn a_suspended_partner_still_looks_after_its_own_account(world: &World) {
        let (_, agency) = linked(world);
        world.partners().suspend(agency.partner).unwrap();
        let (_, committed) = world.store.committed(|| world.partners().suspend(agency.partner).unwrap());
        assert!(committed.is_empty(), "again changes nothing");
        let view = world.partners().get(&world.signed_in_again(&agency)).unwrap();
        assert_eq!(view.standing, PartnerStanding::Suspended);
        let nowhere = "019a0000-0000-7000-8000-000000000014".parse().unwrap();
        assert_eq!(refusal(world.partners().suspend(nowhere)), Code::NotFound);
        assert_eq!(refusal(world.partners().restore(nowhere)), Code::NotFound);
    }
}
