//! Every scenario of `tests/vectors/` does what it says on every store; together they leave nothing out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use handfast::{Code, store::Memory};
use handfast_contract::{CHOICES, OPERATIONS, operation_names};
use handfast_sqlite::SqliteStore;
use serde_json::{Value, json};
use tour::scenario::{Player, Scenario};

/// What only a broken machine, a wrong configuration or a value of a wrong type provokes; scenarios cannot.
const BEYOND_SCENARIOS: &[Code] = &[
    Code::NotATime,
    Code::PolicyOutOfBounds,
    Code::NotADatabase,
    Code::BadTemplate,
    Code::BadKey,
    Code::NotACopy,
    Code::CopyDiffers,
    Code::Contention,
    Code::StoreBusy,
    Code::InDoubt,
    Code::StoreFull,
    Code::StoreFailed,
    Code::NewerSchema,
    Code::MailerFailed,
    Code::SourceFailed,
    Code::TargetFailed,
    Code::KeyMissing,
    Code::Closed,
    Code::Forked,
    Code::NoRandomness,
    Code::Corrupt,
    Code::Internal,
];

fn vectors() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() >= 10, "{files:?}");
    files
}

fn scenarios() -> Vec<Scenario> {
    vectors().iter().map(|file| Scenario::read(file).unwrap()).collect()
}

#[test]
fn every_scenario_is_played_in_memory() {
    for scenario in scenarios() {
        Player::new(Memory::new()).play(&scenario).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

#[test]
fn no_scenario_depends_on_chance() {
    for scenario in scenarios() {
        for seed in 2..6 {
            Player::new(Memory::new()).seed(seed).play(&scenario).unwrap_or_else(|failure| panic!("{seed}: {failure}"));
        }
    }
}

#[test]
fn every_scenario_is_played_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    for scenario in scenarios() {
        let store = SqliteStore::open(folder.path().join(&scenario.file)).unwrap();
        Player::new(store).play(&scenario).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

#[test]
fn every_scenario_is_played_on_postgresql() {
    if !handfast_tests::is_left_out() {
        for scenario in scenarios() {
            Player::new(handfast_tests::Rented::take()).play(&scenario).unwrap_or_else(|failure| panic!("{failure}"));
        }
    }
}

#[test]
fn every_vector_fits_the_schema() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenario.schema.json").canonicalize().unwrap();
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_base_uri(format!("file://{}", file.display()))
        .build(&read(&file))
        .unwrap();
    for file in vectors() {
        let errors: Vec<_> =
            schema.iter_errors(&read(&file)).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
    }
    for wrong in [
        json!({ "do": "shop.open" }),
        json!({ "do": "companies.get" }),
        json!({ "do": "invites.open", "as": { "host": "$flora" }, "with": { "slug": "x" } }),
        json!({ "do": "invites.open", "with": { "slug": 3 } }),
        json!({ "do": "invites.open", "with": { "slug": "x", "slag": "x" } }),
        json!({ "do": "invites.open" }),
        json!({ "do": "requests.list", "as": "$ada", "with": { "state": "open" } }),
        json!({ "do": "staff.invite", "as": "$ada", "with": { "person": { "email": "a@b.example", "role": "staff" } } }),
        json!({ "do": "mails.deliver", "expect_error": "no_such_code" }),
        json!({ "do": "mails.deliver", "clock": { "advance": "1h" } }),
        json!({ "clock": { "advance": "soon" } }),
    ] {
        let scenario = json!({ "title": "", "starts": "2026-11-22T10:00:00Z", "steps": [wrong] });
        assert!(!schema.is_valid(&scenario), "{scenario}");
    }
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn every_operation_is_played() {
    let scenarios = scenarios();
    let played: BTreeSet<_> = scenarios.iter().flat_map(Scenario::operations).collect();
    let unplayed: Vec<_> = operation_names().filter(|name| !played.contains(name)).collect();
    assert!(unplayed.is_empty(), "in no scenario: {unplayed:?}");
}

#[test]
fn every_code_of_every_operation_is_provoked() {
    let scenarios = scenarios();
    let provoked: BTreeSet<_> = scenarios.iter().flat_map(Scenario::refusals).collect();
    let named = OPERATIONS.iter().flat_map(|operation| operation.refuses.iter().map(|code| (operation.name(), *code)));
    let silent: Vec<_> = named.filter(|(name, code)| !provoked.contains(&(name.as_str(), code.as_str()))).collect();
    assert!(silent.is_empty(), "in the table, and in no scenario: {silent:#?}");
}

#[test]
fn no_operation_is_refused_with_a_code_that_the_table_does_not_name() {
    for scenario in scenarios() {
        for (name, code) in scenario.refusals() {
            let operation = OPERATIONS.iter().find(|operation| operation.name() == name).unwrap();
            let code = Code::ALL.iter().find(|known| known.as_str() == code).unwrap();
            assert!(operation.can_refuse(*code), "{}: {name} is refused with `{code}`", scenario.file);
        }
    }
}

#[test]
fn every_code_is_provoked() {
    let scenarios = scenarios();
    let refusals = scenarios.iter().flat_map(Scenario::refusals).map(|(_, code)| code);
    let provoked: BTreeSet<_> = refusals.chain(scenarios.iter().flat_map(Scenario::faults)).collect();
    let silent: Vec<_> = Code::ALL.iter().filter(|code| !provoked.contains(code.as_str())).collect();
    assert_eq!(silent, BEYOND_SCENARIOS.iter().collect::<Vec<_>>());
}

#[test]
fn every_choice_is_seen() {
    let texts: BTreeSet<_> = vectors().iter().flat_map(|file| texts(&read(file))).collect();
    let choices = CHOICES.iter().flat_map(|ty| ty.choices.iter().map(move |choice| (ty.name, (choice.text)())));
    let unseen: Vec<_> = choices.filter(|(_, text)| !texts.contains(*text)).collect();
    assert!(unseen.is_empty(), "in no scenario: {unseen:?}");
}

/// Every text in a value, however deep.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
