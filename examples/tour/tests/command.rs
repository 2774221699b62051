//! The program as people run it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn tour(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tour")).current_dir(folder).args(arguments).output().unwrap()
}

/// What it printed, on one line: where lines are broken depends on lengths of paths.
fn said(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_story_is_told_and_told_on() {
    let folder = tempfile::tempdir().unwrap();
    let first = tour(folder.path(), &[]);
    let text = said(&first);
    assert!(first.status.success(), "{text}{}", String::from_utf8_lossy(&first.stderr));
    for said in [
        "Flora Export grows roses",
        "cannot order. Missing: activation, price type, days of service.",
        "cannot order. Missing: price type, days of service.",
        "cannot order. Missing: days of service.",
        "Rosas del Valle can order.",
        "5 things are wrong, told at once:",
        "the same answer, row by row, and no mail.",
        "Before he saves he is told: an association will be asked for.",
        "=> Bea Rosas at Hacienda Azul, buying for Rosas del Valle",
        "Bea's next call is refused:",
        "Flora Export has a newer link, ask them for it",
    ] {
        assert!(text.contains(said), "`{said}` is missing in:\n{text}");
    }
    assert_eq!(text.matches("bea@rosas.example: \"You can now order").count(), 1);
    assert!(!text.contains('\u{1b}'), "control codes for something that is no terminal");
    let out = folder.path().join("tour-out");
    for file in ["shop.db", "shop.db.key", "invite-link.png", "invite-link.svg"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    let mails = || fs::read_dir(out.join("mails")).unwrap().count();
    let before = mails();
    assert!(before > 30, "{before} mails");

    let second = tour(folder.path(), &[]);
    let text = said(&second);
    assert!(second.status.success(), "{text}{}", String::from_utf8_lossy(&second.stderr));
    assert!(text.contains("Ada Flores signs in again.") && text.contains("Rosas del Valle 2 can order."), "{text}");
    assert!(mails() > before);
}

#[test]
fn a_database_of_another_story_gets_a_company_more() {
    let folder = tempfile::tempdir().unwrap();
    assert!(tour(folder.path(), &["--db", "a/shop.db"]).status.success());
    fs::remove_file(folder.path().join("a/shop.db.tour.json")).unwrap();
    let output = tour(folder.path(), &["--db", "a/shop.db"]);
    assert!(output.status.success() && said(&output).contains("Ada Flores signs it up"), "{}", said(&output));
    assert!(said(&output).contains("there is no password to choose"), "{}", said(&output));
}

#[test]
fn a_scenario_tells_its_steps_and_fails_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/invite_story.json");
    let output = tour(folder.path(), &[good.to_str().unwrap(), "--db", "shop.db", "--mails", "mails"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said(&output).contains("Ada signs Flora Export up") && said(&output).contains("(refused: wrong_code)"));
    assert_eq!(fs::read_dir(folder.path().join("mails")).unwrap().count(), 17);

    let bad = r#"{ "title": "x", "starts": "2026-11-22T10:00:00Z", "steps": [{ "do": "shop.open" }] }"#;
    fs::write(folder.path().join("bad.json"), bad).unwrap();
    let output = tour(folder.path(), &["bad.json"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "bad.json: step 1 (shop.open): there is no such operation\n");
}

#[test]
fn what_cannot_be_opened_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("text.db"), "this is no database, but a text of some length".repeat(100)).unwrap();
    for arguments in [&["--db", "text.db"][..], &["--db", "text.db/shop.db"], &["none.json"]] {
        let output = tour(folder.path(), arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(!told.is_empty() && !told.contains("panicked"), "{told}");
    }
}

#[test]
fn bad_usage_has_an_exit_code_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let output = tour(folder.path(), &["--what"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("there is no option `--what`"));
    let help = tour(folder.path(), &["--help"]);
    assert!(help.status.success() && said(&help).contains("cargo run -p tour"));
}
