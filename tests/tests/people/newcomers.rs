//! Rules 8, 10, 11, 12, 31 and 32: a person without a login is invited.

use std::time::Duration;

use handfast::{
    Code,
    association::{AssociationState, FirstPassword, UserInput},
    company::{Role, StaffInput},
    mail::MailKind,
    session::SignedIn,
};
use handfast_tests::{PASSWORD, World, first_password, on_every_store, refusal, sign_in};

const UMA: &str = "uma@users.example";

/// How somebody chooses a password.
type Choose = fn(&World, &str);

fn is_choice(given: handfast::Result<SignedIn>) -> bool {
    matches!(given.unwrap(), SignedIn::ChoosePassword)
}

on_every_store! {
    fn rule_31_a_temporary_password_opens_nothing_but_its_own_change(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let association = world.invited(&firm, customer, UMA);
        assert_eq!(association.state, AssociationState::Pending);
        let temporary = world.deliver().to(UMA).temporary_password();
        assert!(is_choice(world.sessions().sign_in(&sign_in(UMA, &temporary))));
        assert!(is_choice(world.sessions().sign_in(&sign_in(UMA, &temporary.to_uppercase()))));
        assert_eq!(refusal(world.logins().authenticate(UMA, &temporary)), Code::WrongPassword);
        let joined = world.users().choose_password(&first_password(UMA, &temporary)).unwrap();
        assert_eq!((joined.id, joined.state), (association.id, AssociationState::Active));
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(UMA, &temporary))), Code::WrongPassword);
        let again = FirstPassword { password: "another horse altogether".into(), ..first_password(UMA, &temporary) };
        assert_eq!(refusal(world.users().choose_password(&again)), Code::WrongPassword);
        assert!(matches!(world.sessions().sign_in(&sign_in(UMA, PASSWORD)).unwrap(), SignedIn::Active(_)));
    }

    fn rule_11_a_temporary_password_is_worth_nothing_after_24_hours(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        world.later(Duration::from_secs(24 * 60 * 60 - 1));
        assert!(is_choice(world.sessions().sign_in(&sign_in(UMA, &temporary))));
        world.later(Duration::from_secs(1));
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(UMA, &temporary))), Code::WrongPassword);
        assert_eq!(refusal(world.users().choose_password(&first_password(UMA, &temporary))), Code::WrongPassword);
    }

    fn rule_12_a_newer_temporary_password_kills_the_older(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let association = world.invited(&firm, customer, UMA);
        let older = world.deliver().to(UMA).temporary_password();
        world.users().resend(firm.admin, association.id).unwrap();
        let newer = world.deliver().to(UMA).temporary_password();
        assert_ne!(older, newer);
        assert_eq!(refusal(world.users().choose_password(&first_password(UMA, &older))), Code::WrongPassword);
        world.users().choose_password(&first_password(UMA, &newer)).unwrap();
    }

    fn rule_30_the_temporary_passwords_of_several_companies_end_nothing_of_each_other(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.invited(&flora, here, UMA);
        let ours = world.deliver().to(UMA).temporary_password();
        let second = world.invited(&frutas, there, UMA);
        let theirs = world.deliver().to(UMA).temporary_password();
        assert!(is_choice(world.sessions().sign_in(&sign_in(UMA, &ours))));
        assert!(is_choice(world.sessions().sign_in(&sign_in(UMA, &theirs))));
        // one company that renews or takes back its own leaves the other's as it is
        world.users().resend(frutas.admin, second.id).unwrap();
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(UMA, &theirs))), Code::WrongPassword);
        let theirs = world.deliver().to(UMA).temporary_password();
        let joined = world.users().choose_password(&first_password(UMA, &ours)).unwrap();
        assert_eq!((joined.company, joined.state), (flora.company, AssociationState::Active));
        // who has a password now is asked by a link, as everyone who has
        assert_eq!(refusal(world.users().choose_password(&first_password(UMA, &theirs))), Code::WrongPassword);
        let token = world.deliver().to(UMA).of(MailKind::AssociationAsked).user_token();
        let joined = world.users().confirm(&world.signed_in(UMA), &token).unwrap();
        assert_eq!((joined.id, joined.state), (second.id, AssociationState::Active));
    }

    fn whoever_chooses_a_password_anywhere_is_asked_anew_where_a_temporary_one_waits(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (one, two) = (world.active(&flora, "buyer@rosas.example"), world.active(&flora, "buyer@peras.example"));
        let there = world.active(&frutas, "buyer@uvas.example");
        let ways: [(&str, Choose); 3] = [
            ("reset", |world, email| {
                world.logins().request_reset(email, None).unwrap();
                world.logins().reset(&world.deliver().token_of(MailKind::PasswordReset), PASSWORD).unwrap();
            }),
            ("staff", |world, email| {
                world.staff().accept(&world.deliver().to(email).token(), Some(PASSWORD)).unwrap();
            }),
            ("temporary", |world, email| {
                let temporary = world.deliver().to(email).temporary_password();
                world.users().choose_password(&first_password(email, &temporary)).unwrap();
            }),
        ];
        for (way, choose) in ways {
            let email = format!("{way}@users.example");
            let staff = StaffInput { email: email.clone(), name: "Uma Uva".into(), role: Role::Staff };
            world.staff().invite(frutas.admin, &staff).unwrap();
            // one that was taken back, and one person on two customers of a company
            let revoked = world.invited(&frutas, there, &email).id;
            world.users().revoke(frutas.admin, revoked).unwrap();
            let asked = [world.invited(&flora, one, &email), world.invited(&flora, two, &email)];
            choose(world, &email);
            let post = world.deliver().to(&email).of(MailKind::AssociationAsked);
            let waiting = asked.iter().filter(|asked| {
                world.users().get(flora.admin, asked.id).unwrap().state == AssociationState::Pending
            });
            assert_eq!((post.len(), waiting.count()), if way == "temporary" { (1, 1) } else { (2, 2) }, "{way}");
            let session = world.signed_in(&email);
            for mail in &post.0 {
                let token = handfast_tests::Post(vec![mail.clone()]).user_token();
                world.users().confirm(&session, &token).unwrap();
            }
            assert_eq!(world.users().get(frutas.admin, revoked).unwrap().state, AssociationState::Revoked);
        }
    }

    fn rule_10_a_temporary_password_is_good_for_its_own_address_and_while_its_association_waits(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let asked = world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        world.invited(&firm, customer, "vera@users.example");
        let other = world.sessions().sign_in(&sign_in("vera@users.example", &temporary));
        assert_eq!(refusal(other), Code::WrongPassword);
        world.users().revoke(firm.admin, asked.id).unwrap();
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(UMA, &temporary))), Code::WrongPassword);
    }

    fn rule_31_guesses_at_a_temporary_password_lock_the_name_as_at_every_sign_in(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        for _ in 0..5 {
            let wrong = first_password(UMA, "00000-00000-00000-00000");
            assert_eq!(refusal(world.users().choose_password(&wrong)), Code::WrongPassword);
        }
        assert_eq!(refusal(world.users().choose_password(&first_password(UMA, &temporary))), Code::WrongPassword);
        world.later(Duration::from_secs(30));
        world.users().choose_password(&first_password(UMA, &temporary)).unwrap();
    }

    fn a_password_that_is_too_weak_does_not_spend_the_temporary_one(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        let weak = FirstPassword { password: "short".into(), ..first_password(UMA, &temporary) };
        assert_eq!(refusal(world.users().choose_password(&weak)), Code::TooShort);
        world.users().choose_password(&first_password(UMA, &temporary)).unwrap();
    }

    fn a_company_can_invite_with_a_link_to_choose_a_password(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        let association = world.invited(&firm, customer, UMA);
        let post = world.deliver().to(UMA);
        assert_eq!(post.kinds(), [MailKind::UserInvited]);
        let token = post.user_token();
        let shown = world.users().invitation(&token).unwrap();
        assert_eq!((shown.company.as_str(), shown.name.as_str()), ("Flora Export", "Uma Uva"));
        assert!(shown.chooses_password);
        assert_eq!(refusal(world.users().accept(&token, "short")), Code::TooShort);
        let joined = world.users().accept(&token, PASSWORD).unwrap();
        assert_eq!((joined.id, joined.state), (association.id, AssociationState::Active));
        assert_eq!(refusal(world.users().accept(&token, "another horse altogether")), Code::TokenSpent);
        world.signed_in(UMA);
    }

    fn rule_08_looking_at_a_link_consumes_nothing_and_rule_11_it_ends_with_its_time(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        let association = world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        let (_, committed) = world.store.committed(|| (0..3).for_each(|_| drop(world.users().invitation(&token).unwrap())));
        assert!(committed.is_empty());
        world.later(world.policy().user_invitation_lifetime);
        assert_eq!(refusal(world.users().invitation(&token)), Code::TokenExpired);
        assert_eq!(refusal(world.users().accept(&token, PASSWORD)), Code::TokenExpired);
        let state = || world.users().get(firm.admin, association.id).unwrap().state;
        assert_eq!(state(), AssociationState::Expired);
        assert_eq!(world.users().expire(10).unwrap(), 1);
        assert_eq!(world.users().expire(10).unwrap(), 0);
        assert_eq!(state(), AssociationState::Expired);
        world.users().resend(firm.admin, association.id).unwrap();
        world.users().accept(&world.deliver().to(UMA).user_token(), PASSWORD).unwrap();
    }

    fn rule_10_a_link_of_one_kind_opens_nothing_of_another(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        assert_eq!(refusal(world.staff().invitation(&token)), Code::UnknownToken);
        assert_eq!(refusal(world.staff().accept(&token, Some(PASSWORD))), Code::UnknownToken);
        assert_eq!(refusal(world.sessions().resolve(&token)), Code::NotSignedIn);
        for nothing in ["", " ", "\0"] {
            assert_eq!(refusal(world.users().invitation(nothing)), Code::UnknownToken);
        }
    }

    fn declining_ends_the_invitation_and_the_company_may_ask_again(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        let association = world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        world.users().decline(&token).unwrap();
        assert_eq!(world.users().get(firm.admin, association.id).unwrap().state, AssociationState::Declined);
        assert_eq!(refusal(world.users().accept(&token, PASSWORD)), Code::TokenSpent);
        assert_eq!(refusal(world.users().resend(firm.admin, association.id)), Code::WrongState);
        let again = world.invited(&firm, customer, UMA);
        assert_eq!((again.id, again.state), (association.id, AssociationState::Pending));
        world.users().accept(&world.deliver().to(UMA).user_token(), PASSWORD).unwrap();
        assert_eq!(refusal(world.users().add(firm.admin, &World::user_input(customer, UMA))), Code::AlreadyThere);
    }

    fn rule_29_whoever_signed_up_with_a_strangers_address_is_out_once_the_stranger_accepts(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        // an address that nobody proved to be theirs
        let squatter = world.firm("Squatters");
        let squatting = world.signed_in(&squatter.email);
        world.invited(&firm, customer, &squatter.email);
        let temporary = world.deliver().to(&squatter.email).temporary_password();
        let own = FirstPassword { password: "the real owner of it".into(), ..first_password(&squatter.email, &temporary) };
        world.users().choose_password(&own).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&squatting)), Code::NotSignedIn);
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(&squatter.email, PASSWORD))), Code::WrongPassword);
    }

    fn all_that_is_wrong_with_an_invitation_is_told_at_once(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let input = UserInput {
            name: " ".into(),
            login_name: Some("uma@home".into()),
            notes: Some("n".repeat(2_001)),
            ..World::user_input(customer, "nobody")
        };
        let error = world.users().add(firm.admin, &input).unwrap_err();
        let fields: Vec<_> = error.faults().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["email", "name", "login_name", "notes"]);
    }

    fn one_address_gets_few_invitations_within_an_hour(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let association = world.invited(&firm, customer, UMA);
        for _ in 1..5 {
            world.users().resend(firm.admin, association.id).unwrap();
        }
        assert_eq!(refusal(world.users().resend(firm.admin, association.id)), Code::TooOften);
        world.later(Duration::from_secs(60 * 60));
        world.users().resend(firm.admin, association.id).unwrap();
    }
}
