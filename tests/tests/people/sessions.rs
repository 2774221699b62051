//! Rules 11, 20, 33 and 41: what a session is worth, and when it ends.

use std::time::Duration;

use handfast::{
    Actor, Code,
    company::{AccessInput, InvitationStyle, Role},
    session::Context,
};
use handfast_tests::{Effect, Ground, PASSWORD, VERBS, World, on_every_store, refusal, sign_in};

fn actor(world: &World, token: &str) -> Actor {
    world.sessions().resolve(token).unwrap().actor().expect("a member of the staff")
}

on_every_store! {
    fn rule_11_a_session_ends_at_its_time_and_no_clock_revives_it(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let who = world.sessions().resolve(&session).unwrap();
        assert_eq!(who.context, Context::Staff { company: firm.company });
        for _ in 0..47 {
            world.later(Duration::from_secs(30 * 60));
            world.sessions().resolve(&session).unwrap();
        }
        world.later(Duration::from_secs(30 * 60) - Duration::from_millis(1));
        world.sessions().resolve(&session).unwrap();
        world.later(Duration::from_millis(1));
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        let early = handfast_tests::Hands::at("2026-11-22T10:00:00Z");
        let behind = world.another(&early, world.policy().clone());
        assert_eq!(refusal(behind.sessions().resolve(&session)), Code::NotSignedIn);
    }

    fn a_session_that_is_not_used_ends_after_an_hour_and_its_use_is_noted_now_and_then(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let (_, committed) = world.store.committed(|| {
            for _ in 0..4 {
                world.later(Duration::from_secs(60));
                world.sessions().resolve(&session).unwrap();
            }
        });
        assert!(committed.is_empty());
        world.later(Duration::from_secs(60));
        let (_, committed) = world.store.committed(|| world.sessions().resolve(&session).unwrap());
        assert_eq!(committed.len(), 1);
        world.later(Duration::from_secs(60 * 60) - Duration::from_millis(1));
        world.sessions().resolve(&session).unwrap();
        world.later(Duration::from_secs(60 * 60));
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
    }

    fn resolving_takes_two_reads_and_no_list(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.user(&firm, customer, "uma@users.example");
        for email in [firm.email.as_str(), "uma@users.example"] {
            let session = world.signed_in(email);
            let (_, calls) = world.store.calls(|| world.sessions().resolve(&session).unwrap());
            assert_eq!((calls.reads, calls.lists, calls.commits), (2, 0, 0), "{email}");
        }
    }

    fn an_actor_of_a_session_costs_the_same_round_trips_as_one_that_the_host_vouches_for(world: &World) {
        let firm = world.firm("Flora Export");
        let actor = actor(world, &world.signed_in(&firm.email));
        let (_, vouched) = world.store.calls(|| world.companies().get(firm.admin).unwrap());
        let (_, own) = world.store.calls(|| world.companies().get(actor).unwrap());
        assert_eq!(vouched, own);
    }

    fn rule_41_every_verb_reads_the_session_in_the_change_that_it_authorises(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        for verb in VERBS.iter().filter(|verb| matches!(verb.effect, Effect::Changes | Effect::ChangesOne)) {
            let ground = Ground::new(world, &firm);
            (verb.prepare)(world, &firm);
            let other = world.signed_in(&firm.email);
            let (unseen, actor, token) = (world.unseen(), actor(world, &other), other.clone());
            world.store.before_next_commit(move || unseen.sessions().sign_out(&token, None).unwrap());
            let (given, committed) = world.store.committed(|| (verb.act)(world, actor, &ground));
            assert!(!world.store.is_hook_waiting(), "{} committed nothing", verb.name);
            assert_eq!(refusal(given), Code::NotSignedIn, "{}", verb.name);
            assert!(committed.is_empty(), "{}", verb.name);
            world.invites().enable(firm.host()).unwrap();
        }
        world.sessions().resolve(&session).unwrap();
    }

    fn rule_41_ids_of_a_session_are_no_authority(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (own, other) = (actor(world, &world.signed_in(&flora.email)), actor(world, &world.signed_in(&frutas.email)));
        let (
            Actor::Session { session, identity, login, company },
            Actor::Session { session: other_session, identity: other_identity, login: other_login, company: other_company },
        ) = (own, other) else { panic!("{own:?} {other:?}") };
        let forged = [
            Actor::Session { session, identity, login, company: other_company },
            Actor::Session { session, identity, login: other_login, company: other_company },
            Actor::Session { session, identity: other_identity, login: other_login, company: other_company },
            Actor::Session { session: other_session, identity, login, company },
            Actor::Session { session: other_session, identity: other_identity, login, company },
            Actor::Session { session: identity.cast(), identity, login, company },
        ];
        for actor in forged {
            let code = refusal(world.companies().get(actor));
            assert!(matches!(code, Code::NotSignedIn | Code::AccessEnded), "{actor:?}: {code}");
        }
        world.companies().get(own).unwrap();
    }

    fn a_role_that_is_lost_is_lost_at_the_next_call(world: &World) {
        let firm = world.firm("Flora Export");
        let member = world.member(&firm, Role::SalesManager, "pedro@flora.example");
        let session = world.signed_in("pedro@flora.example");
        let actor = actor(world, &session);
        assert_eq!(world.sessions().resolve(&session).unwrap().role, Some(Role::SalesManager));
        world.staff().remove(firm.admin, member.staff).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::AccessEnded);
        assert_eq!(refusal(world.companies().get(actor)), Code::RoleTooLow);
    }

    fn rule_33_ending_the_others_ends_all_but_this_one(world: &World) {
        let firm = world.firm("Flora Export");
        let (own, other) = (world.signed_in(&firm.email), world.signed_in(&firm.email));
        world.sessions().end_others(&own).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&other)), Code::NotSignedIn);
        world.sessions().resolve(&own).unwrap();
        assert_eq!(world.sessions().list(&own, &Default::default()).unwrap().items.len(), 1);
    }

    fn a_person_lists_and_ends_sessions_of_ones_own_and_no_others(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (own, second, foreign) =
            (world.signed_in(&flora.email), world.signed_in(&flora.email), world.signed_in(&frutas.email));
        let listed = world.sessions().list(&own, &Default::default()).unwrap().items;
        assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [true, false]);
        let theirs = world.sessions().resolve(&foreign).unwrap().session;
        let (foreign_answer, foreign_calls) = world.store.calls(|| refusal(world.sessions().end(&own, theirs)));
        let nowhere = "019a0000-0000-7000-8000-000000000007".parse().unwrap();
        let (missing_answer, missing_calls) = world.store.calls(|| refusal(world.sessions().end(&own, nowhere)));
        assert_eq!((foreign_answer, foreign_calls), (missing_answer, missing_calls));
        assert_eq!(foreign_answer, Code::NotFound);
        world.sessions().end(&own, listed[1].id).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&second)), Code::NotSignedIn);
        world.sessions().resolve(&foreign).unwrap();
    }

    fn a_company_that_asks_for_two_factors_lets_a_session_without_do_nothing_of_its(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let actor = actor(world, &session);
        let access = AccessInput { invitation_style: InvitationStyle::Link, two_factor_required: true };
        world.companies().set_access(firm.host(), &access).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::TwoFactorRequired);
        assert_eq!(refusal(world.companies().get(actor)), Code::TwoFactorRequired);
        assert_eq!(world.sessions().identities(&session).unwrap().len(), 1);
        assert!(world.sessions().sign_in(&sign_in(&firm.email, PASSWORD)).is_ok());
    }

    fn a_session_that_changes_between_two_reads_is_read_anew_before_it_is_refused(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let changes = |old: &'static str, new: &'static str| {
            let (unseen, session) = (world.unseen(), session.clone());
            world.store.after_next_read(move || unseen.logins().change_password(&session, old, new).unwrap());
        };
        changes(PASSWORD, "ada keeps a better horse");
        world.sessions().resolve(&session).unwrap();
        changes("ada keeps a better horse", PASSWORD);
        world.two_factor().status(&session).unwrap();
    }

    fn what_is_no_token_signs_nobody_in(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        for nothing in ["", " ", "\0", &session[1..], &format!("{session} "), &"A".repeat(43)] {
            assert_eq!(refusal(world.sessions().resolve(nothing)), Code::NotSignedIn);
        }
    }
}
