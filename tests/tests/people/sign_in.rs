//! Rules 9 and 35 at sign-in.

use std::time::Duration;

use handfast::{Code, Error, Result, session::SignIn};
use handfast_tests::{PASSWORD, World, held, on_every_store, refusal, sign_in};

const UMA: &str = "uma@users.example";
const WRONG: &str = "a wrong horse in the stable";

/// All that a caller sees of a refusal.
fn seen<T>(result: Result<T>) -> (Code, String, usize) {
    let told = |error: Error| (error.code(), error.message().to_owned(), error.faults().len());
    result.err().map(told).expect("a refusal")
}

on_every_store! {
    fn rule_35_signing_in_costs_the_same_for_unknown_wrong_locked_and_disabled(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        world.user(&firm, customer, UMA);
        let disabled = world.user(&firm, customer, "off@users.example");
        world.logins().disable(disabled.login).unwrap();
        world.invited(&firm, customer, "invited@users.example");
        for _ in 0..6 {
            world.later(Duration::from_millis(1));
            let attempt = |name: &str| world.store.calls(|| seen(world.sessions().sign_in(&sign_in(name, WRONG))));
            let known = attempt(UMA);
            for other in ["nobody@users.example", "off@users.example", "invited@users.example"] {
                assert_eq!(known, attempt(other), "{other}");
            }
        }
        let locked = world.store.calls(|| seen(world.sessions().sign_in(&sign_in(UMA, PASSWORD))));
        let unknown = world.store.calls(|| seen(world.sessions().sign_in(&sign_in("nobody@users.example", PASSWORD))));
        assert_eq!(locked, unknown);
        assert_eq!(locked.0.0, Code::WrongPassword);
    }

    fn rule_35_the_same_holds_for_login_names(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let mut input = World::user_input(customer, UMA);
        input.login_name = Some("uma".into());
        world.users().add(firm.admin, &input).unwrap();
        let temporary = world.deliver().to(UMA).temporary_password();
        world.users().choose_password(&handfast_tests::first_password(UMA, &temporary)).unwrap();
        for _ in 0..6 {
            let attempt = |name: &str| {
                let input = SignIn { company: Some(firm.company), ..sign_in(name, WRONG) };
                world.store.calls(|| seen(world.sessions().sign_in(&input)))
            };
            world.tick();
            assert_eq!(attempt("uma"), attempt("vera"));
        }
        let locked = SignIn { company: Some(firm.company), ..sign_in("uma", PASSWORD) };
        assert_eq!(refusal(world.sessions().sign_in(&locked)), Code::WrongPassword);
        // the lock is the login's, whatever it is called
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(UMA, PASSWORD))), Code::WrongPassword);
    }

    fn rule_09_a_session_is_kept_as_a_keyed_hash(world: &World) {
        let firm = world.firm("Flora Export");
        let (token, committed) = world.store.committed(|| world.signed_in(&firm.email));
        let stored = format!("{committed:?}");
        assert!(!committed.is_empty() && !stored.contains(&token));
    }

    fn a_disabled_login_is_out_at_the_next_call_and_stays_out(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let actor = world.sessions().resolve(&session).unwrap().actor().unwrap();
        world.logins().disable(firm.admin.login().unwrap()).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
        assert_eq!(refusal(world.sessions().sign_in(&sign_in(&firm.email, PASSWORD))), Code::WrongPassword);
        world.logins().enable(firm.admin.login().unwrap()).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        world.signed_in(&firm.email);
    }

    fn a_device_is_named_by_the_host_and_shown_to_its_person(world: &World) {
        let firm = world.firm("Flora Export");
        let input = SignIn { device: Some("Firefox".into()), place: Some("Quito".into()), ..sign_in(&firm.email, PASSWORD) };
        let session = held(world.sessions().sign_in(&input).unwrap());
        let listed = world.sessions().list(&session, &Default::default()).unwrap().items;
        let [own] = &listed[..] else { panic!("{listed:?}") };
        assert_eq!(own.device.as_ref().map(|device| device.as_str()), Some("Firefox"));
        assert_eq!(own.place.as_ref().map(|place| place.as_str()), Some("Quito"));
        assert!(own.current);
        let long = SignIn { device: Some("x".repeat(201)), ..input };
        assert_eq!(refusal(world.sessions().sign_in(&long)), Code::InvalidInput);
    }
}
