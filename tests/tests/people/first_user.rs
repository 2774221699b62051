//! Whoever asked to become a customer is its first user.

use handfast::{
    Code, association::AssociationState, customer::CustomerState, mail::MailKind, session::Context, store::Paging,
};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

const BEA: &str = "bea@rosas.example";

on_every_store! {
    fn the_approved_requester_becomes_the_first_user_once_the_customer_is_active(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.approved(&firm, BEA);
        let users = world.users().of_customer(firm.admin, customer, &Paging::default()).unwrap().items;
        let [first] = &users[..] else { panic!("{users:?}") };
        assert_eq!((first.state, first.email.original()), (AssociationState::Active, BEA));
        let token = world.deliver().to(BEA).of(MailKind::UserInvited).user_token();
        assert!(world.users().invitation(&token).unwrap().chooses_password);
        world.users().accept(&token, PASSWORD).unwrap();
        let session = world.signed_in(BEA);
        let context = Context::User { company: firm.company, customer, association: first.id };
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::CustomerInactive);
        assert!(!world.sessions().choices(&session).unwrap()[0].open);
        world.customers().activate(firm.admin, customer).unwrap();
        world.sessions().enter(&session, context).unwrap();
        assert_eq!(world.sessions().resolve(&session).unwrap().context, context);
        let blocked = world.customers().block(firm.admin, customer).unwrap();
        assert_eq!(blocked.state, CustomerState::Blocked);
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::CustomerInactive);
    }

    fn a_requester_with_a_login_needs_no_further_mail(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        world.approved(&flora, BEA);
        world.users().accept(&world.deliver().to(BEA).user_token(), PASSWORD).unwrap();
        let customer = world.active(&frutas, BEA);
        assert_eq!(world.deliver().to(BEA).of(MailKind::UserInvited).len(), 0);
        let session = world.signed_in(BEA);
        let places: Vec<_> = world.sessions().choices(&session).unwrap().iter().map(|choice| choice.open).collect();
        assert_eq!(places, [false, true]);
        assert!(world.users().mine(&session, &Paging::default()).unwrap().items.iter().any(|own| own.company == frutas.company));
        let users = world.users().of_customer(frutas.admin, customer, &Paging::default()).unwrap().items;
        assert_eq!(users.len(), 1);
    }

    fn a_password_from_before_the_address_was_proved_is_not_the_requesters(world: &World) {
        let (flora, squatter) = (world.firm("Flora Export"), world.firm("Squatters"));
        world.approved(&flora, &squatter.email);
        let token = world.deliver().to(&squatter.email).of(MailKind::UserInvited).user_token();
        let session = world.signed_in(&squatter.email);
        world.users().accept(&token, "the real owner of it").unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        assert_eq!(refusal(world.logins().authenticate(&squatter.email, PASSWORD)), Code::WrongPassword);
    }
}
