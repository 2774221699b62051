//! What a Certified Partner may: in a client's account, and with an account that is no client's.

use handfast::{
    Actor, Code, Id,
    partner::{Delegation, PartnerSignUp},
    session::Context,
};
use handfast_contract::{Asked, Operation};
use handfast_tests::{App, Firm, PASSWORD, World, on_every_store};

use crate::{
    arguments::{Things, arguments, id_types},
    ask_as, code, door,
    foreign::{compare, seen},
    of_persons, of_roles,
};

/// A partner in a client's account.
pub(crate) struct Visit {
    /// What the partner is signed in with.
    token: String,
    /// Who acts.
    actor: Actor,
    /// The visit.
    pub(crate) delegation: Id<Delegation>,
}

/// A partner of this name, signed in with a second factor.
fn partner(world: &World, name: &str) -> (String, String) {
    let email = format!("owner@{}.example", name.to_lowercase().replace(' ', "-"));
    let input = PartnerSignUp {
        name: name.into(),
        locale: "en".into(),
        owner_name: "Carla Camino".into(),
        owner_email: email.clone(),
        owner_password: PASSWORD.into(),
    };
    let number = world.partners().sign_up(&input).unwrap().partner.grouped;
    let token = world.signed_in(&email);
    let app = App::new(&world.two_factor().enrol(&token, PASSWORD, None).unwrap().secret);
    world.two_factor().confirm(&token, &app.code(world.now())).unwrap();
    (token, number)
}

/// A partner of this name, whom the company designates, in its account.
pub(crate) fn visit(world: &World, firm: &Firm, name: &str) -> Visit {
    let (token, number) = partner(world, name);
    world.partners().designate(&world.signed_in(&firm.email), &number, PASSWORD, None).unwrap();
    world.partners().log_in(&token, firm.company, None).unwrap();
    let who = world.sessions().resolve(&token).unwrap();
    let Context::Delegated { delegation, .. } = who.context else { panic!("{who:?}") };
    Visit { actor: who.actor().unwrap(), token, delegation }
}

/// What is asked of a session and not of the person: who it holds, whom it acts as, and how it ends.
const OF_THE_SESSION: &[&str] = &[
    "sessions.finish",
    "sessions.cancel",
    "sessions.add",
    "sessions.resolve",
    "sessions.identities",
    "sessions.switch_to",
];

on_every_store! {
    fn a_partner_in_a_clients_account_may_all_but_what_stays_with_its_admins(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let Visit { actor, .. } = visit(world, &firm, "Camino Consulting");
        for (operation, permission) in of_roles() {
            let given = arguments(operation, &Things::of(world, &firm));
            let (asked, committed) = world.store.committed(|| ask_as(&door, operation, actor, given));
            match permission.is_the_owners() {
                true => {
                    assert_eq!(code(&asked, operation), Some(Code::Delegated), "{}", operation.name());
                    assert!(committed.is_empty(), "{}", operation.name());
                }
                false => {
                    let refused = code(&asked, operation);
                    assert!(!matches!(refused, Some(Code::Delegated | Code::RoleTooLow)), "{}", operation.name());
                }
            }
        }
    }

    fn in_a_clients_account_what_is_the_persons_own_is_out_of_reach(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let Visit { token, .. } = visit(world, &firm, "Camino Consulting");
        let things = Things::of(world, &firm);
        let mut in_reach = Vec::new();
        // signing out, which the partner may, would end it
        for operation in of_persons().filter(|operation| operation.name() != "sessions.sign_out") {
            let mut given = arguments(operation, &things);
            given.insert("session_token".to_owned(), token.clone().into());
            let (asked, committed) = world.store.committed(|| door.ask(&operation.name(), given));
            match code(&asked, operation) {
                Some(Code::Delegated) => assert!(committed.is_empty(), "{}", operation.name()),
                _ => in_reach.push(operation.name()),
            }
        }
        assert_eq!(in_reach, OF_THE_SESSION);
    }

    fn rule_35_a_partner_learns_nothing_of_a_company_that_is_no_client(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let (token, _) = partner(world, "Camino Consulting");
        let about_companies = |operation: &&Operation| {
            let own = matches!(operation.group, "partners" | "courses");
            own && id_types(operation).contains(&"CompanyId")
        };
        let mut tried = 0;
        for operation in of_persons().filter(about_companies) {
            tried += 1;
            let answer = |things: &Things| {
                let mut given = arguments(operation, things);
                given.insert("session_token".to_owned(), token.clone().into());
                let (asked, calls) = world.store.calls(|| door.ask(&operation.name(), given));
                let Asked::Refused(failure) = &asked else { panic!("{}: {asked:?}", operation.name()) };
                assert_eq!(failure.code, Code::NotFound, "{}", operation.name());
                (seen(&asked, things), calls)
            };
            let foreign = answer(&Things::of(world, &firm));
            let missing = answer(&Things::missing(9_000 + tried));
            compare(operation, "CompanyId", foreign, missing);
        }
        assert!(tried > 2, "{tried}");
    }
}
