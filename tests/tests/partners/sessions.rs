//! Rules 20 and 21: a partner's session holds what it obtained, and nobody gets at it from the client's side.

use std::time::Duration;

use handfast::{
    Actor, Code,
    company::Role,
    partner::DelegationState,
    session::{Context, SignIn},
    store::Paging,
};
use handfast_tests::{PASSWORD, World, on_every_store, refusal, sign_in};

use crate::common::linked;

fn contexts(world: &World, token: &str) -> Vec<Context> {
    world.sessions().identities(token).unwrap().iter().map(|each| each.context).collect()
}

on_every_store! {
    fn rule_20_entering_and_switching_never_change_when_the_session_ends(world: &World) {
        let world = &World::with(world.kind, |policy| policy.session_idle = policy.session_lifetime);
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        let ends = world.sessions().resolve(&agency.session).unwrap().expires;
        let hour = Duration::from_secs(3_600);
        for firm in [&firm, &second, &firm] {
            world.later(hour);
            world.entered(&agency, firm);
            assert_eq!(world.sessions().resolve(&agency.session).unwrap().expires, ends);
            world.switch_back(&agency);
            assert_eq!(world.sessions().resolve(&agency.session).unwrap().expires, ends);
        }
        let (visit, actor) = world.entered(&agency, &firm);
        let listed = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!((listed[0].id, listed[0].state, listed[0].ends), (visit, DelegationState::Open, ends));
        world.clock.set(handfast::Timestamp::from_millis(ends.millis() - 1));
        world.companies().get(actor).unwrap();
        world.tick();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(refusal(world.sessions().resolve(&agency.session)), Code::NotSignedIn);
        let listed = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        assert!(listed.iter().all(|visit| visit.state == DelegationState::Left));
    }

    fn rule_20_a_session_holds_its_own_identity_and_those_it_obtained(world: &World) {
        let (firm, agency) = linked(world);
        let own = Context::Partner { partner: agency.partner };
        assert_eq!(contexts(world, &agency.session), [own]);
        let (first, _) = world.entered(&agency, &firm);
        let inside = |delegation| Context::Delegated { company: firm.company, partner: agency.partner, delegation };
        assert_eq!(contexts(world, &agency.session), [own, inside(first)]);
        world.switch_back(&agency);
        // entering again takes the place of the visit before, which is over
        let (second, _) = world.entered(&agency, &firm);
        assert_eq!(contexts(world, &agency.session), [own, inside(second)]);
        let visits = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        let states: Vec<_> = visits.iter().map(|visit| (visit.id, visit.state)).collect();
        assert_eq!(states, [(second, DelegationState::Open), (first, DelegationState::Left)]);
        let shown = world.sessions().identities(&agency.session).unwrap();
        let names: Vec<_> = shown.iter().map(|each| (each.company_name.as_ref().map(|name| name.as_str()), each.current)).collect();
        assert_eq!(names, [(None, false), (Some("Flora Export"), true)]);
        assert!(shown.iter().all(|each| each.partner_name.as_ref().is_some_and(|name| name.as_str() == "Camino Consulting") && each.open));
    }

    fn rule_20_nobody_enters_a_clients_account_but_by_one_click(world: &World) {
        let (firm, agency) = linked(world);
        let (own, _) = world.entered(&agency, &firm);
        let other = handfast_tests::Agency { session: world.signed_in_again(&agency), ..agency.clone() };
        let (foreign, _) = world.entered(&other, &firm);
        world.switch_back(&agency);
        let made_up = "019a0000-0000-7000-8000-000000000020".parse().unwrap();
        for delegation in [own, foreign, made_up] {
            let context = Context::Delegated { company: firm.company, partner: agency.partner, delegation };
            let (given, committed) = world.store.committed(|| world.sessions().enter(&agency.session, context));
            assert_eq!(refusal(given), Code::AccessEnded);
            assert!(committed.is_empty());
        }
        let identity = world.sessions().resolve(&other.session).unwrap().identity;
        assert_eq!(refusal(world.sessions().switch_to(&agency.session, identity)), Code::NotFound);
    }

    fn rule_20_a_session_that_holds_as_many_as_it_may_enters_no_further_account(world: &World) {
        let world = &World::with(world.kind, |policy| policy.session_identities = 2);
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        world.entered(&agency, &firm);
        world.switch_back(&agency);
        let (given, committed) =
            world.store.committed(|| world.partners().log_in(&agency.session, second.company, None));
        assert_eq!(refusal(given), Code::TooMany);
        assert!(committed.is_empty());
        // the same client takes no further place
        world.entered(&agency, &firm);
    }

    fn rule_20_a_visit_gives_no_role_and_nothing_of_the_partners_own(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        let who = world.sessions().resolve(&agency.session).unwrap();
        assert_eq!((who.role, who.two_factor, who.login), (None, true, agency.login));
        let staff = world.staff().list(actor, &Paging::default()).unwrap().items;
        assert!(!staff.iter().any(|member| member.login == agency.login));
        for switched in [false, true] {
            if switched {
                let identity = who.identity;
                world.switch_back(&agency);
                world.sessions().switch_to(&agency.session, identity).unwrap();
            }
            assert_eq!(refusal(world.staff().remove(actor, firm.first)), Code::Delegated);
            assert_eq!(refusal(world.partners().get(&agency.session)), Code::Delegated);
            assert_eq!(refusal(world.courses().page(&agency.session, None)), Code::Delegated);
        }
    }

    fn rule_21_nobody_of_the_client_reaches_the_partners_identity_from_a_session_of_theirs(world: &World) {
        let (firm, agency) = linked(world);
        let (delegation, actor) = world.entered(&agency, &firm);
        let Actor::Partner { session, identity, .. } = actor else { panic!("{actor:?}") };
        let members: Vec<_> = Role::ALL
            .iter()
            .map(|role| {
                let email = format!("{role}@flora.example");
                (world.member(&firm, *role, &email), world.signed_in(&email))
            })
            .collect();
        for (member, token) in &members {
            let own = world.sessions().resolve(token).unwrap();
            let partner = agency.partner;
            for context in [
                Context::Partner { partner },
                Context::Delegated { company: firm.company, partner, delegation },
            ] {
                assert_eq!(refusal(world.sessions().enter(token, context)), Code::AccessEnded);
            }
            let shown = world.sessions().identities(&agency.session).unwrap();
            for each in &shown {
                assert_eq!(refusal(world.sessions().switch_to(token, each.id)), Code::NotFound);
            }
            let choices = world.sessions().choices(token).unwrap();
            assert!(choices.iter().all(|choice| choice.partner_name.is_none()));
            let sessions = world.sessions().list(token, &Paging::default()).unwrap().items;
            assert!(!sessions.iter().any(|each| each.id == session));
            assert_eq!(refusal(world.sessions().end(token, session)), Code::NotFound);
            assert_eq!(refusal(world.partners().get(token)), Code::PartnerOnly);
            assert_eq!(refusal(world.partners().log_in(token, firm.company, None)), Code::PartnerOnly);
            // actors put together from what is theirs and what is the partner's
            let login = member.actor.login().unwrap();
            let forged = [
                Actor::Partner { session: own.session, identity: own.identity, login, partner, delegation, company: firm.company },
                Actor::Partner { session: own.session, identity, login, partner, delegation, company: firm.company },
                Actor::Partner { session, identity, login, partner, delegation, company: firm.company },
                Actor::Session { session, identity, login, company: firm.company },
                Actor::Session { session, identity, login: agency.login, company: firm.company },
            ];
            for actor in forged {
                let refused = [
                    refusal(world.companies().get(actor)),
                    refusal(world.price_types().add(actor, "Retail")),
                ];
                let nobody = |code: &Code| matches!(code, Code::NotSignedIn | Code::AccessEnded);
                assert!(refused.iter().all(nobody), "{actor:?}: {refused:?}");
            }
        }
        world.companies().get(actor).unwrap();
    }

    fn rule_21_an_actor_of_one_visit_is_none_of_another_account(world: &World) {
        let (firm, agency) = linked(world);
        let (second, third) = (world.firm("Frutas del Sur"), world.firm("Rosas"));
        world.link(&second, &agency);
        let (_, here) = world.entered(&agency, &firm);
        world.switch_back(&agency);
        let (there, _) = world.entered(&agency, &second);
        let Actor::Partner { session, identity, login, partner, delegation, .. } = here else { panic!("{here:?}") };
        for company in [second.company, third.company] {
            for delegation in [delegation, there] {
                let actor = Actor::Partner { session, identity, login, partner, delegation, company };
                assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
            }
        }
        world.companies().get(here).unwrap();
    }

    fn rule_21_no_delegation_from_a_delegated_identity(world: &World) {
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        world.course();
        world.entered(&agency, &firm);
        let token = &agency.session;
        let (_, committed) = world.store.committed(|| {
            for company in [firm.company, second.company] {
                assert_eq!(refusal(world.partners().can_log_in(token, company)), Code::Delegated);
                assert_eq!(refusal(world.partners().log_in(token, company, None)), Code::Delegated);
                assert_eq!(refusal(world.courses().enable(token, company)), Code::Delegated);
            }
            let listed = world.partners().clients(token, &Default::default(), &Paging::default());
            assert_eq!(refusal(listed), Code::Delegated);
            assert_eq!(refusal(world.sessions().choices(token)), Code::Delegated);
            let own = Context::Partner { partner: agency.partner };
            assert_eq!(refusal(world.sessions().enter(token, own)), Code::Delegated);
        });
        assert!(committed.is_empty());
    }

    fn rule_21_a_client_that_is_a_partner_itself_gives_its_partner_none_of_its_own_clients(world: &World) {
        // the owner of the client is a partner, too, with a client of its own
        let (firm, agency) = linked(world);
        let input = handfast::partner::PartnerSignUp {
            owner_email: firm.email.clone(),
            ..World::partner_input("Sendero Partners")
        };
        let number = world.partners().sign_up(&input).unwrap().partner.grouped;
        let second = world.firm("Frutas del Sur");
        world.partners().designate(&world.signed_in(&second.email), &number, PASSWORD, None).unwrap();
        let (_, actor) = world.entered(&agency, &firm);
        assert_eq!(refusal(world.partners().log_in(&agency.session, second.company, None)), Code::Delegated);
        let Actor::Partner { session, identity, login, partner, delegation, .. } = actor else { panic!("{actor:?}") };
        let forged = Actor::Partner { session, identity, login, partner, delegation, company: second.company };
        assert_eq!(refusal(world.companies().get(forged)), Code::NotSignedIn);
        world.switch_back(&agency);
        assert_eq!(refusal(world.partners().log_in(&agency.session, second.company, None)), Code::NotFound);
    }

    fn rule_21_the_same_device_may_hold_both_and_each_keeps_to_itself(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        // somebody of the client signs in on the partner's device, in a session of their own
        let input = SignIn { device: Some("the partner's laptop".into()), ..sign_in(&firm.email, PASSWORD) };
        let token = handfast_tests::held(world.sessions().sign_in(&input).unwrap());
        assert_eq!(contexts(world, &token), [Context::Staff { company: firm.company }]);
        world.sessions().end_others(&token).unwrap();
        world.companies().get(actor).unwrap();
    }
}
