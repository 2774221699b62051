//! Rules 8 to 12 and 24 for second factors, and how their tries are counted.

use std::time::Duration;

use handfast::{
    Code, Error, Handfast, Timestamp,
    company::{AccessInput, InvitationStyle},
    login::LoginEventKind,
    mail::MailKind,
    secret::{HashingCost, Keyring, RootKey},
    store::{Cell, Paging, Write},
    two_factor::TwoFactorState,
};
use handfast_tests::{App, Careful, PASSWORD, World, on_every_store, refusal};

const STEP: Duration = Duration::from_secs(30);

/// Gives a code where one is asked for; what a right one opens is of no matter here.
fn give(world: &World, careful: &Careful, code: &str) -> Result<(), Error> {
    world.two_factor().enrol(&careful.session, PASSWORD, Some(code)).map(drop)
}

/// A code that the app does not show now.
fn wrong(world: &World, app: &App) -> String {
    let near = [0, 1, 2].map(|step| app.code(world.now() + STEP * step));
    ["000000", "111111", "222222", "333333"]
        .into_iter()
        .find(|code| !near.contains(&(*code).to_owned()))
        .unwrap()
        .into()
}

on_every_store! {
    fn an_app_counts_once_it_is_confirmed(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let status = || world.two_factor().status(&session).unwrap();
        assert_eq!(status().state, TwoFactorState::Off);
        let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
        assert_eq!((status().state, status().expires), (TwoFactorState::Enrolling, Some(enrolment.expires)));
        assert!(enrolment.uri.starts_with("otpauth://totp/Handfast:admin%40floraexport.example?secret="));
        assert!(enrolment.uri.contains(&enrolment.secret) && enrolment.secret.len() == 32);
        assert!(enrolment.qr_svg.contains("<svg"));
        assert!(enrolment.qr_png.starts_with(b"\x89PNG"));
        let app = App::new(&enrolment.secret);
        assert_eq!(refusal(world.two_factor().confirm(&session, &wrong(world, &app))), Code::WrongCode);
        assert_eq!(status().state, TwoFactorState::Enrolling);
        let codes = world.two_factor().confirm(&session, &app.code(world.now())).unwrap();
        assert_eq!((codes.0.len(), status().recovery_codes), (10, 10));
        assert_eq!((status().state, status().since), (TwoFactorState::On, Some(world.now())));
        assert_eq!(refusal(world.two_factor().confirm(&session, &app.code(world.now()))), Code::WrongState);
        assert_eq!(world.deliver().to(&firm.email).of(MailKind::TwoFactorOn).len(), 1);
    }

    fn rule_11_an_app_is_not_confirmed_at_or_after_its_time_even_when_the_clock_goes_back(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
        let app = App::new(&enrolment.secret);
        world.later(world.policy().enrolment_lifetime);
        assert_eq!(world.two_factor().status(&session).unwrap().state, TwoFactorState::Off);
        assert_eq!(refusal(world.two_factor().confirm(&session, &app.code(world.now()))), Code::CodeExpired);
        let other = world.another(&world.clock, world.policy().clone());
        world.clock.turn_back(Duration::from_millis(1));
        assert_eq!(refusal(other.two_factor().confirm(&session, &app.code(world.now()))), Code::WrongState);
    }

    fn rule_24_no_step_is_accepted_twice_nor_one_before_it_the_first_included(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        // the clock stands one step after the code that confirmed the app, which is right for a step longer
        let before = Timestamp::from_millis(world.now().millis() - 30_000);
        assert_eq!(refusal(give(world, &careful, &careful.app.code(before))), Code::WrongCode);
        let code = careful.app.code(world.now());
        give(world, &careful, &code).unwrap();
        assert_eq!(refusal(give(world, &careful, &code)), Code::WrongCode);
        let next = careful.app.code(world.now() + STEP);
        give(world, &careful, &next).unwrap();
        assert_eq!(refusal(give(world, &careful, &code)), Code::WrongCode);
        assert_eq!(refusal(give(world, &careful, &next)), Code::WrongCode);
    }

    fn rule_11_a_code_is_right_one_step_late_and_no_further_whatever_the_clock_does_then(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let code = careful.app.code(world.now());
        world.later(2 * STEP);
        assert_eq!(refusal(give(world, &careful, &code)), Code::WrongCode);
        let now = careful.app.code(world.now());
        give(world, &careful, &now).unwrap();
        let other = world.another(&world.clock, world.policy().clone());
        world.clock.turn_back(2 * STEP);
        let again = other.two_factor().enrol(&careful.session, PASSWORD, Some(&code));
        assert_eq!(refusal(again), Code::WrongCode, "its step lies before the last one");
    }

    fn rule_08_a_recovery_code_opens_once_however_it_is_typed_and_the_person_is_told(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let typed = careful.codes[3].to_uppercase().replace('-', " ");
        give(world, &careful, &typed).unwrap();
        assert_eq!(refusal(give(world, &careful, &careful.codes[3])), Code::WrongCode);
        assert_eq!(world.two_factor().status(&careful.session).unwrap().recovery_codes, 9);
        let post = world.deliver().to(&firm.email).of(MailKind::RecoveryCodeUsed);
        assert!(post.len() == 1 && post.0[0].text.contains("9 are left"), "{}", post.0[0].text);
        for code in &careful.codes[4..6] {
            give(world, &careful, code).unwrap();
        }
    }

    fn rule_12_new_recovery_codes_kill_the_older_ones(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let code = careful.app.code(world.now());
        let new = world.two_factor().renew_recovery_codes(&careful.session, PASSWORD, Some(&code)).unwrap();
        assert_eq!(new.0.len(), 10);
        assert!(new.0.iter().all(|code| !careful.codes.contains(code)));
        for old in &careful.codes[..3] {
            assert_eq!(refusal(give(world, &careful, old)), Code::WrongCode);
        }
        give(world, &careful, &new.0[9]).unwrap();
        assert_eq!(world.deliver().of(MailKind::RecoveryCodesRenewed).len(), 1);
    }

    fn rule_10_a_code_of_one_login_opens_no_other(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (own, other) = (world.careful(&flora), world.careful(&frutas));
        let code = other.app.code(world.now());
        assert_eq!(refusal(give(world, &own, &code)), Code::WrongCode);
        assert_eq!(refusal(give(world, &own, &other.codes[0])), Code::WrongCode);
        give(world, &other, &code).unwrap();
        give(world, &other, &other.codes[0]).unwrap();
    }

    fn rule_10_what_is_empty_blank_or_nul_is_no_second_factor(world: &World) {
        let world = World::with(world.kind, |policy| policy.sign_in_attempts = 100);
        let careful = world.careful(&world.firm("Flora Export"));
        for nothing in ["", " ", "\0", "\0\0\0\0\0\0", "      ", "000000", "٠٠٠٠٠٠", "-", &"0".repeat(10_000_000)] {
            assert_eq!(refusal(give(&world, &careful, nothing)), Code::WrongCode, "{nothing:.12}");
        }
        let unasked = world.two_factor().enrol(&careful.session, PASSWORD, None);
        assert_eq!(refusal(unasked), Code::Required);
    }

    fn rule_09_the_secret_of_an_app_is_kept_sealed_and_recovery_codes_as_keyed_hashes(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let history = world.store.history();
        let mut kept = 0;
        for write in history.iter().flat_map(|changes| &changes.writes) {
            let (Write::Insert { table, cells, .. } | Write::Update { table, cells, .. }) = write else { continue };
            for (column, cell) in table.columns.iter().zip(cells) {
                let Cell::Text(text) = cell else { continue };
                let secret = matches!((table.name, column.name), ("two_factor", "seed") | ("recovery_code", "digest"));
                kept += usize::from(secret);
                for code in &careful.codes {
                    assert!(!text.contains(&code.replace('-', "")) && !text.contains(code.as_str()));
                }
            }
        }
        assert!(kept >= 11, "{kept}");
        // with another root key, neither means anything
        let stranger = Handfast::builder(world.store.clone())
            .clock(world.clock.clone())
            .keyring(Keyring::new(RootKey::new([7; 32]).unwrap()).unwrap())
            .hashing(HashingCost::INSECURE_FOR_TESTS)
            .build()
            .unwrap();
        let seen = stranger.two_factor().enrol(&careful.session, PASSWORD, Some(&careful.codes[0]));
        assert_eq!(refusal(seen), Code::NotSignedIn);
    }

    fn rule_40_neither_the_enrolment_nor_the_codes_show_in_debug(world: &World) {
        let session = world.signed_in(&world.firm("Flora Export").email);
        let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
        assert!(!format!("{enrolment:?}").contains(&enrolment.secret));
        let app = App::new(&enrolment.secret);
        let codes = world.two_factor().confirm(&session, &app.code(world.now())).unwrap();
        assert_eq!(format!("{codes:?}"), "RecoveryCodes(10 codes)");
    }

    fn wrong_codes_of_every_kind_are_counted_together_and_lock_for_longer_and_longer(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let bad = wrong(world, &careful.app);
        let tries = ["0000-0000-0000-0000-0000-0000", &bad, "nonsense", &bad, "0000-0000-0000-0000-0000-0000"];
        for (made, code) in (1..).zip(tries) {
            let error = give(world, &careful, code).unwrap_err();
            assert_eq!(error.code(), Code::WrongCode);
            assert!(error.message().ends_with(&format!("tries left: {}", 5 - made)), "{error}");
        }
        let waiting = world.signing_in(&careful.email, PASSWORD).unwrap();
        let at_sign_in = world.sessions().finish(&waiting, &careful.codes[0]);
        assert_eq!(refusal(at_sign_in), Code::TooOften, "signing in is no way around the lock either");
        let first = world.policy().first_lockout;
        let locked = |code: &str| {
            let error = give(world, &careful, code).unwrap_err();
            assert_eq!(error.code(), Code::TooOften);
            error.wait().unwrap()
        };
        assert_eq!(locked(&careful.app.code(world.now())), first);
        assert_eq!(locked(&careful.codes[0]), first, "a recovery code is no way around the lock");
        world.later(first - Duration::from_millis(1));
        assert_eq!(locked(&careful.app.code(world.now())), Duration::from_millis(1));
        world.later(Duration::from_millis(1));
        assert_eq!(refusal(give(world, &careful, &wrong(world, &careful.app))), Code::WrongCode);
        assert_eq!(locked(&careful.codes[0]), 2 * first);
        world.later(2 * first);
        give(world, &careful, &careful.codes[0]).unwrap();
        let after_a_right_one = give(world, &careful, &wrong(world, &careful.app));
        assert_eq!(refusal(after_a_right_one), Code::WrongCode, "the count is cleared");
        give(world, &careful, &careful.codes[1]).unwrap();
    }

    fn the_lock_lasts_an_hour_at_most_and_wrong_codes_are_forgotten_a_day_after_the_last(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let policy = world.policy();
        let left = || {
            let waiting = world.signing_in(&careful.email, PASSWORD).unwrap();
            let error = world.sessions().finish(&waiting, "nonsense").unwrap_err();
            assert_eq!(error.code(), Code::WrongCode);
            error.message().rsplit(' ').next().unwrap().to_owned()
        };
        for _ in 0..20 {
            left();
            world.later(policy.longest_lockout);
        }
        world.later(policy.lockout_memory - policy.longest_lockout - Duration::from_millis(1));
        assert_eq!(left(), "0");
        world.later(policy.lockout_memory);
        assert_eq!(left(), "4");
    }

    fn a_right_password_clears_no_wrong_codes(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        for _ in 0..world.policy().sign_in_attempts {
            // each of them gives the right password first
            assert_eq!(refusal(give(world, &careful, "nonsense")), Code::WrongCode);
            world.logins().authenticate(&firm.email, PASSWORD).unwrap();
        }
        assert_eq!(refusal(give(world, &careful, &careful.codes[0])), Code::TooOften);
    }

    fn a_wrong_code_is_counted_though_what_it_was_for_is_refused(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let (_, committed) = world.store.committed(|| give(world, &careful, "nonsense").unwrap_err());
        let writes = committed.iter().flat_map(|changes| &changes.writes);
        let written: Vec<_> = writes.map(|write| write.table().name).collect();
        assert!(written.contains(&"limit"), "{written:?}");
    }

    fn turning_it_off_asks_for_both_factors_and_for_a_password_that_can_stand_alone(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let off = |password: &str, code: Option<&str>| world.two_factor().disable(&careful.session, password, code);
        assert_eq!(refusal(off(PASSWORD, None)), Code::Required);
        assert_eq!(refusal(off("a wrong horse in the stable", Some(&careful.codes[0]))), Code::WrongPassword);
        assert_eq!(refusal(off(PASSWORD, Some("nonsense"))), Code::WrongCode);
        // with two-factor on, eight characters are enough
        world.logins().change_password(&careful.session, PASSWORD, "kfwpzq7x").unwrap();
        assert_eq!(refusal(off("kfwpzq7x", Some(&careful.codes[0]))), Code::TooShort);
        world.logins().change_password(&careful.session, "kfwpzq7x", PASSWORD).unwrap();
        off(PASSWORD, Some(&careful.codes[0])).unwrap();
        assert_eq!(world.two_factor().status(&careful.session).unwrap().state, TwoFactorState::Off);
        assert_eq!(refusal(off(PASSWORD, None)), Code::WrongState);
        let renewed = world.two_factor().renew_recovery_codes(&careful.session, PASSWORD, None);
        assert_eq!(refusal(renewed), Code::WrongState);
        assert_eq!(world.deliver().of(MailKind::TwoFactorOff).len(), 1);
        let events = world.logins().history(&careful.session, &Paging::default()).unwrap().items;
        let what: Vec<_> = events.iter().map(|event| event.what).collect();
        assert_eq!(what[0], LoginEventKind::TwoFactorOff);
        assert_eq!(what.last(), Some(&LoginEventKind::TwoFactorOn));
    }

    fn another_app_takes_the_place_of_the_present_one_only_when_it_is_confirmed(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let code = careful.app.code(world.now());
        let enrolment = world.two_factor().enrol(&careful.session, PASSWORD, Some(&code)).unwrap();
        let new = App::new(&enrolment.secret);
        world.later(STEP);
        assert_eq!(world.two_factor().status(&careful.session).unwrap().state, TwoFactorState::Replacing);
        assert_eq!(refusal(give(world, &careful, &new.code(world.now()))), Code::WrongCode, "it does not count yet");
        let codes = world.two_factor().confirm(&careful.session, &new.code(world.now())).unwrap();
        world.later(STEP);
        assert_eq!(refusal(give(world, &careful, &careful.app.code(world.now()))), Code::WrongCode);
        assert_eq!(refusal(give(world, &careful, &careful.codes[0])), Code::WrongCode);
        give(world, &careful, &new.code(world.now())).unwrap();
        give(world, &careful, &codes.0[0]).unwrap();
    }

    fn a_sign_in_with_two_factor_waits_for_its_code_and_can_do_nothing_else(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.two_factor().status(&waiting)), Code::SecondFactorNeeded);
        let code = careful.app.code(world.now());
        let change = world.logins().request_email_change(&waiting, "ada@people.example", PASSWORD, Some(&code));
        assert_eq!(refusal(change), Code::SecondFactorNeeded);
        let change = world.logins().change_password(&waiting, PASSWORD, "ada keeps a better horse");
        assert_eq!(refusal(change), Code::SecondFactorNeeded);
        assert_eq!(refusal(world.two_factor().disable(&waiting, PASSWORD, Some(&code))), Code::SecondFactorNeeded);
        assert_eq!(refusal(world.sessions().finish(&waiting, &wrong(world, &careful.app))), Code::WrongCode);
        let held = world.sessions().finish(&waiting, &code).unwrap();
        assert_eq!(world.two_factor().status(held.token.expose()).unwrap().state, TwoFactorState::On);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.sessions().finish(&waiting, &code)), Code::WrongCode, "its step was used");
        let held = world.sessions().finish(&waiting, &careful.codes[0]).unwrap();
        assert!(world.two_factor().status(held.token.expose()).is_ok());
    }

    fn turning_it_on_or_off_ends_the_other_sessions(world: &World) {
        let firm = world.firm("Flora Export");
        let before = world.signed_in(&firm.email);
        let careful = world.careful(&firm);
        assert_eq!(refusal(world.two_factor().status(&before)), Code::NotSignedIn);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        let other = world.sessions().finish(&waiting, &careful.app.code(world.now())).unwrap();
        world.two_factor().disable(&careful.session, PASSWORD, Some(&careful.codes[0])).unwrap();
        assert_eq!(refusal(world.two_factor().status(other.token.expose())), Code::NotSignedIn);
        assert!(world.two_factor().status(&careful.session).is_ok());
    }

    fn a_company_that_asks_for_two_factor_is_open_once_it_is_on_and_closed_once_it_is_off(world: &World) {
        let firm = world.firm("Flora Export");
        let access = AccessInput { invitation_style: InvitationStyle::Link, two_factor_required: true };
        world.companies().set_access(firm.host(), &access).unwrap();
        let session = world.signed_in(&firm.email);
        let look = |session: &str| world.sessions().resolve(session).map(drop);
        assert_eq!(refusal(look(&session)), Code::TwoFactorRequired);
        let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
        let app = App::new(&enrolment.secret);
        let codes = world.two_factor().confirm(&session, &app.code(world.now())).unwrap();
        look(&session).unwrap();
        world.two_factor().disable(&session, PASSWORD, Some(&codes.0[0])).unwrap();
        assert_eq!(refusal(look(&session)), Code::TwoFactorRequired);
    }
}
