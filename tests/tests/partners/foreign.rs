//! Rules 34 and 35 for partners: what is another's and what is nowhere get the same answer for the same number of calls.

use handfast::{Code, Error, Id, Result, company::Company, partner::Delegation, session::Context};
use handfast_tests::{Agency, Calls, Firm, PASSWORD, World, on_every_store};

use crate::common::{TASKS, linked, publish};

/// All that a caller sees of a refusal.
fn seen<T>((given, calls): (Result<T>, Calls)) -> (Code, String, Calls) {
    let told = |error: Error| (error.code(), error.message().to_owned());
    let (code, message) = given.err().map(told).expect("a refusal");
    (code, message, calls)
}

/// Companies that are no clients of the partner, each for another reason, and one that is nowhere.
fn strangers(world: &World, agency: &Agency) -> [Id<Company>; 4] {
    let never = world.firm("Frutas del Sur").company;
    let others: Firm = world.firm("Rosas");
    world.link(&others, &world.agency("Sendero Partners"));
    let former = world.firm("Claveles");
    world.link(&former, agency);
    world.partners().clear(former.admin).unwrap();
    [never, others.company, former.company, "019a0000-0000-7000-8000-000000000035".parse().unwrap()]
}

on_every_store! {
    fn rule_35_a_partner_cannot_tell_who_is_no_client_from_what_is_nowhere(world: &World) {
        publish(world, 1, TASKS);
        let (_, agency) = linked(world);
        let strangers = strangers(world, &agency);
        type Ask = fn(&World, &str, Id<Company>) -> Result<()>;
        let verbs: [(&str, Ask); 3] = [
            ("can_log_in", |world, token, company| world.partners().can_log_in(token, company).map(drop)),
            ("log_in", |world, token, company| world.partners().log_in(token, company, None).map(drop)),
            ("enable", |world, token, company| world.courses().enable(token, company)),
        ];
        for (name, ask) in verbs {
            let answers = strangers.map(|company| seen(world.store.calls(|| ask(world, &agency.session, company))));
            assert_eq!(answers[0].0, Code::NotFound, "{name}");
            assert!(answers.iter().all(|answer| *answer == answers[3]), "{name}: {answers:?}");
        }
    }

    fn rule_35_a_company_cannot_tell_the_visits_of_others_from_what_is_nowhere(world: &World) {
        let (firm, agency) = linked(world);
        let (visit, _) = world.entered(&agency, &firm);
        let other = world.firm("Frutas del Sur");
        let nowhere: Id<Delegation> = "019a0000-0000-7000-8000-000000000035".parse().unwrap();
        let answers = [visit, nowhere].map(|visit| {
            seen(world.store.calls(|| world.partners().end_visit(other.admin, visit)))
        });
        assert_eq!((answers[0].0, &answers[0]), (Code::NotFound, &answers[1]));
    }

    fn rule_35_nobody_can_tell_a_foreign_context_from_one_that_is_nowhere(world: &World) {
        let (firm, agency) = linked(world);
        let (delegation, _) = world.entered(&agency, &firm);
        let other = world.agency("Sendero Partners");
        let nowhere: Id<()> = "019a0000-0000-7000-8000-000000000035".parse().unwrap();
        let enter = |context| seen(world.store.calls(|| world.sessions().enter(&other.session, context)));
        let partner = |partner| enter(Context::Partner { partner });
        assert_eq!(partner(agency.partner), partner(nowhere.cast()));
        let inside = |company, partner, delegation| enter(Context::Delegated { company, partner, delegation });
        let foreign = inside(firm.company, agency.partner, delegation);
        assert_eq!(foreign, inside(nowhere.cast(), nowhere.cast(), nowhere.cast()));
        assert_eq!(foreign.0, Code::AccessEnded);
    }

    fn rule_35_signing_up_tells_of_an_address_only_who_has_its_password(world: &World) {
        let firm = world.firm("Flora Export");
        let agency = world.agency("Camino Consulting");
        let sign_up = |email: &str, password: &str| {
            let input = handfast::partner::PartnerSignUp {
                owner_email: email.into(),
                owner_password: password.into(),
                ..World::partner_input("Sendero Partners")
            };
            seen(world.store.calls(|| world.partners().sign_up(&input)))
        };
        let wrong = "a wrong horse in the stable";
        // an address of a company's Admin and one of a partner's owner answer alike to who does not know the password
        assert_eq!(sign_up(&firm.email, wrong), sign_up(&agency.email, wrong));
        assert_eq!(sign_up(&agency.email, PASSWORD).0, Code::AlreadyThere);
    }

    fn rule_34_a_partners_history_holds_its_own_alone(world: &World) {
        let (firm, agency) = linked(world);
        let other = world.agency("Sendero Partners");
        world.link(&world.firm("Frutas del Sur"), &other);
        let history = |agency: &Agency| {
            world.partners().history(&agency.session, &Default::default()).unwrap().items
        };
        for (agency, company) in [(&agency, Some(firm.company)), (&other, None)] {
            let told = history(agency);
            assert!(told.iter().all(|event| event.partner == agency.partner));
            assert!(told.len() == 2 && (company.is_none() || told[0].company == company));
        }
    }
}
