//! Rules 7, 8, 10, 11 and 12: codes and tokens open once, in time, what they are for.

use std::time::Duration;

use handfast::{
    Code,
    company::{Role, StaffInput},
    request::Decision,
};
use handfast_tests::{Firm, Hands, PASSWORD, World, business, on_every_store, refusal};

const MILLISECOND: Duration = Duration::from_millis(1);

/// Another code than this one.
fn other(code: &str) -> String {
    let digit = |digit: char| if digit == '9' { '0' } else { char::from(digit as u8 + 1) };
    code.chars().map(digit).collect()
}

fn invited(world: &World, firm: &Firm, email: &str) -> String {
    let input = StaffInput { email: email.into(), name: "Pedro Paz".into(), role: Role::Admin };
    world.staff().invite(firm.admin, &input).unwrap();
    world.deliver().to(email).token()
}

on_every_store! {
    fn rule_07_the_tries_of_a_code_are_counted_and_never_exceed_the_limit(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let wrong = [other(&code), String::new(), "12".into(), "x".repeat(100), "\0".repeat(8)];
        for (at, wrong) in wrong.iter().enumerate() {
            let error = world.invites().verify(started.visit, wrong).unwrap_err();
            assert_eq!(error.code(), Code::WrongCode);
            assert!(error.message().ends_with(&format!("tries left: {}", 4 - at)), "{error}");
        }
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeSpent);
        assert_eq!(refusal(world.invites().verify(started.visit, &other(&code))), Code::CodeSpent);
    }

    fn rule_07_the_last_try_opens_when_it_is_right(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        for _ in 0..4 {
            assert_eq!(refusal(world.invites().verify(started.visit, &other(&code))), Code::WrongCode);
        }
        assert!(world.invites().verify(started.visit, &code).is_ok());
    }

    fn rule_07_codes_to_one_address_are_rare_and_cost_another_address_nothing(world: &World) {
        let firm = world.firm("Flora Export");
        let start = |email: &str| world.invites().start(&firm.slug, email, None);
        start("buyer@rosas.example").unwrap();
        let refused = start("BUYER@rosas.example").unwrap_err();
        assert_eq!((refused.code(), refused.wait()), (Code::TooOften, Some(world.policy().code_interval)));
        assert!(start("other@rosas.example").is_ok());
        for _ in 1..world.policy().codes_per_address {
            world.later(world.policy().code_interval);
            start("buyer@rosas.example").unwrap();
        }
        world.later(world.policy().code_interval);
        let refused = start("buyer@rosas.example").unwrap_err();
        assert_eq!(refused.code(), Code::TooOften);
        assert_eq!(world.deliver().to("buyer@rosas.example").codes().len(), 5);
        world.later(refused.wait().unwrap());
        assert!(start("buyer@rosas.example").is_ok());
    }

    fn rule_07_codes_of_one_company_are_limited_and_cost_another_company_nothing(world: &World) {
        let world = World::with(world.kind, |policy| policy.codes_per_company = 3);
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        for number in 0..3 {
            world.invites().start(&flora.slug, &format!("buyer{number}@rosas.example"), None).unwrap();
        }
        assert_eq!(refusal(world.invites().start(&flora.slug, "late@rosas.example", None)), Code::TooOften);
        assert!(world.invites().start(&frutas.slug, "late@rosas.example", None).is_ok());
        world.later(Duration::from_secs(3_600));
        assert!(world.invites().start(&flora.slug, "late@rosas.example", None).is_ok());
    }

    fn rule_08_a_code_opens_once(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        world.invites().verify(started.visit, &code).unwrap();
        for _ in 0..7 {
            assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeSpent);
        }
    }

    fn rule_08_looking_at_a_link_consumes_nothing_and_accepting_it_does(world: &World) {
        let firm = world.firm("Flora Export");
        let token = invited(world, &firm, "pedro@flora.example");
        let ((), committed) = world.store.committed(|| {
            for _ in 0..20 {
                assert!(world.staff().invitation(&token).unwrap().chooses_password);
            }
        });
        assert!(committed.is_empty());
        world.staff().accept(&token, Some(PASSWORD)).unwrap();
        assert_eq!(refusal(world.staff().accept(&token, Some(PASSWORD))), Code::TokenSpent);
        assert_eq!(refusal(world.staff().invitation(&token)), Code::TokenSpent);
        for _ in 0..20 {
            world.invites().open(&firm.slug).unwrap();
        }
        assert!(world.invites().start(&firm.slug, "buyer@rosas.example", None).is_ok());
    }

    fn rule_08_an_invitation_that_was_not_taken_is_not_consumed(world: &World) {
        let firm = world.firm("Flora Export");
        let token = invited(world, &firm, "pedro@flora.example");
        assert_eq!(refusal(world.staff().accept(&token, None)), Code::Required);
        assert_eq!(refusal(world.staff().accept(&token, Some("short"))), Code::TooShort);
        assert!(world.staff().accept(&token, Some(PASSWORD)).is_ok());
    }

    fn rule_10_a_secret_opens_nothing_but_what_it_is_for(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let token = invited(world, &flora, "pedro@flora.example");
        let pass = world.verified(&flora, "buyer@rosas.example");
        assert_eq!(refusal(world.invites().submit(&token, &business())), Code::UnknownToken);
        assert_eq!(refusal(world.invites().standing(&token)), Code::UnknownToken);
        assert_eq!(refusal(world.invites().withdraw(&token)), Code::UnknownToken);
        assert_eq!(refusal(world.staff().accept(&pass, Some(PASSWORD))), Code::UnknownToken);
        assert_eq!(refusal(world.staff().invitation(&pass)), Code::UnknownToken);
        assert_eq!(refusal(world.invites().open(&pass)), Code::UnknownLink);
        // the same address at another company has a code of its own
        let here = world.invites().start(&flora.slug, "twice@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let there = world.invites().start(&frutas.slug, "twice@rosas.example", None).unwrap();
        assert_eq!(refusal(world.invites().verify(there.visit, &code)), Code::WrongCode);
        assert!(world.invites().verify(here.visit, &code).is_ok());
    }

    fn rule_10_empty_blank_and_nul_never_match(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        invited(world, &firm, "pedro@flora.example");
        let nothing = ["".to_owned(), " ".into(), "\0".into(), " ".repeat(43), "\0".repeat(43), "\0".repeat(26)];
        for nothing in &nothing {
            assert_eq!(refusal(world.invites().open(nothing)), Code::UnknownLink);
            assert_eq!(refusal(world.invites().start(nothing, "a@b.example", None)), Code::UnknownLink);
            assert_eq!(refusal(world.invites().submit(nothing, &business())), Code::UnknownToken);
            assert_eq!(refusal(world.invites().standing(nothing)), Code::UnknownToken);
            assert_eq!(refusal(world.invites().withdraw(nothing)), Code::UnknownToken);
            assert_eq!(refusal(world.staff().invitation(nothing)), Code::UnknownToken);
            assert_eq!(refusal(world.staff().accept(nothing, Some(PASSWORD))), Code::UnknownToken);
            assert_eq!(refusal(world.logins().authenticate(&firm.email, nothing)), Code::WrongPassword);
            assert_eq!(refusal(world.logins().authenticate("pedro@flora.example", nothing)), Code::WrongPassword);
        }
        for nothing in &nothing[..5] {
            assert_eq!(refusal(world.invites().verify(started.visit, nothing)), Code::WrongCode);
        }
    }

    fn rule_11_a_code_opens_until_its_last_millisecond_and_not_at_its_end(world: &World) {
        let firm = world.firm("Flora Export");
        let start = |email: &str| world.invites().start(&firm.slug, email, None).unwrap();
        let (early, late) = (start("early@rosas.example"), start("late@rosas.example"));
        let post = world.deliver();
        assert_eq!(early.expires.since(world.now()), world.policy().code_lifetime);
        world.later(world.policy().code_lifetime - MILLISECOND);
        assert!(world.invites().verify(early.visit, &post.to("early@rosas.example").code()).is_ok());
        world.later(MILLISECOND);
        let code = post.to("late@rosas.example").code();
        assert_eq!(refusal(world.invites().verify(late.visit, &code)), Code::CodeExpired);
    }

    fn rule_11_a_pass_and_an_invitation_end_at_their_end(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "buyer@rosas.example");
        world.later(world.policy().visit_lifetime - MILLISECOND);
        assert!(world.invites().standing(&pass).is_ok());
        world.later(MILLISECOND);
        assert_eq!(refusal(world.invites().standing(&pass)), Code::VisitExpired);
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::VisitExpired);
        assert_eq!(refusal(world.invites().withdraw(&pass)), Code::VisitExpired);
        let token = invited(world, &firm, "pedro@flora.example");
        world.later(world.policy().staff_invitation_lifetime - MILLISECOND);
        assert!(world.staff().invitation(&token).is_ok());
        world.later(MILLISECOND);
        assert_eq!(refusal(world.staff().invitation(&token)), Code::TokenExpired);
        assert_eq!(refusal(world.staff().accept(&token, Some(PASSWORD))), Code::TokenExpired);
    }

    fn rule_11_a_clock_that_jumps_back_revives_nothing(world: &World) {
        let firm = world.firm("Flora Export");
        let token = invited(world, &firm, "pedro@flora.example");
        let pass = world.verified(&firm, "verified@rosas.example");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        world.later(Duration::from_secs(86_400 * 30));
        let latest = world.now();
        world.clock.turn_back(Duration::from_secs(86_400 * 30));
        assert_eq!(world.now(), latest);
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeExpired);
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::VisitExpired);
        assert_eq!(refusal(world.staff().accept(&token, Some(PASSWORD))), Code::TokenExpired);
    }

    fn rule_11_a_code_seen_expired_stays_so_for_a_process_whose_clock_is_behind(world: &World) {
        let firm = world.firm("Flora Export");
        let started = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let code = world.deliver().code();
        world.later(world.policy().code_lifetime);
        assert_eq!(refusal(world.invites().verify(started.visit, &code)), Code::CodeExpired);
        let behind = world.another(&Hands::at("2026-11-22T10:00:00Z"), world.policy().clone());
        assert_eq!(refusal(behind.invites().verify(started.visit, &code)), Code::CodeExpired);
    }

    fn rule_12_a_newer_code_kills_the_older(world: &World) {
        let firm = world.firm("Flora Export");
        let first = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let old = world.deliver().code();
        world.wait_for_next_code();
        let second = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        let new = world.deliver().code();
        assert_ne!(old, new);
        assert_eq!(refusal(world.invites().verify(first.visit, &old)), Code::WrongCode);
        assert_eq!(refusal(world.invites().verify(second.visit, &old)), Code::WrongCode);
        assert!(world.invites().verify(second.visit, &new).is_ok());
    }

    fn rule_12_a_newer_invitation_and_a_removal_kill_the_older(world: &World) {
        let firm = world.firm("Flora Export");
        let first = invited(world, &firm, "pedro@flora.example");
        let second = invited(world, &firm, "PEDRO@flora.example");
        assert_eq!(refusal(world.staff().accept(&first, Some(PASSWORD))), Code::UnknownToken);
        let staff = world.staff().list(firm.admin, &Default::default()).unwrap().items;
        let pedro = staff.iter().find(|staff| staff.id != firm.first).unwrap();
        world.staff().remove(firm.admin, pedro.id).unwrap();
        assert_eq!(refusal(world.staff().accept(&second, Some(PASSWORD))), Code::TokenSpent);
        let third = invited(world, &firm, "pedro@flora.example");
        assert!(world.staff().accept(&third, Some(PASSWORD)).is_ok());
    }

    fn rule_12_a_newer_pass_kills_the_older(world: &World) {
        let firm = world.firm("Flora Export");
        let old = world.filed(&firm, "buyer@rosas.example");
        world.wait_for_next_code();
        let new = world.verified(&firm, "buyer@rosas.example");
        assert_eq!(refusal(world.invites().withdraw(&old.pass)), Code::UnknownToken);
        assert!(world.invites().withdraw(&new).is_ok());
        assert_eq!(refusal(world.requests().approve(firm.admin, old.request, &Decision::default())), Code::AlreadyDecided);
    }

    fn a_stranger_who_asks_for_a_code_ends_nothing_of_a_verified_visitor(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "buyer@rosas.example");
        world.wait_for_next_code();
        let stranger = world.invites().start(&firm.slug, "buyer@rosas.example", None).unwrap();
        for _ in 0..5 {
            assert_eq!(refusal(world.invites().verify(stranger.visit, "00000000")), Code::WrongCode);
        }
        assert!(world.invites().submit(&pass, &business()).is_ok());
    }
}
