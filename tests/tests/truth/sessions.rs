//! What a session is worth to every operation: nothing when it has ended, and no more than its factors.

use handfast::{
    Code,
    company::{AccessInput, InvitationStyle, Role},
};
use handfast_contract::{Asked, Handle, OPERATIONS, Operation};
use handfast_tests::{PASSWORD, World, on_every_store};

use crate::{
    arguments::{Things, arguments},
    ask_as, code, door,
    foreign::seen,
    of_persons, of_roles,
};

fn ask(door: &Handle, operation: &Operation, token: &str, things: &Things) -> Asked {
    let mut given = arguments(operation, things);
    given.insert("session_token".to_owned(), token.into());
    door.ask(&operation.name(), given)
}

on_every_store! {
    fn a_token_that_opens_nothing_is_answered_alike_whatever_it_was(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let (ended, out) = (world.signed_in(&firm.email), world.signed_in(&firm.email));
        world.sessions().sign_out(&ended, None).unwrap();
        let own = world.sessions().resolve(&out).unwrap();
        world.sessions().end(&world.signed_in(&firm.email), own.session).unwrap();
        let things = Things::of(world, &firm);
        let unknown: String = ended.chars().rev().collect();
        for operation in of_persons() {
            let answers = [&*ended, &*out, &*unknown, "", "no token"].map(|token| {
                let asked = ask(&door, operation, token, &things);
                assert_eq!(code(&asked, operation), Some(Code::NotSignedIn), "{}: {token}", operation.name());
                seen(&asked, &things)
            });
            assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{}: {answers:?}", operation.name());
        }
    }

    fn a_sign_in_that_waits_for_its_second_factor_can_only_finish_or_cancel(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let things = Things::of(world, &firm);
        world.careful(&firm);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        let finishing = ["sessions.finish", "sessions.cancel", "sessions.sign_out"];
        for operation in of_persons().filter(|operation| !finishing.contains(&operation.name().as_str())) {
            let asked = ask(&door, operation, &waiting, &things);
            assert_eq!(code(&asked, operation), Some(Code::SecondFactorNeeded), "{}", operation.name());
        }
        for name in finishing {
            let operation = OPERATIONS.iter().find(|operation| operation.name() == name).unwrap();
            assert!(!operation.refuses.contains(&Code::SecondFactorNeeded), "{name}");
        }
    }

    fn an_actor_of_a_session_that_has_ended_may_nothing(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let token = world.signed_in(&firm.email);
        let actor = world.sessions().resolve(&token).unwrap().actor().unwrap();
        for (operation, _) in of_roles() {
            let asked = ask_as(&door, operation, actor, arguments(operation, &Things::of(world, &firm)));
            assert_ne!(code(&asked, operation), Some(Code::NotSignedIn), "{}", operation.name());
        }
        // what was asked above may have changed the company, and the person's own place in it
        world.sessions().sign_out(&token, None).unwrap();
        for (operation, _) in of_roles() {
            let asked = ask_as(&door, operation, actor, arguments(operation, &Things::of(world, &firm)));
            assert_eq!(code(&asked, operation), Some(Code::NotSignedIn), "{}", operation.name());
        }
    }

    fn where_a_second_factor_is_asked_for_a_session_without_one_may_nothing(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let member = world.member(&firm, Role::Admin, "nia@flora.example");
        let token = world.signed_in("nia@flora.example");
        let actor = world.sessions().resolve(&token).unwrap().actor().unwrap();
        assert_eq!(actor.login(), member.actor.login());
        let access = AccessInput { invitation_style: InvitationStyle::Link, two_factor_required: true };
        let things = Things::of(world, &firm);
        world.companies().set_access(firm.host(), &access).unwrap();
        for (operation, _) in of_roles() {
            let asked = ask_as(&door, operation, actor, arguments(operation, &things));
            assert_eq!(code(&asked, operation), Some(Code::TwoFactorRequired), "{}", operation.name());
        }
        // all that is left is what every person may: the own login
        world.two_factor().status(&token).unwrap();
    }
}
