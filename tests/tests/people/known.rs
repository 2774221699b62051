//! Rules 28, 29, 30 and 35: a person with a login is asked by a second company.

use handfast::{
    Code, Result,
    association::{Association, AssociationState, UserInput},
    mail::MailKind,
    session::Context,
};
use handfast_tests::{PASSWORD, World, on_every_store, refusal, sign_in};

const UMA: &str = "uma@users.example";

on_every_store! {
    fn rule_30_an_association_is_usable_only_once_its_owner_confirmed_it_signed_in(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        let asked = world.invited(&frutas, there, UMA);
        let post = world.deliver().to(UMA);
        assert_eq!(post.kinds(), [MailKind::AssociationAsked]);
        let token = post.user_token();
        assert!(!world.users().invitation(&token).unwrap().chooses_password);
        assert_eq!(refusal(world.users().accept(&token, "another horse altogether")), Code::SignInFirst);
        assert_eq!(refusal(world.users().confirm("", &token)), Code::NotSignedIn);
        let session = world.signed_in(UMA);
        let context = Context::User { company: frutas.company, customer: there, association: asked.id };
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        assert_eq!(world.users().confirm(&session, &token).unwrap().state, AssociationState::Active);
        assert_eq!(refusal(world.users().confirm(&session, &token)), Code::TokenSpent);
        world.sessions().enter(&session, context).unwrap();
        assert_eq!(world.sessions().resolve(&session).unwrap().context, context);
        world.logins().authenticate(UMA, PASSWORD).unwrap();
    }

    fn rule_10_an_association_is_confirmed_by_nobody_else(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        world.user(&flora, here, "vera@users.example");
        let asked = world.invited(&frutas, there, UMA);
        let token = world.deliver().to(UMA).user_token();
        let other = world.signed_in("vera@users.example");
        assert_eq!(refusal(world.users().confirm(&other, &token)), Code::UnknownToken);
        assert_eq!(refusal(world.users().leave(&other, asked.id)), Code::NotFound);
        assert_eq!(world.users().get(frutas.admin, asked.id).unwrap().state, AssociationState::Pending);
    }

    fn rule_30_revoking_one_association_leaves_the_others_as_they_are(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let first = world.user(&flora, here, UMA);
        let second = world.another_association(&frutas, there, UMA);
        let session = world.signed_in(UMA);
        let context = |association: &Association| Context::User {
            company: association.company,
            customer: association.customer,
            association: association.id,
        };
        let one = world.sessions().enter(&session, context(&first)).unwrap();
        world.sessions().enter(&session, context(&second)).unwrap();
        world.users().revoke(frutas.admin, second.id).unwrap();
        assert_eq!(world.deliver().to(UMA).kinds(), [MailKind::UserRemoved]);
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::AccessEnded);
        world.sessions().switch_to(&session, one).unwrap();
        assert_eq!(world.sessions().resolve(&session).unwrap().context, context(&first));
        assert_eq!(refusal(world.users().revoke(frutas.admin, second.id)), Code::WrongState);
    }

    fn rule_29_an_admin_sees_and_touches_nothing_of_another_company(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let first = world.user(&flora, here, UMA);
        world.another_association(&frutas, there, UMA);
        assert_eq!(refusal(world.users().get(frutas.admin, first.id)), Code::NotFound);
        assert_eq!(refusal(world.users().revoke(frutas.admin, first.id)), Code::NotFound);
        let listed = world.users().list(frutas.admin, AssociationState::Active, &Default::default()).unwrap().items;
        assert!(listed.iter().all(|association| association.company == frutas.company));
        let input = UserInput { email: UMA.into(), ..World::user_input(there, UMA) };
        assert_eq!(refusal(world.users().add(frutas.admin, &input)), Code::AlreadyThere);
        world.logins().authenticate(UMA, PASSWORD).unwrap();
    }

    fn rule_12_a_newer_activation_link_kills_the_older(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        let asked = world.invited(&frutas, there, UMA);
        let older = world.deliver().to(UMA).user_token();
        world.users().resend(frutas.admin, asked.id).unwrap();
        let newer = world.deliver().to(UMA).user_token();
        let session = world.signed_in(UMA);
        assert_eq!(refusal(world.users().invitation(&older)), Code::UnknownToken);
        assert_eq!(refusal(world.users().confirm(&session, &older)), Code::UnknownToken);
        assert_eq!(refusal(world.users().decline(&older)), Code::UnknownToken);
        world.users().confirm(&session, &newer).unwrap();
    }

    fn rule_34_nothing_of_one_company_is_joined_with_what_is_another_s(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        assert_eq!(refusal(world.users().add(flora.admin, &World::user_input(there, UMA))), Code::NotFound);
        let first = world.user(&flora, here, UMA);
        let second = world.another_association(&frutas, there, UMA);
        assert_eq!((first.company, first.customer), (flora.company, here));
        assert_eq!((second.company, second.customer, second.login), (frutas.company, there, first.login));
        let session = world.signed_in(UMA);
        // an association with the company or the customer of another
        for (company, customer, association) in [
            (frutas.company, here, first.id),
            (flora.company, there, first.id),
            (flora.company, here, second.id),
            (frutas.company, there, first.id),
        ] {
            let mixed = Context::User { company, customer, association };
            assert_eq!(refusal(world.sessions().enter(&session, mixed)), Code::AccessEnded);
        }
        assert_eq!(refusal(world.sessions().enter(&session, Context::Staff { company: flora.company })), Code::AccessEnded);
    }

    fn rule_35_inviting_costs_the_same_for_known_and_unknown_addresses(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        for style in 0..2 {
            let invite = |email: String| {
                let input = World::user_input(there, &email);
                let (_, looked) = world.store.calls(|| world.users().preview(frutas.admin, &input).unwrap());
                let (added, calls) = world.store.calls(|| world.users().add(frutas.admin, &input).unwrap());
                (looked, calls, added.state, added.created, added.name)
            };
            let known = format!("known{style}@users.example");
            world.user(&flora, here, &known);
            assert_eq!(invite(known), invite(format!("nobody{style}@users.example")));
            world.with_links(&frutas);
        }
    }

    fn a_preview_says_that_an_association_will_be_asked_for_and_changes_nothing(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        let (told, committed) = world.store.committed(|| {
            let preview = |email: &str| -> Result<bool> {
                Ok(world.users().preview(frutas.admin, &World::user_input(there, email))?.association)
            };
            (preview(UMA).unwrap(), preview("nobody@users.example").unwrap(), refusal(preview("nobody")))
        });
        assert_eq!(told, (true, false, Code::InvalidInput));
        assert!(committed.is_empty());
    }

    fn rule_28_a_login_name_opens_only_while_the_person_works_with_one_company(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let input = UserInput { login_name: Some("Úma".into()), ..World::user_input(here, UMA) };
        world.users().add(flora.admin, &input).unwrap();
        let post = world.deliver().to(UMA);
        assert!(post.0[0].text.contains("Úma"), "{}", post.0[0].text);
        let mut first = handfast_tests::first_password("uma", &post.temporary_password());
        assert_eq!(refusal(world.users().choose_password(&first)), Code::WrongPassword);
        first.company = Some(flora.company);
        world.users().choose_password(&first).unwrap();
        let by_name = |company| {
            let mut input = sign_in("UMA", PASSWORD);
            input.company = company;
            world.sessions().sign_in(&input)
        };
        assert!(by_name(Some(flora.company)).is_ok());
        assert_eq!(refusal(by_name(Some(frutas.company))), Code::WrongPassword);
        assert_eq!(refusal(by_name(None)), Code::WrongPassword);
        let taken = UserInput { login_name: Some("UMA".into()), ..World::user_input(here, "vera@users.example") };
        assert_eq!(refusal(world.users().add(flora.admin, &taken)), Code::AlreadyThere);
        let second = UserInput { login_name: Some("uma".into()), ..World::user_input(there, UMA) };
        assert_eq!(world.users().add(frutas.admin, &second).unwrap().login_name, None);
        assert!(by_name(Some(flora.company)).is_ok());
        let token = world.deliver().to(UMA).user_token();
        world.users().confirm(&world.signed_in(UMA), &token).unwrap();
        assert_eq!(refusal(by_name(Some(flora.company))), Code::WrongPassword);
        world.signed_in(UMA);
    }

    fn a_person_leaves_one_customer_and_keeps_the_others(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let first = world.user(&flora, here, UMA);
        let second = world.another_association(&frutas, there, UMA);
        let session = world.signed_in(UMA);
        world.users().leave(&session, first.id).unwrap();
        assert_eq!(refusal(world.users().leave(&session, first.id)), Code::WrongState);
        let mine = world.users().mine(&session, &Default::default()).unwrap().items;
        let mine: Vec<_> = mine.iter().map(|own| (own.id, own.company_name.as_str(), own.state)).collect();
        let due = [
            (first.id, "Flora Export", AssociationState::Declined),
            (second.id, "Frutas del Sur", AssociationState::Active),
        ];
        assert_eq!(mine, due);
        assert_eq!(world.users().get(flora.admin, first.id).unwrap().state, AssociationState::Declined);
    }
}
