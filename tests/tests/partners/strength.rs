//! Rules 18, 19 and 24: what a partner needs to work in a client's account, at each use.

use std::time::Duration;

use handfast::{
    Code,
    partner::{DelegationState, LoginObstacle},
    session::{Context, SignedIn},
    store::Paging,
};
use handfast_tests::{Agency, App, Firm, PASSWORD, World, held, on_every_store, refusal, sign_in};

use crate::common::{clients, linked};

const STEP: Duration = Duration::from_secs(30);

/// What stands in the way, by the list, by the question and by trying.
fn obstacles(world: &World, agency: &Agency, firm: &Firm) -> Vec<LoginObstacle> {
    let listed = clients(world, agency).into_iter().find(|client| client.company == firm.company).unwrap().login;
    let asked = world.partners().can_log_in(&agency.session, firm.company).unwrap();
    assert_eq!(listed, asked);
    assert_eq!(asked.yes, asked.obstacles.is_empty());
    if !asked.yes {
        let (tried, committed) =
            world.store.committed(|| world.partners().log_in(&agency.session, firm.company, None).unwrap_err());
        assert_eq!(tried.code(), Code::CannotLogIn);
        for obstacle in LoginObstacle::ALL {
            let named = tried.message().contains(obstacle.as_str());
            assert_eq!(named, asked.obstacles.contains(obstacle), "{tried}");
        }
        assert!(committed.is_empty());
    }
    asked.obstacles
}

/// Signs in as somebody else within a session, with a code where it is asked for; the new token.
fn added(world: &World, token: &str, email: &str, app: Option<&App>) -> String {
    match world.sessions().add(token, &sign_in(email, PASSWORD)).unwrap() {
        SignedIn::SecondFactor(waiting) => {
            let code = app.expect("an app").code(world.now());
            world.later(STEP);
            world.sessions().finish(waiting.token.expose(), &code).unwrap().token.expose().to_owned()
        }
        other => held(other),
    }
}

