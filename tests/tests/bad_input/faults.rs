//! Everything that is wrong with an input is told at once, each with its field and its code.

use std::collections::BTreeMap;

use handfast::{
    Code, Error, Policy,
    association::{BulkMode, BulkUsers},
    company::{CompanyInput, Role, SignUp, StaffInput},
    customer::PricingInput,
    invite::QuestionInput,
    request::{BulkDecision, BusinessInput, Decision, Verdict},
    value::PostalAddressInput,
};
use handfast_tests::{Ground, World, business, on_every_store};
use serde_json::json;

/// The fields of an error with their codes.
#[track_caller]
fn faults(error: &Error) -> Vec<(&str, &'static str)> {
    assert_eq!(error.code(), Code::InvalidInput, "{error}");
    error.faults().iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect()
}

const BIDI: &str = "Acme \u{202e}cnI";

on_every_store! {
    fn signing_up_tells_all(world: &World) {
        let input = SignUp {
            name: String::new(),
            country: "XX".into(),
            locale: "english please".into(),
            time_zone: "Mars/Olympus".into(),
            trial_ends: None,
            attribution: None,
            admin_name: BIDI.into(),
            admin_email: "nobody".into(),
            admin_password: "short".into(),
        };
        let (error, committed) = world.store.committed(|| world.companies().sign_up(&input).unwrap_err());
        assert!(committed.is_empty());
        assert_eq!(
            faults(&error),
            [
                ("name", "required"),
                ("country", "not_a_country"),
                ("locale", "not_a_locale"),
                ("time_zone", "not_a_time_zone"),
                ("admin_name", "forbidden_character"),
                ("admin_email", "not_an_email"),
                ("admin_password", "too_short"),
            ]
        );
        let weak =
            SignUp { admin_password: "short".into(), name: String::new(), ..World::sign_up_input("Flora Export") };
        let error = world.companies().sign_up(&weak).unwrap_err();
        assert_eq!(faults(&error), [("name", "required"), ("admin_password", "too_short")]);
    }

    fn the_company_and_its_staff_tell_all(world: &World) {
        let firm = world.firm("Flora Export");
        let input = CompanyInput {
            name: "x".repeat(121),
            country: "e".into(),
            locale: String::new(),
            time_zone: String::new(),
            trial_ends: None,
        };
        let error = world.companies().update(firm.admin, &input).unwrap_err();
        let codes =
            [("name", "too_long"), ("country", "not_a_country"), ("locale", "required"), ("time_zone", "required")];
        assert_eq!(faults(&error), codes);
        let input = StaffInput { email: "a@b@c".into(), name: "\n".into(), role: Role::Admin };
        let error = world.staff().invite(firm.admin, &input).unwrap_err();
        assert_eq!(faults(&error), [("name", "required"), ("email", "not_an_email")]);
    }

    fn a_form_tells_all(world: &World) {
        let firm = world.firm("Flora Export");
        let question = |key: &str, kind: &str, choices: usize| QuestionInput {
            key: key.into(),
            label: "Label".into(),
            kind: kind.into(),
            choices: vec!["x".into(); choices],
            required: true,
        };
        let mut broken = question("A b", "radio", 0);
        broken.label = BIDI.into();
        let form = vec![
            broken,
            question("a", "choice", 1),
            question("b", "text", 0),
            question("b", "checkbox", 0),
        ];
        let error = world.companies().set_form(firm.admin, &form).unwrap_err();
        assert_eq!(
            faults(&error),
            [
                ("questions.0.key", "forbidden_character"),
                ("questions.0.label", "forbidden_character"),
                ("questions.0.kind", "unknown_choice"),
                ("questions.1.choices", "out_of_range"),
                ("questions.3.key", "duplicate_entry"),
            ]
        );
        let form = vec![question("a", "text", 0); 31];
        assert_eq!(faults(&world.companies().set_form(firm.admin, &form).unwrap_err()), [("questions", "too_many")]);
    }

    fn a_request_tells_all(world: &World) {
        let firm = world.firm("Flora Export");
        let question = |key: &str, kind: &str| QuestionInput {
            key: key.into(),
            label: "Label".into(),
            kind: kind.into(),
            choices: vec!["roses".into(), "tulips".into()],
            required: true,
        };
        let form = vec![
            question("flower", "choice"),
            question("terms", "checkbox"),
            question("why", "text"),
            question("who", "text"),
        ];
        world.companies().set_form(firm.admin, &form).unwrap();
        let pass = world.verified(&firm, "buyer@rosas.example");
        let nested = (0..500).fold(json!(0), |inner, _| json!([inner]));
        let mut input = BusinessInput {
            legal_name: BIDI.into(),
            trade_name: Some("x".repeat(121)),
            contact: " ".into(),
            phone: "call me".into(),
            billing: PostalAddressInput::default(),
            shipping: Some(PostalAddressInput { country: "Narnia".into(), ..business().billing }),
            tax_id: Some("!".into()),
            website: Some("javascript:alert(1)".into()),
            message: Some("\u{1b}".into()),
            ..BusinessInput::default()
        };
        for (key, answer) in [("flower", json!("oaks")), ("terms", json!(false)), ("why", nested), (BIDI, json!(1))] {
            input.answers.insert(key.into(), answer);
        }
        let (error, committed) = world.store.committed(|| world.invites().submit(&pass, &input).unwrap_err());
        assert!(committed.is_empty());
        assert_eq!(
            faults(&error),
            [
                ("legal_name", "forbidden_character"),
                ("trade_name", "too_long"),
                ("contact", "required"),
                ("phone", "not_a_phone"),
                ("billing.line1", "required"),
                ("billing.city", "required"),
                ("billing.country", "required"),
                ("shipping.country", "not_a_country"),
                ("tax_id", "forbidden_character"),
                ("website", "not_a_website"),
                ("message", "forbidden_character"),
                ("answers.?", "unknown_field"),
                ("answers.flower", "unknown_choice"),
                ("answers.terms", "required"),
                ("answers.why", "unknown_choice"),
                ("answers.who", "required"),
            ]
        );
    }

    fn pricing_and_service_tell_all(world: &World) {
        let firm = world.firm("Flora Export");
        let ground = Ground::new(world, &firm);
        let input = PricingInput {
            markup: Some("-100.1".into()),
            credit_limit: Some("1,5".into()),
            minimum_order: Some("0.00001".into()),
            notes: Some(BIDI.into()),
            extra: BTreeMap::from([(String::new(), "\0".to_owned())]),
            ..PricingInput::of(ground.price_type)
        };
        let error = world.customers().set_pricing(firm.admin, ground.inactive, &input).unwrap_err();
        assert_eq!(
            faults(&error),
            [
                ("markup", "out_of_range"),
                ("credit_limit", "not_a_decimal"),
                ("minimum_order", "out_of_range"),
                ("notes", "forbidden_character"),
                ("extra.0.name", "required"),
                ("extra.0.text", "forbidden_character"),
            ]
        );
        let many = (0..51).map(|number| (format!("name {number}"), "text".to_owned())).collect();
        let input = PricingInput { extra: many, ..PricingInput::of(ground.price_type) };
        let error = world.customers().set_pricing(firm.admin, ground.inactive, &input).unwrap_err();
        assert_eq!(faults(&error), [("extra", "too_many")]);
        let days: Vec<_> = ["monday", "lunes", "monday", ""].map(|day| (day.to_owned(), ground.carrier)).into();
        let error = world.customers().set_service(firm.admin, ground.inactive, &days).unwrap_err();
        assert_eq!(
            faults(&error),
            [("days.1", "unknown_choice"), ("days.2", "duplicate_entry"), ("days.3", "required")]
        );
    }

    fn a_bulk_decision_tells_all(world: &World) {
        let firm = world.firm("Flora Export");
        let request = Ground::missing(7).request;
        let decision = Decision { reason: Some("x".repeat(1_001)), note: Some(BIDI.into()) };
        let input = BulkDecision { requests: vec![request; 1_001], verdict: Verdict::Reject, decision };
        let error = world.requests().decide_many(firm.admin, "", &input).unwrap_err();
        assert_eq!(
            faults(&error),
            [
                ("key", "required"),
                ("reason", "too_long"),
                ("note", "forbidden_character"),
                ("requests", "too_many"),
                ("requests", "duplicate_entry"),
            ]
        );
    }

    fn many_users_tell_all(world: &World) {
        let firm = world.firm("Flora Export");
        let users = vec![World::user_input(Ground::missing(7).active, "nobody"); 1_001];
        let csv = Some("customer,e-mail,name\n".to_owned());
        let input = BulkUsers { users, csv, mode: BulkMode::DryRun, first_row: 0 };
        let error = world.users().add_many(firm.admin, "", &input).unwrap_err();
        assert_eq!(
            faults(&error),
            [
                ("key", "required"),
                ("users", "too_many"),
                ("csv", "unknown_field"),
                ("csv.columns.1", "unknown_field"),
                ("csv.columns", "required"),
                ("first_row", "out_of_range"),
            ]
        );
    }
}

#[test]
fn a_policy_tells_all() {
    let policy = Policy { code_digits: 0, code_attempts: 255, password_length: 7, bulk_rows: 0, ..Policy::default() };
    let error = handfast::Handfast::builder(handfast::store::Memory::new()).policy(policy).build().unwrap_err();
    let fields: Vec<_> = error.faults().iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["code_digits", "code_attempts", "password_length", "bulk_rows"]);
}
