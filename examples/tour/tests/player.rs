//! What the player says of scenarios that are wrong, and what is left of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use handfast::store::Memory;
use serde_json::{Value, json};
use tour::scenario::{Failure, Player, Scenario};

fn scenario(steps: Value) -> Result<Scenario, Failure> {
    let text = json!({ "title": "A test", "starts": "2026-11-22T10:00:00Z", "steps": steps }).to_string();
    Scenario::parse("test.json", &text)
}

fn sign_up() -> Value {
    json!({
        "do": "companies.sign_up",
        "with": { "company": {
            "name": "Flora Export", "country": "EC", "locale": "en", "time_zone": "America/Guayaquil",
            "admin_name": "Ada Flores", "admin_email": "ada@flora.example",
            "admin_password": "correct horse battery staple",
        } },
        "capture": { "ada": "/admin" },
    })
}

/// What is said of a step that comes after a sign-up.
fn said_of(step: Value) -> String {
    let scenario = scenario(json!([sign_up(), step])).unwrap();
    Player::new(Memory::new()).play(&scenario).unwrap_err().to_string()
}

#[test]
fn a_wrong_step_is_told_with_its_file_its_number_and_its_operation() {
    for (step, said) in [
        (
            json!({ "do": "companies.close" }),
            "(companies.close): there is no such operation; there are `companies.sign_up`",
        ),
        (json!({ "do": "shop.open" }), "(shop.open): there is no such operation"),
        (json!({ "do": "companies.get" }), "(companies.get): needs `as`: who acts?"),
        (json!({ "do": "companies.get", "as": "$bea" }), "(companies.get): nothing was captured as `$bea`"),
        (json!({ "do": "companies.get", "as": "ada" }), "(companies.get): `as` is neither"),
        (
            json!({ "do": "companies.get", "as": { "host": "flora" } }),
            "(companies.get): refused with `not_an_id`: `actor` `company` is not an id",
        ),
        (json!({ "do": "invites.open", "as": "$ada", "with": { "slug": "x" } }), "(invites.open): takes no `as`"),
        (json!({ "do": "invites.open" }), "(invites.open): needs the argument `slug`"),
        (json!({ "do": "invites.open", "with": { "slug": 3 } }), "(invites.open): `slug`: invalid type: integer `3`"),
        (json!({ "do": "invites.open", "with": { "slug": "x", "slag": 1 } }), "(invites.open): has no argument `slag`"),
        (
            json!({ "do": "customers.activate", "as": "$ada", "with": { "customer": "7" } }),
            "(customers.activate): refused with `not_an_id`: `customer` is not an id",
        ),
        (
            json!({ "do": "requests.list", "as": "$ada", "with": { "state": "open" } }),
            "(requests.list): `state`: unknown variant `open`, expected one of `pending`",
        ),
        (
            json!({ "do": "companies.update", "as": "$ada", "with": { "company": { "named": "x" } } }),
            "(companies.update): `company`: unknown field `named`",
        ),
        (json!({ "do": "mails.deliver", "capture": { "code": "code" } }), "(mails.deliver): no mail holds a code"),
        (
            json!({ "do": "mails.deliver", "capture": { "x": "/y" } }),
            "(mails.deliver): nothing to capture as `x` at `/y`",
        ),
        (json!({ "clock": { "advance": "soon" } }), "(clock): `soon` is not a duration"),
        (json!({ "clock": { "set": "noon" } }), "(clock): is not a point in time"),
        (json!({ "clock": { "turn": "1h" } }), "(clock): unknown variant `turn`"),
        (json!({ "do": "x.y", "clock": { "advance": "1h" } }), "(x.y): has both `do` and `clock`"),
        (json!({ "say": "nothing" }), "(?): has neither `do` nor `clock`"),
        (json!({ "do": "mails.deliver", "wiht": {} }), "(mails.deliver): unknown field `wiht`"),
        (json!({ "do": "x.y", "expect": 1, "expect_error": "z" }), "(x.y): has both `expect` and `expect_error`"),
        (json!("companies.get"), "(?): invalid type"),
    ] {
        let told = said_of(step.clone());
        assert!(told.starts_with(&format!("test.json: step 2 {said}")), "{step}\n{told}");
    }
}

