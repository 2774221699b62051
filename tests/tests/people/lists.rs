//! What a company sees of its users.

use handfast::{association::AssociationState, event::EventKind, store::Paging};
use handfast_tests::{PASSWORD, World, on_every_store};

on_every_store! {
    fn a_company_lists_its_users_by_state(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        let states = ["pending", "active", "declined", "expired", "revoked"];
        let mut made = Vec::new();
        for state in states {
            let email = format!("{state}@users.example");
            let id = world.invited(&firm, customer, &email).id;
            let token = world.deliver().to(&email).user_token();
            match state {
                "active" => drop(world.users().accept(&token, PASSWORD).unwrap()),
                "declined" => world.users().decline(&token).unwrap(),
                "expired" => {
                    world.later(world.policy().user_invitation_lifetime);
                    // the one that is to stay pending is renewed
                    world.users().resend(firm.admin, made[0]).unwrap();
                    assert_eq!(world.users().expire(10).unwrap(), 1);
                }
                "revoked" => drop(world.users().revoke(firm.admin, id).unwrap()),
                _ => {}
            }
            made.push(id);
        }
        for (state, id) in states.iter().zip(made) {
            let state = AssociationState::parse(state).unwrap();
            let listed = world.users().list(firm.admin, state, &Paging::default()).unwrap().items;
            assert!(listed.iter().any(|association| association.id == id && association.state == state), "{state}");
        }
        let users = world.users().of_customer(firm.admin, customer, &Paging::default()).unwrap().items;
        assert_eq!(users.len(), 6);
    }

    fn what_happens_to_a_user_is_in_the_audit_trail(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let association = world.user(&firm, customer, "uma@users.example");
        world.users().revoke(firm.admin, association.id).unwrap();
        let history = world.history(firm.admin);
        let events = history.iter().filter(|event| event.subject == association.id.cast());
        let events: Vec<_> = events.map(|event| (event.what, event.doer.as_str(), event.login)).collect();
        let due = [
            (EventKind::UserInvited, "host", None),
            (EventKind::UserJoined, "user", Some(association.login)),
            (EventKind::UserRevoked, "staff", firm.admin.login()),
        ];
        assert_eq!(events, due);
    }
}
