//! Rules 8, 30, 31 and 41: 64 callers at once on what an invitation holds, and on one session.

use handfast::{
    Code, Result,
    association::{AssociationState, BulkMode, BulkUsers, FirstPassword, UserOutcome},
    event::EventKind,
    mail::MailKind,
    session::{Context, SessionEvent, SessionState, next},
};
use handfast_tests::{PASSWORD, Post, World, crowd, first_password, held, on_every_store, sign_in};

const UMA: &str = "uma@users.example";

/// Why the others were refused.
fn codes<T>(given: Vec<Result<T>>) -> Vec<Code> {
    given.into_iter().filter_map(|given| given.err().map(|error| error.code())).collect()
}

/// How often something happened at a company.
fn times(world: &World, firm: &handfast_tests::Firm, what: EventKind) -> usize {
    world.history(firm.admin).iter().filter(|event| event.what == what && event.doer.as_str() == "user").count()
}

on_every_store! {
    fn rule_39_many_rows_from_all_sides_are_added_once(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.deliver();
        let users: Vec<_> = (0..60).map(|at| World::user_input(customer, &format!("u{at}@users.example"))).collect();
        let input = BulkUsers { users, csv: None, mode: BulkMode::Apply, first_row: 1 };
        let given = crowd(|_| world.users().add_many(firm.admin, "monday", &input).unwrap());
        assert!(given.iter().all(|rows| *rows == given[0]));
        assert!(given[0].iter().all(|row| matches!(row.outcome, UserOutcome::Added { .. })), "{:?}", given[0]);
        assert_eq!(world.deliver().len(), 60);
    }

    fn rule_08_a_link_to_choose_a_password_is_used_by_one(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        let password = |at: usize| format!("the horse of caller {at}");
        let given = crowd(|at| world.users().accept(&token, &password(at)));
        let winner = given.iter().position(Result::is_ok).unwrap();
        let refused = codes(given);
        assert!(refused.len() == 63 && refused.iter().all(|code| matches!(code, Code::TokenSpent | Code::SignInFirst)));
        let opened = |at: usize| world.logins().authenticate(UMA, &password(at)).is_ok();
        assert!(opened(winner) && !opened((winner + 1) % 64));
        assert_eq!(times(world, &firm, EventKind::UserJoined), 1);
    }

    fn rule_31_a_temporary_password_is_changed_by_one(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.invited(&firm, customer, UMA);
        let temporary = world.deliver().to(UMA).temporary_password();
        let password = |at: usize| format!("the horse of caller {at}");
        let given = crowd(|at| {
            let input = FirstPassword { password: password(at), ..first_password(UMA, &temporary) };
            world.users().choose_password(&input)
        });
        let winner = given.iter().position(Result::is_ok).unwrap();
        let refused = codes(given);
        assert_eq!(refused, vec![Code::WrongPassword; 63]);
        // the losers' tries counted as wrong ones
        world.later(world.policy().longest_lockout);
        assert!(world.logins().authenticate(UMA, &password(winner)).is_ok());
        assert_eq!(times(world, &firm, EventKind::UserJoined), 1);
    }

    fn rule_31_of_two_temporary_passwords_one_is_changed_and_the_other_is_a_link_then(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let asked = [world.invited(&flora, here, UMA), world.invited(&frutas, there, UMA)];
        let post = world.deliver().to(UMA).of(MailKind::UserPassword);
        let temporary = [0, 1].map(|at| Post(vec![post.0[at].clone()]).temporary_password());
        let given = crowd(|at| world.users().choose_password(&first_password(UMA, &temporary[at % 2])));
        let winner = given.iter().position(Result::is_ok).unwrap();
        assert_eq!(codes(given), vec![Code::WrongPassword; 63]);
        world.later(world.policy().longest_lockout);
        let token = world.deliver().to(UMA).of(MailKind::AssociationAsked).user_token();
        let joined = world.users().confirm(&world.signed_in(UMA), &token).unwrap();
        assert_eq!(joined.id, asked[1 - winner % 2].id);
    }

    fn rule_12_a_link_that_is_renewed_while_it_is_used_is_used_or_dead(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.with_links(&firm);
        let asked = world.invited(&firm, customer, UMA);
        let token = world.deliver().to(UMA).user_token();
        let given = crowd(|at| match at {
            32 => world.users().resend(firm.admin, asked.id).map(drop),
            _ => world.users().accept(&token, PASSWORD).map(drop),
        });
        let renewed = given[32].is_ok();
        let accepted = given.iter().enumerate().filter(|(at, given)| *at != 32 && given.is_ok()).count();
        assert_eq!(accepted, usize::from(!renewed));
        let dead = [Code::UnknownToken, Code::TokenSpent, Code::SignInFirst, Code::WrongState];
        assert!(codes(given).iter().all(|code| dead.contains(code)));
        if renewed {
            world.users().accept(&world.deliver().to(UMA).user_token(), PASSWORD).unwrap();
        }
    }

    fn rule_30_an_activation_link_is_used_once_whatever_else_is_done_with_it(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        let asked = world.invited(&frutas, there, UMA);
        let token = world.deliver().to(UMA).user_token();
        let session = world.signed_in(UMA);
        let given = crowd(|at| match at % 4 {
            0 => world.users().decline(&token),
            _ => world.users().confirm(&session, &token).map(drop),
        });
        let won = given.iter().position(Result::is_ok).unwrap();
        assert_eq!(codes(given), vec![Code::TokenSpent; 63]);
        let state = world.users().get(frutas.admin, asked.id).unwrap().state;
        assert_eq!(state, if won % 4 == 0 { AssociationState::Declined } else { AssociationState::Active });
    }

    fn rule_30_confirming_and_revoking_at_once_leaves_it_revoked(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        world.user(&flora, here, UMA);
        let asked = world.invited(&frutas, there, UMA);
        let token = world.deliver().to(UMA).user_token();
        let session = world.signed_in(UMA);
        let given = crowd(|at| match at {
            32 => world.users().revoke(frutas.admin, asked.id).map(drop),
            _ => world.users().confirm(&session, &token).map(drop),
        });
        assert!(given[32].is_ok());
        assert!(given.iter().filter(|given| given.is_ok()).count() <= 2);
        assert_eq!(world.users().get(frutas.admin, asked.id).unwrap().state, AssociationState::Revoked);
    }

    fn an_address_that_is_invited_by_many_at_once_is_one_association(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let input = World::user_input(customer, UMA);
        let given = crowd(|_| world.users().add(firm.admin, &input));
        let ids: std::collections::BTreeSet<_> = given.iter().flatten().map(|association| association.id).collect();
        assert_eq!(ids.len(), 1);
        assert!(codes(given).iter().all(|code| *code == Code::TooOften));
        let temporary = world.deliver().to(UMA).temporary_password();
        world.users().choose_password(&first_password(UMA, &temporary)).unwrap();
    }

    fn a_session_that_many_use_at_once_ends_once_and_stays_ended(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        let session = held(world.sessions().add(&session, &sign_in(&frutas.email, PASSWORD)).unwrap());
        let ids: Vec<_> = world.sessions().identities(&session).unwrap().iter().map(|each| each.id).collect();
        let given = crowd(|at| match at % 3 {
            0 => world.sessions().switch_to(&session, ids[at % 2]),
            1 => world.sessions().enter(&session, Context::Person).map(drop),
            _ if at == 32 => world.sessions().sign_out(&session, None),
            _ => world.sessions().resolve(&session).map(drop),
        });
        assert!(given[32].is_ok());
        assert!(codes(given).iter().all(|code| *code == Code::NotSignedIn));
        assert_eq!(world.sessions().resolve(&session).unwrap_err().code(), Code::NotSignedIn);
        assert_eq!(next(SessionState::Ended, SessionEvent::Verify).unwrap_err().code(), Code::NotSignedIn);
    }
}