#[test]
fn what_comes_otherwise_than_expected_is_told() {
    for (step, said) in [
        (
            json!({ "do": "companies.get", "as": "$ada", "expect": { "admins": 2 } }),
            "step 2 (companies.get): expected 2 at `/admins`, got 1",
        ),
        (
            json!({ "do": "invites.open", "with": { "slug": "x" } }),
            "step 2 (invites.open): refused with `unknown_link`: there is no such link",
        ),
        (
            json!({ "do": "invites.open", "with": { "slug": "x" }, "expect_error": "not_found" }),
            "step 2 (invites.open): expected the error `not_found`, got `unknown_link`: there is no such link",
        ),
        (
            json!({ "do": "invites.funnel", "as": "$ada", "expect_error": "role_too_low" }),
            "step 2 (invites.funnel): expected the error `role_too_low`, got {\"activated\":0,",
        ),
        (
            json!({ "do": "staff.invite", "as": "$ada", "with": { "person": { "email": "", "name": "", "role": "staff" } },
                    "expect_error": { "code": "invalid_input", "faults": { "email": "required" } } }),
            "step 2 (staff.invite): expected the faults [`email`: `required`], got [`email`: `required`, `name`: `required`]",
        ),
    ] {
        let told = said_of(step.clone());
        assert!(told.starts_with(&format!("test.json: {said}")), "{step}\n{told}");
    }
}

#[test]
fn a_file_that_is_no_scenario_is_told() {
    for (text, said) in [
        ("", "test.json: is not a scenario: EOF"),
        ("{ \"title\": 3 }", "test.json: is not a scenario: invalid type: integer `3`"),
        ("{ \"title\": \"x\", \"steps\": [] }", "test.json: is not a scenario: missing field `starts`"),
        (
            r#"{ "title": "", "starts": "2026-11-22T10:00:00Z", "policy": { "code_lifetime": "1 hour" }, "steps": [] }"#,
            "test.json: `policy`: `code_lifetime`: `1 hour` is not a duration",
        ),
        (
            r#"{ "title": "", "starts": "2026-11-22T10:00:00Z", "policy": { "code_life": "1h" }, "steps": [] }"#,
            "test.json: `policy`: unknown field `code_life`",
        ),
    ] {
        let told = Scenario::parse("test.json", text).unwrap_err().to_string();
        assert!(told.starts_with(said), "{told}");
    }
    let missing = Scenario::read("no/such/file.json").unwrap_err().to_string();
    assert!(missing.starts_with("file.json: cannot be read: "), "{missing}");
}

#[test]
fn a_policy_out_of_its_bounds_does_not_begin() {
    let text = r#"{ "title": "", "starts": "2026-11-22T10:00:00Z", "policy": { "code_attempts": 99 }, "steps": [] }"#;
    let scenario = Scenario::parse("test.json", text).unwrap();
    let failure = Player::new(Memory::new()).play(&scenario).unwrap_err();
    assert!(failure.to_string().starts_with("test.json: cannot begin: `code_attempts` must lie between"), "{failure}");
}

#[test]
fn what_was_committed_before_a_wrong_step_stays() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("shop.db");
    let wrong = scenario(json!([sign_up(), { "do": "companies.close" }])).unwrap();
    Player::on_file(&database).unwrap().play(&wrong).unwrap_err();
    let after = scenario(json!([
        { "do": "mails.list", "with": { "state": "queued" }, "expect": { "items": [{ "kind": "company_welcome" }] } }
    ]));
    Player::on_file(&database).unwrap().play(&after.unwrap()).unwrap();
}

#[test]
fn two_plays_in_memory_are_the_same_to_the_last_id() {
    let play = |scenario: &Scenario| {
        let folder = tempfile::tempdir().unwrap();
        Player::new(Memory::new()).writing_mails_to(folder.path()).play(scenario).unwrap();
        let mut mails: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| (entry.as_ref().unwrap().file_name(), fs::read(entry.unwrap().path()).unwrap()))
            .map(|(name, bytes)| {
                (
                    name,
                    String::from_utf8_lossy(&bytes)
                        .lines()
                        .filter(|line| !line.contains("boundary") && !line.starts_with("--"))
                        .collect::<String>(),
                )
            })
            .collect();
        mails.sort();
        mails
    };
    let scenario = story();
    let first = play(&scenario);
    assert_eq!(first.len(), 17);
    assert!(first == play(&scenario));
}

#[test]
fn the_story_is_played_again_on_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("shop.db");
    for _ in 0..3 {
        Player::on_file(&database).unwrap().play(&story()).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

fn story() -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/invite_story.json");
    Scenario::read(file).unwrap()
}

#[test]
fn the_example_in_the_documentation_is_played() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scenarios.md");
    let page = fs::read_to_string(page).unwrap();
    let examples: Vec<_> = page.split("```json\n").skip(1).filter_map(|text| text.split("```").next()).collect();
    let whole = examples.iter().find(|example| example.contains("\"title\"")).unwrap();
    let scenario = Scenario::parse("scenarios.md", whole).unwrap();
    Player::new(Memory::new()).play(&scenario).unwrap_or_else(|failure| panic!("{failure}"));
}
