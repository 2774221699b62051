//! Tries that were not counted.

use handfast::{Code, Result};
use handfast_tests::{App, Careful, PASSWORD, World, first_password, on_every_store, refusal, sign_in};

const WRONG: &str = "a wrong horse in the stable";
const NEW: &str = "ada keeps a better horse";

/// A way to give something that can be guessed.
type Way<T> = (&'static str, fn(&World, &T, &str) -> Result<()>);

/// Every way to give a code.
const CODES: &[Way<Careful>] = &[
    ("finish", |world, who, code| {
        world.sessions().finish(&world.signing_in(&who.email, PASSWORD).unwrap(), code).map(drop)
    }),
    ("enrol", |world, who, code| world.two_factor().enrol(&who.session, PASSWORD, Some(code)).map(drop)),
    ("confirm", |world, who, code| world.two_factor().confirm(&who.session, code).map(drop)),
    ("renew", |world, who, code| world.two_factor().renew_recovery_codes(&who.session, PASSWORD, Some(code)).map(drop)),
    ("disable", |world, who, code| world.two_factor().disable(&who.session, PASSWORD, Some(code))),
    ("request_email_change", |world, who, code| {
        world.logins().request_email_change(&who.session, "ada@people.example", PASSWORD, Some(code))
    }),
];

/// Every way to give a password, of somebody signed in with this token.
const PASSWORDS: &[Way<(String, String)>] = &[
    ("authenticate", |world, (email, _), password| world.logins().authenticate(email, password).map(drop)),
    ("sign_in", |world, (email, _), password| world.sessions().sign_in(&sign_in(email, password)).map(drop)),
    ("add", |world, (email, token), password| world.sessions().add(token, &sign_in(email, password)).map(drop)),
    ("sign_up", |world, (email, _), password| {
        let (admin_email, admin_password) = (email.clone(), password.into());
        let input = handfast::company::SignUp { admin_email, admin_password, ..World::sign_up_input("Another") };
        world.companies().sign_up(&input).map(drop)
    }),
    ("choose_password", |world, (email, _), password| {
        world.users().choose_password(&first_password(email, password)).map(drop)
    }),
    ("change_password", |world, (_, token), password| world.logins().change_password(token, password, NEW)),
    ("enrol", |world, (_, token), password| world.two_factor().enrol(token, password, None).map(drop)),
    ("renew", |world, (_, token), password| world.two_factor().renew_recovery_codes(token, password, None).map(drop)),
    ("disable", |world, (_, token), password| world.two_factor().disable(token, password, None)),
    ("request_email_change", |world, (_, token), password| {
        world.logins().request_email_change(token, "ada@people.example", password, None)
    }),
];

on_every_store! {
    /// GHSA-xrw9-r35x-x878 (ZITADEL): codes could be guessed without end, for the lock was off unless it was asked for,
    /// and newer ways to give a code did not know it.
    fn ghsa_xrw9_r35x_x878_wrong_codes_lock_without_being_told_to_whichever_way_they_are_given(world: &World) {
        for (way, give) in CODES {
            // the policy as it is shipped
            let world = World::with(world.kind, |_| {});
            let careful = world.careful(&world.firm("Flora Export"));
            let enrolment = world.two_factor().enrol(&careful.session, PASSWORD, Some(&careful.codes[0])).unwrap();
            let next = App::new(&enrolment.secret);
            for _ in 0..world.policy().sign_in_attempts {
                assert_eq!(refusal(give(&world, &careful, "nonsense")), Code::WrongCode, "{way}");
            }
            let right = if *way == "confirm" { next.code(world.now()) } else { careful.codes[1].clone() };
            assert_eq!(refusal(give(&world, &careful, &right)), Code::TooOften, "{way}");
            // and the lock is on for every other way
            for (other, give) in CODES {
                assert_eq!(refusal(give(&world, &careful, &careful.codes[1])), Code::TooOften, "{way}, {other}");
            }
        }
    }

    /// The same of passwords.
    fn ghsa_xrw9_r35x_x878_and_so_do_wrong_passwords(world: &World) {
        for (way, give) in PASSWORDS {
            let world = World::with(world.kind, |_| {});
            let firm = world.firm("Flora Export");
            let who = (firm.email.clone(), world.signed_in(&firm.email));
            for _ in 0..world.policy().sign_in_attempts {
                assert_eq!(refusal(give(&world, &who, WRONG)), Code::WrongPassword, "{way}");
            }
            for (other, give) in PASSWORDS {
                assert_eq!(refusal(give(&world, &who, PASSWORD)), Code::WrongPassword, "{way}, {other}");
            }
        }
    }

    /// GHSA-fgfv-pv97-6cmj (Vikunja): the lock after too many wrong codes was written in the transaction that the refusal
    /// then rolled back, so that it never came on.
    fn ghsa_fgfv_pv97_6cmj_a_wrong_code_is_counted_though_the_sign_in_is_refused(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        for _ in 0..world.policy().sign_in_attempts {
            let (given, committed) = world.store.committed(|| world.sessions().finish(&waiting, "000000"));
            assert_eq!(refusal(given), Code::WrongCode);
            assert!(committed.iter().flat_map(|changes| &changes.writes).any(|write| write.table().name == "limit"));
        }
        let code = careful.app.code(world.now());
        assert_eq!(refusal(world.sessions().finish(&waiting, &code)), Code::TooOften);
        // it is no count of one process, nor of one sign-in
        let again = world.signing_in(&firm.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.unseen().sessions().finish(&again, &code)), Code::TooOften);
    }
}
