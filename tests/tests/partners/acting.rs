//! Rules 22 and 23: what a partner does in a client's account is told of, and what it never may.

use handfast::{
    Code,
    company::{CompanyInput, OfferState, TrialState},
    event::{Doer, Event, EventFilter, EventKind},
    store::Paging,
};
use handfast_tests::{Effect, Ground, PASSWORD, VERBS, Verb, World, on_every_store, refusal};

use crate::common::{linked, written};

/// What stays with the company's own Admins: staff, how the staff gets in, the partner's number, billing.
const OWNERS: &[&str] = &[
    "companies.set_access",
    "companies.convert_trial",
    "companies.cancel_trial",
    "staff.invite",
    "staff.limit",
    "staff.set_role",
    "staff.remove",
    "partners.clear",
    "partners.set_visit_notice",
    "partners.end_visit",
    "privacy.export_person",
    "privacy.erase_person",
];

fn stays(verb: &Verb) -> bool {
    OWNERS.contains(&verb.name)
}

/// A change of the company's own data.
fn profile(name: &str, trial_ends: Option<handfast::Timestamp>) -> CompanyInput {
    CompanyInput {
        name: name.into(),
        country: "EC".into(),
        locale: "en".into(),
        time_zone: "America/Guayaquil".into(),
        trial_ends,
    }
}

