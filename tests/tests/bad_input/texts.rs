//! Text that is too long, blank, or not what it looks like.

use std::time::Instant;

use handfast::{Category, Code, Error, customer::CustomerFilter, store::Paging};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

use crate::fields::{Blank, Field, Stage, company_fields, decision_fields, visitor_fields};

/// Ten megabytes.
const LONG: usize = 10_000_000;

/// What an error says must be short, and hold nothing of what it is about that could fool a reader.
#[track_caller]
fn assert_plain(field: &str, error: &Error) {
    let said = format!("{error} {error:?}");
    assert!(said.len() < 2_000, "{field} says too much: {} bytes", said.len());
    let strange = |letter: char| letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter);
    assert!(!error.to_string().contains(strange), "{field} repeats what should not be seen: {said}");
    assert!(!matches!(error.category(), Category::Internal | Category::Unavailable), "{field}: {said}");
}

/// Gives `text` to every field; each must refuse it, and nothing may be written.
fn refused_everywhere(stage: &Stage<'_>, text: &str) {
    let is_blank = text.trim().is_empty();
    for fields in [company_fields(stage), visitor_fields(stage), decision_fields(stage)] {
        for Field(name, blank, call) in &fields {
            if *blank == Blank::Nothing && is_blank {
                continue;
            }
            let begun = Instant::now();
            let (given, committed) = stage.world.store.committed(|| call(text));
            let Err(error) = given else { panic!("{name} takes {:?}", text.chars().take(20).collect::<String>()) };
            assert_plain(name, &error);
            assert!(
                committed.is_empty() || *name == "authenticate.email",
                "{name} writes although it refuses: {error}"
            );
            assert!(begun.elapsed().as_secs() < 5, "{name} takes long to refuse");
        }
    }
}

on_every_store! {
    fn ten_megabytes_are_refused_by_every_field(world: &World) {
        let stage = Stage::new(world);
        for text in ["x".repeat(LONG), "1".repeat(LONG), "\u{202e}\u{fb03}".repeat(LONG / 6)] {
            refused_everywhere(&stage, &text);
        }
    }

    fn blank_and_empty_are_refused_by_every_field_that_needs_a_text(world: &World) {
        let stage = Stage::new(world);
        for text in ["", " ", "\t\n", "\u{3000}\u{a0}"] {
            refused_everywhere(&stage, text);
        }
        refused_everywhere(&stage, &" ".repeat(LONG));
    }

    fn control_characters_and_overrides_of_direction_are_refused_by_every_field(world: &World) {
        let stage = Stage::new(world);
        for text in [
            "\0",
            "a\0b",
            "Acme\u{7}",
            "Acme\u{1b}[2J",
            "Acme \u{202e}cnI",
            "\u{2066}Acme",
            "Ac\u{200b}me",
            "a\u{feff}",
        ] {
            refused_everywhere(&stage, text);
        }
    }

    fn nothing_of_all_this_left_a_trace(world: &World) {
        let stage = Stage::new(world);
        let admin = stage.firm.admin;
        let before = (world.history(admin).len(), world.companies().get(admin).unwrap());
        world.deliver();
        refused_everywhere(&stage, "Acme \u{202e}cnI");
        assert_eq!((world.history(admin).len(), world.companies().get(admin).unwrap()), before);
        assert!(world.deliver().is_empty());
        assert!(world.invites().submit(&stage.pass, &handfast_tests::business()).is_ok(), "the pass is still good");
        assert!(world.staff().accept(&stage.token, Some(PASSWORD)).is_ok(), "and so is the invitation");
    }

    fn optional_texts_that_are_blank_are_no_texts(world: &World) {
        let stage = Stage::new(world);
        for Field(name, blank, call) in visitor_fields(&stage).iter().chain(&decision_fields(&stage)) {
            if *blank == Blank::Nothing {
                // what was done before needs no doing again
                let code = call(" \t ").err().map(|error| error.code());
                assert!(matches!(code, None | Some(Code::RequestOpen | Code::AlreadyDecided)), "{name}: {code:?}");
            }
        }
    }

    fn a_code_that_is_no_code_is_a_wrong_one(world: &World) {
        let firm = world.firm("Flora Export");
        for (number, text) in ["", " ", "\0", "12345678\0", "\u{202e}12345678", "１２３４５６７８"].iter().enumerate()
        {
            let started = world.invites().start(&firm.slug, &format!("b{number}@rosas.example"), None).unwrap();
            let error = world.invites().verify(started.visit, text).unwrap_err();
            assert_eq!(error.code(), Code::WrongCode);
            assert_plain("code", &error);
        }
        let started = world.invites().start(&firm.slug, "long@rosas.example", None).unwrap();
        assert_eq!(refusal(world.invites().verify(started.visit, &"1".repeat(LONG))), Code::WrongCode);
        let nowhere = "019a0000-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(refusal(world.invites().verify(nowhere, "12345678")), Code::NotFound);
    }

    fn any_password_is_answered_and_none_is_shown(world: &World) {
        let firm = world.firm("Flora Export");
        for password in ["", " ", "\0", "correct\0horse", &"x".repeat(LONG), &"\u{fb03}".repeat(LONG / 3)] {
            let error = world.logins().authenticate(&firm.email, password).unwrap_err();
            assert_eq!(error.code(), Code::WrongPassword);
            assert_plain("password", &error);
        }
    }

    fn any_text_can_be_searched_for_and_any_language_asked_for(world: &World) {
        let stage = Stage::new(world);
        let admin = stage.firm.admin;
        let long = ["x".repeat(LONG), "x y ".repeat(LONG / 4), "\u{fb03}\u{301} ".repeat(LONG / 6)];
        let short = ["", " ", "\0", "%", "_", "'; DROP TABLE handfast_customer; --", "\u{202e}", "\"*\" OR NEAR"];
        for text in long.iter().map(String::as_str).chain(short) {
            let begun = Instant::now();
            let found = world.customers().search(admin, text, &CustomerFilter::default(), &Paging::default()).unwrap();
            assert!(found.items.is_empty());
            world.customers().tour(admin, stage.ground.inactive, Some(text)).unwrap();
            assert!(begun.elapsed().as_secs() < 5, "{} bytes take {:?}", text.len(), begun.elapsed());
        }
    }
}
