//! A partner's clients list: search, order, pages, and what each line says.

use handfast::{
    Code,
    company::{CompanyInput, TrialState},
    partner::{Client, ClientFilter, ClientOrder, LinkOrigin},
    store::{Page, Paging},
};
use handfast_tests::{Agency, Firm, World, every_page, on_every_store, refusal};

use crate::common::{clients, linked, names};

fn list(world: &World, agency: &Agency, filter: &ClientFilter, paging: &Paging) -> Page<Client> {
    world.partners().clients(&agency.session, filter, paging).unwrap()
}

fn ordered(order: ClientOrder) -> ClientFilter {
    ClientFilter { order: Some(order), ..ClientFilter::default() }
}

fn found(world: &World, agency: &Agency, text: &str) -> Vec<String> {
    let filter = ClientFilter { search: Some(text.into()), order: None };
    list(world, agency, &filter, &Paging::default()).items.iter().map(|client| client.name.to_string()).collect()
}

fn with_clients(world: &World, names: &[&str]) -> (Agency, Vec<Firm>) {
    let agency = world.agency("Camino Consulting");
    let firms = names.iter().map(|name| {
        let firm = world.firm(name);
        world.tick();
        world.link(&firm, &agency);
        firm
    });
    let firms = firms.collect();
    (agency, firms)
}

fn rename(world: &World, firm: &Firm, name: &str) {
    let input = CompanyInput {
        name: name.into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends: None,
    };
    world.companies().update(firm.admin, &input).unwrap();
}

