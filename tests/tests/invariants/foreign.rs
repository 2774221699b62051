//! Rule 35: what belongs to another company and what is nowhere cannot be told apart, nor can known and unknown
//! addresses: the same answer, and the same number of calls to the store.

use handfast::{
    Code, Error, Id, Result, Timestamp,
    association::{BulkMode, BulkUsers, UserOutcome},
    company::{Role, StaffInput},
    customer::{CustomerFilter, PricingInput},
    event::EventFilter,
    request::{BulkDecision, Decision, Outcome, Verdict},
    store::{Cursor, Paging},
};
use handfast_tests::{Effect, Firm, Ground, PASSWORD, VERBS, World, on_every_store, refusal};

const WRONG: &str = "a wrong horse in the stable";

/// All that a caller sees of a refusal.
fn seen<T>(result: Result<T>) -> (Code, String, usize) {
    let told = |error: Error| (error.code(), error.message().to_owned(), error.faults().len());
    result.err().map(told).expect("a refusal")
}

/// Milliseconds since 1970 that an id tells of its making.
fn made<T>(id: Id<T>) -> u128 {
    id.uuid().as_u128() >> 80
}

fn two_firms(world: &World) -> (Firm, Firm) {
    (world.firm("Flora Export"), world.firm("Frutas del Sur"))
}