on_every_store! {
    fn rule_18_every_obstacle_is_told_by_the_list_by_the_question_and_by_trying(world: &World) {
        use LoginObstacle::{PartnerSuspended, SessionNotVerified, TwoFactorOff};
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        world.link(&firm, &agency);
        assert_eq!(obstacles(world, &agency, &firm), [TwoFactorOff, SessionNotVerified]);
        world.partners().suspend(agency.partner).unwrap();
        assert_eq!(obstacles(world, &agency, &firm), [PartnerSuspended, TwoFactorOff, SessionNotVerified]);
        let agency = world.with_two_factor(agency);
        assert_eq!(obstacles(world, &agency, &firm), [PartnerSuspended]);
        world.partners().restore(agency.partner).unwrap();
        assert_eq!(obstacles(world, &agency, &firm), []);
        world.entered(&agency, &firm);
    }

    fn rule_18_the_live_link_is_needed(world: &World) {
        let (firm, agency) = linked(world);
        world.partners().clear(firm.admin).unwrap();
        assert_eq!(refusal(world.partners().can_log_in(&agency.session, firm.company)), Code::NotFound);
        assert_eq!(refusal(world.partners().log_in(&agency.session, firm.company, None)), Code::NotFound);
    }

    fn rule_18_a_partner_that_is_suspended_is_out_at_the_next_use(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        let identity = world.sessions().resolve(&agency.session).unwrap().identity;
        world.partners().suspend(agency.partner).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&agency.session)), Code::AccessEnded);
        assert_eq!(refusal(world.companies().get(actor)), Code::AccessEnded);
        assert_eq!(refusal(world.price_types().add(actor, "Retail")), Code::AccessEnded);
        world.switch_back(&agency);
        assert_eq!(refusal(world.sessions().switch_to(&agency.session, identity)), Code::AccessEnded);
        assert_eq!(obstacles(world, &agency, &firm), [LoginObstacle::PartnerSuspended]);
        // that is checked at each use: what is restored is worth again what it was
        world.partners().restore(agency.partner).unwrap();
        world.sessions().switch_to(&agency.session, identity).unwrap();
        world.companies().get(actor).unwrap();
    }

    fn rule_18_a_partner_that_is_suspended_before_the_commit_changes_nothing(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        let (unseen, partner) = (world.unseen(), agency.partner);
        world.store.before_next_commit(move || unseen.partners().suspend(partner).unwrap());
        assert_eq!(refusal(world.price_types().add(actor, "Retail")), Code::AccessEnded);
    }

    fn rule_18_the_person_who_began_the_session_needs_a_second_factor_too(world: &World) {
        let (firm, agency) = linked(world);
        let other = world.firm("Frutas del Sur");
        let token = added(world, &world.signed_in(&other.email), &agency.email, agency.app.as_ref());
        let guest = Agency { session: token, ..agency.clone() };
        assert_eq!(obstacles(world, &guest, &firm), [LoginObstacle::SessionNotVerified]);
        // the same session, once its own person has one
        let identities = world.sessions().identities(&guest.session).unwrap();
        let (root, own) = (identities[0].id, identities[1].id);
        world.sessions().switch_to(&guest.session, root).unwrap();
        let app = App::new(&world.two_factor().enrol(&guest.session, PASSWORD, None).unwrap().secret);
        world.two_factor().confirm(&guest.session, &app.code(world.now())).unwrap();
        world.later(STEP);
        world.sessions().switch_to(&guest.session, own).unwrap();
        assert_eq!(obstacles(world, &guest, &firm), []);
        // and at each use: when that is taken away, what rested on it is worth nothing
        let (_, actor) = world.entered(&guest, &firm);
        let identity = world.sessions().resolve(&guest.session).unwrap().identity;
        world.sessions().switch_to(&guest.session, root).unwrap();
        world.companies().get(actor).unwrap();
        world.two_factor().disable(&guest.session, PASSWORD, Some(&app.code(world.now()))).unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::AccessEnded);
        assert_eq!(refusal(world.sessions().switch_to(&guest.session, identity)), Code::AccessEnded);
        assert!(!world.sessions().identities(&guest.session).unwrap().iter().any(|each| each.id == identity && each.open));
    }

    fn rule_18_a_second_factor_of_somebody_else_in_the_session_is_not_enough(world: &World) {
        let firm = world.firm("Flora Export");
        let plain = world.agency("Sendero Partners");
        world.link(&firm, &plain);
        let careful = world.careful(&world.firm("Frutas del Sur"));
        // the session's own person gave one, the partner who came later has none
        let token = added(world, &careful.session, &plain.email, None);
        let guest = Agency { session: token, ..plain };
        assert_eq!(
            obstacles(world, &guest, &firm),
            [LoginObstacle::TwoFactorOff, LoginObstacle::SessionNotVerified]
        );
    }

    fn rule_18_an_actor_of_a_visit_is_worth_nothing_when_its_session_has_ended(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        world.sessions().sign_out(&agency.session, None).unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        let visits = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(visits[0].state, DelegationState::Left);
        // signed out everywhere, by a new password
        let agency = Agency { session: world.signed_in_again(&agency), ..agency };
        let (_, actor) = world.entered(&agency, &firm);
        let other = Agency { session: world.signed_in_again(&agency), ..agency.clone() };
        world.logins().change_password(&other.session, PASSWORD, "carla keeps a better horse").unwrap();
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(refusal(world.sessions().resolve(&agency.session)), Code::NotSignedIn);
        let visits = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(visits.len(), 2);
    }

    fn rule_19_turning_two_factor_off_ends_every_visit_of_the_login_for_good(world: &World) {
        let (firm, agency) = linked(world);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        let elsewhere = Agency { session: world.signed_in_again(&agency), ..agency.clone() };
        let (_, there) = world.entered(&elsewhere, &second);
        let (_, here) = world.entered(&agency, &firm);
        let identity = world.sessions().resolve(&agency.session).unwrap().identity;
        world.switch_back(&agency);
        let code = agency.app.as_ref().unwrap().code(world.now());
        world.two_factor().disable(&agency.session, PASSWORD, Some(&code)).unwrap();
        let dead = |world: &World| {
            for actor in [here, there] {
                assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
                assert_eq!(refusal(world.price_types().add(actor, "Retail")), Code::NotSignedIn);
            }
            assert_eq!(refusal(world.sessions().resolve(&elsewhere.session)), Code::NotSignedIn);
            assert_eq!(refusal(world.sessions().switch_to(&agency.session, identity)), Code::NotFound);
        };
        dead(world);
        let contexts: Vec<_> =
            world.sessions().identities(&agency.session).unwrap().iter().map(|each| each.context).collect();
        assert_eq!(contexts, [Context::Partner { partner: agency.partner }]);
        use LoginObstacle::{SessionNotVerified, TwoFactorOff};
        assert_eq!(obstacles(world, &agency, &firm), [TwoFactorOff, SessionNotVerified]);
        for firm in [&firm, &second] {
            let visits = world.partners().visits(firm.admin, &Paging::default()).unwrap().items;
            assert_eq!(visits.iter().map(|visit| visit.state).collect::<Vec<_>>(), [DelegationState::Left]);
        }
        // on again, what was ended stays so, and the account is entered anew
        let agency = world.with_two_factor(agency.clone());
        dead(world);
        let (_, actor) = world.entered(&agency, &firm);
        world.companies().get(actor).unwrap();
    }

    fn rule_19_two_factor_that_the_host_removes_ends_them_too(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        world.two_factor().remove(agency.login).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&agency.session)), Code::NotSignedIn);
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        let agency = Agency { session: world.signed_in(&agency.email), app: None, ..agency };
        let agency = world.with_two_factor(agency);
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        world.entered(&agency, &firm);
    }

    fn rule_24_the_code_that_turned_two_factor_on_begins_no_session_that_could_enter_a_client(world: &World) {
        let agency = world.agency("Camino Consulting");
        let app = App::new(&world.two_factor().enrol(&agency.session, PASSWORD, None).unwrap().secret);
        let code = app.code(world.now());
        world.two_factor().confirm(&agency.session, &code).unwrap();
        let waiting = || world.signing_in(&agency.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.sessions().finish(&waiting(), &code)), Code::WrongCode);
        world.later(STEP);
        let next = app.code(world.now());
        world.sessions().finish(&waiting(), &next).unwrap();
        for used in [&code, &next] {
            assert_eq!(refusal(world.sessions().finish(&waiting(), used)), Code::WrongCode);
        }
    }
}