on_every_store! {
    fn rule_22_every_event_of_a_partners_verb_names_the_partner_the_person_and_the_client(world: &World) {
        world.course();
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        let mut told = 0;
        let changing = |verb: &&Verb| matches!(verb.effect, Effect::Changes | Effect::ChangesOne);
        for verb in VERBS.iter().filter(changing).filter(|verb| !stays(verb)) {
            let ground = Ground::new(world, &firm);
            (verb.prepare)(world, &firm);
            let (given, committed) = world.store.committed(|| (verb.act)(world, actor, &ground));
            given.unwrap_or_else(|error| panic!("a partner may {}: {error}", verb.name));
            let events: Vec<Event> = committed.iter().flat_map(|changes| written::<Event>(changes)).collect();
            let (own, others): (Vec<_>, Vec<_>) = events.iter().partition(|event| event.doer == Doer::Partner);
            assert!(!own.is_empty(), "{}: {events:?}", verb.name);
            for event in own {
                told += 1;
                let names = (event.partner, event.login, event.company);
                assert_eq!(names, (Some(agency.partner), Some(agency.login), firm.company), "{}", verb.name);
            }
            // what follows of itself is nobody's doing
            let follows = |event: &&Event| {
                let itself = matches!(event.what, EventKind::TaskCompleted | EventKind::CustomerReady);
                itself && (event.doer, event.login, event.partner) == (Doer::System, None, None)
            };
            assert!(others.iter().all(follows), "{}: {others:?}", verb.name);
            world.invites().enable(firm.host()).unwrap();
        }
        assert!(told > 20, "{told}");
    }

    fn rule_22_the_clients_audit_trail_shows_who_was_there_and_what_the_person_did(world: &World) {
        let (firm, agency) = linked(world);
        let (visit, actor) = world.entered(&agency, &firm);
        world.price_types().add(actor, "Retail").unwrap();
        world.switch_back(&agency);
        world.price_type(&firm, "Wholesale");
        let filter = EventFilter { login: Some(agency.login), ..EventFilter::default() };
        let found = world.events().list(firm.admin, &filter, &Paging::default()).unwrap().items;
        let what: Vec<_> = found.iter().map(|event| (event.what, event.doer, event.partner)).collect();
        let partner = Some(agency.partner);
        assert_eq!(
            what,
            [(EventKind::OfferAdded, Doer::Partner, partner), (EventKind::PartnerEntered, Doer::Partner, partner)]
        );
        assert_eq!((found[1].subject_kind.as_str(), found[1].subject), ("delegation", visit.cast()));
    }

    fn rule_22_a_partner_who_is_on_the_staff_too_acts_as_what_it_entered_as(world: &World) {
        let firm = world.firm("Flora Export");
        let agency = world.agency("Camino Consulting");
        world.member(&firm, handfast::company::Role::Staff, &agency.email);
        let session = world.signed_in(&agency.email);
        world.sessions().enter(&session, handfast::session::Context::Partner { partner: agency.partner }).unwrap();
        let agency = world.with_two_factor(handfast_tests::Agency { session, ..agency });
        world.link(&firm, &agency);
        let (_, actor) = world.entered(&agency, &firm);
        // as Staff it could not, and as an Admin it could do more
        world.price_types().add(actor, "Retail").unwrap();
        let last = world.history(firm.admin).pop().unwrap();
        assert_eq!((last.doer, last.partner), (Doer::Partner, Some(agency.partner)));
        let works = handfast::session::Context::Staff { company: firm.company };
        world.switch_back(&agency);
        world.sessions().enter(&agency.session, works).unwrap();
        let as_staff = world.sessions().resolve(&agency.session).unwrap().actor().unwrap();
        assert_eq!(refusal(world.price_types().add(as_staff, "Wholesale")), Code::RoleTooLow);
    }

    fn rule_23_a_partner_may_everything_but_what_stays_with_the_admins(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        for verb in VERBS {
            let ground = Ground::new(world, &firm);
            (verb.prepare)(world, &firm);
            let (given, committed) = world.store.committed(|| (verb.act)(world, actor, &ground));
            match stays(verb) {
                true => {
                    assert_eq!(refusal(given), Code::Delegated, "{}", verb.name);
                    assert!(committed.is_empty(), "{}", verb.name);
                }
                false => given.unwrap_or_else(|error| panic!("a partner may {}: {error}", verb.name)),
            }
            world.invites().enable(firm.host()).unwrap();
        }
        let missing = OWNERS.iter().find(|name| !VERBS.iter().any(|verb| verb.name == **name));
        assert_eq!(missing, None);
    }

    fn rule_23_the_end_of_the_trial_is_out_of_a_partners_reach(world: &World) {
        let (firm, agency) = linked(world);
        world.trial_anew(&firm);
        let ends = world.companies().get(firm.admin).unwrap().trial_ends;
        let (_, actor) = world.entered(&agency, &firm);
        let later = ends.map(|ends| ends + std::time::Duration::from_secs(1));
        for trial_ends in [None, later] {
            let given = world.companies().update(actor, &profile("Flora", trial_ends));
            assert_eq!(refusal(given), Code::Delegated);
        }
        let changed = world.companies().update(actor, &profile("Flora", ends)).unwrap();
        assert_eq!((changed.name.as_str(), changed.trial), ("Flora", TrialState::Running));
    }

    fn rule_23_a_partner_in_an_account_touches_neither_its_own_secrets_nor_anyone_elses(world: &World) {
        let (firm, agency) = linked(world);
        world.entered(&agency, &firm);
        let (token, app) = (&agency.session, agency.app.as_ref().unwrap());
        let code = app.code(world.now());
        let new = "carla keeps a better horse";
        let paging = Paging::default();
        let (_, committed) = world.store.committed(|| {
            assert_eq!(refusal(world.logins().change_password(token, PASSWORD, new)), Code::Delegated);
            let address = world.logins().request_email_change(token, "c@others.example", PASSWORD, Some(&code));
            assert_eq!(refusal(address), Code::Delegated);
            assert_eq!(refusal(world.logins().set_locale(token, "es")), Code::Delegated);
            assert_eq!(refusal(world.logins().history(token, &paging)), Code::Delegated);
            assert_eq!(refusal(world.two_factor().status(token)), Code::Delegated);
            assert_eq!(refusal(world.two_factor().enrol(token, PASSWORD, Some(&code))), Code::Delegated);
            assert_eq!(refusal(world.two_factor().confirm(token, &code)), Code::Delegated);
            assert_eq!(refusal(world.two_factor().disable(token, PASSWORD, Some(&code))), Code::Delegated);
            let codes = world.two_factor().renew_recovery_codes(token, PASSWORD, Some(&code));
            assert_eq!(refusal(codes), Code::Delegated);
            assert_eq!(refusal(world.sessions().end_others(token)), Code::Delegated);
            assert_eq!(refusal(world.sessions().list(token, &paging)), Code::Delegated);
            assert_eq!(refusal(world.partners().get(token)), Code::Delegated);
            assert_eq!(refusal(world.partners().history(token, &paging)), Code::Delegated);
            assert_eq!(refusal(world.courses().certificate(token, None)), Code::Delegated);
        });
        assert!(committed.is_empty());
        world.switch_back(&agency);
        world.two_factor().status(token).unwrap();
    }

    fn rule_23_a_price_type_that_a_partner_retires_is_retired_as_by_anyone(world: &World) {
        let (firm, agency) = linked(world);
        let (_, actor) = world.entered(&agency, &firm);
        let added = world.price_types().add(actor, "Retail").unwrap();
        world.price_types().set_state(actor, added.id, OfferState::Retired).unwrap();
        let seen = world.price_types().list(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(seen[0].state, OfferState::Retired);
    }
}