on_every_store! {
    fn the_list_comes_by_name_or_by_age_from_either_end(world: &World) {
        let (agency, _) = with_clients(world, &["rosas", "Árbol Azul", "Flora", "arboles"]);
        let by = |order| {
            let page = list(world, &agency, &ordered(order), &Paging::default());
            page.items.iter().map(|client| client.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(by(ClientOrder::Name), ["Árbol Azul", "arboles", "Flora", "rosas"], "without case and accents");
        assert_eq!(by(ClientOrder::NameDescending), ["rosas", "Flora", "arboles", "Árbol Azul"]);
        assert_eq!(by(ClientOrder::Oldest), ["rosas", "Árbol Azul", "Flora", "arboles"]);
        assert_eq!(by(ClientOrder::Newest), ["arboles", "Flora", "Árbol Azul", "rosas"]);
        assert_eq!(names(&clients(world, &agency)), ["Árbol Azul", "arboles", "Flora", "rosas"], "by name unless told");
    }

    fn pages_hold_every_client_once_whatever_comes_between(world: &World) {
        let all: Vec<String> = (0..11).map(|number| format!("Company {number:02}")).collect();
        let (agency, firms) = with_clients(world, &all.iter().map(String::as_str).collect::<Vec<_>>());
        for order in ClientOrder::ALL {
            let mut seen = Vec::new();
            let mut paging = Some(Paging::first(3));
            while let Some(asked) = paging {
                let page = list(world, &agency, &ordered(*order), &asked);
                assert!(page.items.len() <= 3);
                seen.extend(page.items.iter().map(|client| client.name.to_string()));
                paging = Paging::after(&page, 3);
            }
            seen.sort_unstable();
            assert_eq!(seen, all, "{order}");
        }
        // one that leaves between two pages moves nobody to a page that was read
        let first = list(world, &agency, &ClientFilter::default(), &Paging::first(3));
        world.partners().clear(firms[0].admin).unwrap();
        let second = list(world, &agency, &ClientFilter::default(), &Paging::after(&first, 3).unwrap());
        assert_eq!(names(&second.items), ["Company 03", "Company 04", "Company 05"]);
        let found = every_page(|paging| {
            list(world, &agency, &ClientFilter { search: Some("company".into()), order: None }, paging)
        });
        assert_eq!(found.len(), 10);
    }

    fn a_cursor_of_one_list_is_none_of_another(world: &World) {
        let (agency, _) = with_clients(world, &["Flora", "Rosas"]);
        let next = list(world, &agency, &ordered(ClientOrder::Name), &Paging::first(1)).next.unwrap();
        let paging = Paging { cursor: Some(next), ..Paging::first(1) };
        for order in [ClientOrder::NameDescending, ClientOrder::Newest] {
            let given = world.partners().clients(&agency.session, &ordered(order), &paging);
            assert_eq!(refusal(given), Code::NotACursor, "{order}");
        }
        let other = world.agency("Sendero Partners");
        let given = world.partners().clients(&other.session, &ordered(ClientOrder::Name), &paging);
        assert_eq!(refusal(given), Code::NotACursor);
    }

    fn a_search_finds_the_beginnings_of_words_and_follows_a_new_name(world: &World) {
        let (agency, firms) = with_clients(world, &["Rosas del Valle", "Flora Export", "Rosario Flores"]);
        assert_eq!(found(world, &agency, "ros").len(), 2);
        assert_eq!(found(world, &agency, "FLÓR").len(), 2);
        assert_eq!(found(world, &agency, "valle rosas"), ["Rosas del Valle"]);
        assert_eq!(found(world, &agency, "osas"), [""; 0]);
        rename(world, &firms[0], "Claveles del Valle");
        assert_eq!(found(world, &agency, "rosas"), [""; 0]);
        assert_eq!(found(world, &agency, "clav"), ["Claveles del Valle"]);
        assert_eq!(names(&clients(world, &agency)), ["Claveles del Valle", "Flora Export", "Rosario Flores"]);
        world.partners().clear(firms[0].admin).unwrap();
        assert_eq!(found(world, &agency, "clav"), [""; 0]);
        // a new name that it got meanwhile comes with it when it comes back
        rename(world, &firms[0], "Tulipanes");
        world.link(&firms[0], &agency);
        assert_eq!((found(world, &agency, "tulip").len(), found(world, &agency, "clav").len()), (1, 0));
    }

    fn a_search_finds_no_other_partners_clients(world: &World) {
        let (agency, _) = with_clients(world, &["Flora Export"]);
        let other = world.agency("Sendero Partners");
        world.link(&world.firm("Flora Import"), &other);
        assert_eq!(found(world, &agency, "flora"), ["Flora Export"]);
        assert_eq!(found(world, &other, "flora"), ["Flora Import"]);
    }

    fn each_line_says_how_and_since_when_and_how_the_trial_stands(world: &World) {
        let agency = world.agency("Camino Consulting");
        let attribution = Some(world.partners().open_referral(&agency.slug, None).unwrap().attribution);
        let trial_ends = Some(world.now() + std::time::Duration::from_secs(3_600));
        let input = handfast::company::SignUp { attribution, trial_ends, ..World::sign_up_input("Flora Export") };
        let since = world.now();
        world.companies().sign_up(&input).unwrap();
        world.tick();
        world.link(&world.firm("Frutas del Sur"), &agency);
        let lines: Vec<_> = clients(world, &agency)
            .into_iter()
            .map(|client| (client.origin, client.since, client.trial, client.trial_ends))
            .collect();
        assert_eq!(
            lines,
            [
                (LinkOrigin::Referral, since, TrialState::Running, trial_ends),
                (LinkOrigin::Manual, world.now(), TrialState::None, None),
            ]
        );
        world.later(std::time::Duration::from_millis(3_600_000 - 1));
        let agency = Agency { session: world.signed_in(&agency.email), ..agency };
        assert_eq!(clients(world, &agency)[0].trial, TrialState::Lapsed);
    }

    fn who_is_not_signed_in_for_a_partner_sees_no_clients(world: &World) {
        let (firm, agency) = linked(world);
        let filter = ClientFilter::default();
        let ask = |token: &str| refusal(world.partners().clients(token, &filter, &Paging::default()));
        assert_eq!(ask(""), Code::NotSignedIn);
        assert_eq!(ask(&world.signed_in(&firm.email)), Code::PartnerOnly);
        assert_eq!(ask(&world.signing_in(&agency.email, handfast_tests::PASSWORD).unwrap()), Code::SecondFactorNeeded);
        world.sessions().enter(&agency.session, handfast::session::Context::Person).unwrap();
        assert_eq!(ask(&agency.session), Code::PartnerOnly);
    }
}