on_every_store! {
    fn rule_35_a_foreign_id_is_answered_like_a_missing_one_by_every_verb(world: &World) {
        let (own, other) = two_firms(world);
        let verbs = VERBS.iter().filter(|verb| matches!(verb.effect, Effect::LooksAtOne | Effect::ChangesOne));
        for (number, verb) in verbs.enumerate() {
            let (foreign, missing) = (Ground::new(world, &other), Ground::missing(7_000 + number as u64));
            let (foreign, foreign_calls) = world.store.calls(|| (verb.act)(world, own.admin, &foreign));
            let (missing, missing_calls) = world.store.calls(|| (verb.act)(world, own.admin, &missing));
            let foreign = seen(foreign);
            assert_eq!(foreign.0, Code::NotFound, "{}", verb.name);
            assert_eq!((foreign, foreign_calls), (seen(missing), missing_calls), "{}", verb.name);
        }
    }

    fn rule_35_foreign_price_types_and_carriers_are_as_good_as_missing(world: &World) {
        let (own, other) = two_firms(world);
        let (here, there, missing) = (Ground::new(world, &own), Ground::new(world, &other), Ground::missing(7));
        let pricing = |price_type| {
            let input = PricingInput::of(price_type);
            world.store.calls(|| seen(world.customers().set_pricing(own.admin, here.inactive, &input)))
        };
        assert_eq!(pricing(there.price_type), pricing(missing.price_type));
        let service = |carriers: &[Id<_>]| {
            let days = ["monday", "tuesday"].iter().zip(carriers).map(|(day, carrier)| ((*day).to_owned(), *carrier));
            let days: Vec<_> = days.collect();
            world.store.calls(|| seen(world.customers().set_service(own.admin, here.inactive, &days)))
        };
        assert_eq!(service(&[there.carrier]), service(&[missing.carrier]));
        world.carriers().set_state(own.admin, here.carrier, handfast::company::OfferState::Retired).unwrap();
        assert_eq!(service(&[here.carrier, there.carrier]), service(&[here.carrier, missing.carrier]));
        assert_eq!(service(&[there.carrier, here.carrier]), service(&[missing.carrier, here.carrier]));
    }

    fn rule_35_a_bulk_call_tells_foreign_and_missing_requests_alike(world: &World) {
        let (own, other) = two_firms(world);
        let bulk = |key: &str, request| {
            let input =
                BulkDecision { requests: vec![request], verdict: Verdict::Approve, decision: Decision::default() };
            let (rows, calls) = world.store.calls(|| world.requests().decide_many(own.admin, key, &input).unwrap());
            (rows.into_iter().next().unwrap().outcome, calls)
        };
        let foreign = bulk("foreign", Ground::new(world, &other).request);
        assert!(matches!(&foreign.0, Outcome::Refused { code, .. } if code == "not_found"));
        assert_eq!(foreign, bulk("missing", Ground::missing(7).request));
    }

    fn rule_35_rows_tell_foreign_and_missing_customers_alike(world: &World) {
        let (own, other) = two_firms(world);
        let there = Ground::new(world, &other).active;
        for mode in [BulkMode::DryRun, BulkMode::Apply] {
            let bulk = |customer| {
                let users = vec![World::user_input(customer, "uma@users.example")];
                let (input, key) = (BulkUsers { users, csv: None, mode, first_row: 1 }, format!("{customer}"));
                let (rows, calls) = world.store.calls(|| world.users().add_many(own.admin, &key, &input).unwrap());
                (rows.into_iter().next().unwrap().outcome, calls)
            };
            let foreign = bulk(there);
            assert!(matches!(foreign.0, UserOutcome::Refused { code: Code::NotFound, .. }));
            assert_eq!(foreign, bulk(Ground::missing(7).active));
        }
    }

    fn rule_35_lists_hold_only_what_is_the_companys_own(world: &World) {
        let (own, other) = two_firms(world);
        let there = Ground::new(world, &other);
        let page = Paging::default();
        assert!(world.customers().search(own.admin, "rosas", &CustomerFilter::default(), &page).unwrap().items.is_empty());
        assert!(world.customers().list(own.admin, None, &page).unwrap().items.is_empty());
        assert!(world.price_types().list(own.admin, &page).unwrap().items.is_empty());
        assert!(world.carriers().list(own.admin, &page).unwrap().items.is_empty());
        assert_eq!(world.staff().list(own.admin, &page).unwrap().items.len(), 1);
        let events = |filter: EventFilter| {
            world.store.calls(|| world.events().list(own.admin, &filter, &page).unwrap().items.len())
        };
        let of = |subject: Id<()>| events(EventFilter { subject: Some(subject), ..EventFilter::default() });
        assert_eq!(of(there.active.cast()), of(Ground::missing(7).active.cast()));
        assert_eq!(events(EventFilter { login: other.admin.login(), ..EventFilter::default() }).0, 0);
        let page = world.price_types().list(other.admin, &Paging::first(1)).unwrap();
        world.price_type(&other, "Another");
        let foreign = world.price_types().list(other.admin, &Paging::first(1)).unwrap().next.unwrap();
        assert_eq!(page.items.len(), 1);
        let stolen = Paging { cursor: Some(Cursor::from(foreign.as_str().to_owned())), limit: Some(1) };
        assert_eq!(refusal(world.price_types().list(own.admin, &stolen)), Code::NotACursor);
    }

    fn rule_35_signing_in_tells_nobody_whether_an_address_is_known(world: &World) {
        let firm = world.firm("Flora Export");
        let input = StaffInput { email: "invited@flora.example".into(), name: "Pedro".into(), role: Role::Staff };
        world.staff().invite(firm.admin, &input).unwrap();
        // six rounds: the first writes a count, the fifth locks, the sixth is refused by the lock
        for _ in 0..6 {
            world.later(std::time::Duration::from_millis(1));
            let try_in = |email: &str| world.store.calls(|| seen(world.logins().authenticate(email, WRONG)));
            let known = try_in(&firm.email);
            assert_eq!(known, try_in("nobody@flora.example"));
            assert_eq!(known, try_in("invited@flora.example"));
        }
        let locked = world.store.calls(|| seen(world.logins().authenticate(&firm.email, PASSWORD)));
        assert_eq!(locked, world.store.calls(|| seen(world.logins().authenticate("nobody@flora.example", PASSWORD))));
    }

    fn rule_35_asking_for_a_code_tells_nobody_whether_an_address_is_known(world: &World) {
        let firm = world.firm("Flora Export");
        let ground = world.filed(&firm, "filed@rosas.example");
        world.approved(&firm, "customer@rosas.example");
        world.verified(&firm, "verified@rosas.example");
        world.requests().reject(firm.admin, ground.request, &Decision::default()).unwrap();
        world.later(std::time::Duration::from_secs(86_400));
        let start = |email: &str| {
            world.store.calls(|| {
                let started = world.invites().start(&firm.slug, email, None).unwrap();
                (started.expires, started.resend_from)
            })
        };
        let unknown = start("nobody@rosas.example");
        for known in ["filed", "customer", "verified"] {
            assert_eq!(start(&format!("{known}@rosas.example")), unknown, "{known}");
        }
    }

    fn rule_35_the_id_of_a_visit_tells_nobody_since_when_an_address_is_known(world: &World) {
        let firm = world.firm("Flora Export");
        world.verified(&firm, "known@rosas.example");
        world.later(std::time::Duration::from_secs(86_400));
        let made = |email: &str| made(world.invites().start(&firm.slug, email, None).unwrap().visit);
        assert_eq!(made("known@rosas.example"), made("nobody@rosas.example"));
    }

    fn rule_35_inviting_to_the_staff_tells_nobody_whether_an_address_has_a_login(world: &World) {
        let (own, other) = two_firms(world);
        world.later(std::time::Duration::from_secs(86_400));
        let invite = |email: &str| {
            let input = StaffInput { email: email.into(), name: "Pedro Paz".into(), role: Role::Staff };
            let (staff, calls) = world.store.calls(|| world.staff().invite(own.admin, &input).unwrap());
            let (name, role, state) = (staff.name.to_string(), staff.role, staff.state);
            ((name, role, state, staff.created, made(staff.login), made(staff.id)), calls)
        };
        assert_eq!(invite(&other.email), invite("nobody@flora.example"));
        assert!(made(own.first) > made(Id::<()>::first_at(Timestamp::MIN)));
    }

    fn rule_35_who_may_not_learns_nothing_about_what_is_there(world: &World) {
        let firm = world.firm("Flora Export");
        let member = world.member(&firm, Role::Staff, "staff@flora.example").actor;
        let (there, missing) = (Ground::new(world, &firm), Ground::missing(7));
        for verb in VERBS.iter().filter(|verb| !verb.who.contains(&Role::Staff)) {
            (verb.prepare)(world, &firm);
            let (there, calls) = world.store.calls(|| seen((verb.act)(world, member, &there)));
            assert_eq!(there.0, Code::RoleTooLow, "{}", verb.name);
            assert_eq!(
                (there, calls),
                world.store.calls(|| seen((verb.act)(world, member, &missing))),
                "{}",
                verb.name
            );
            world.invites().enable(firm.host()).unwrap();
        }
    }
}
