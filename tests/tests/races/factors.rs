use handfast::{Code, mail::MailKind};
use handfast_tests::{App, CROWD, Firm, PASSWORD, World, crowd, on_every_store, refusal};

use crate::outcome;

/// One wins; the others are wrong until the lock is on, and then too many.
#[track_caller]
fn assert_one<T: std::fmt::Debug>(world: &World, results: &[handfast::Result<T>]) {
    let (won, refused) = outcome(results);
    let tries = world.policy().sign_in_attempts as usize;
    assert_eq!(won, 1, "{refused:?}");
    assert_eq!((refused["wrong_code"], refused["too_often"]), (tries, CROWD - 1 - tries), "{refused:?}");
}

on_every_store! {
    fn one_code_of_an_app_from_all_sides_opens_once(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let code = careful.app.code(world.now());
        let results = crowd(|_| world.two_factor().renew_recovery_codes(&careful.session, PASSWORD, Some(&code)));
        assert_one(world, &results);
        assert_eq!(world.deliver().of(MailKind::RecoveryCodesRenewed).len(), 1);
    }

    fn one_code_of_an_app_finishes_one_of_many_sign_ins(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let waiting: Vec<_> = (0..CROWD).map(|_| world.signing_in(&firm.email, PASSWORD).unwrap()).collect();
        let code = careful.app.code(world.now());
        let results = crowd(|at| world.sessions().finish(&waiting[at], &code));
        assert_one(world, &results);
        let signed_in = waiting.iter().filter(|token| world.sessions().resolve(token).is_ok()).count();
        assert_eq!(signed_in, 0, "the token is replaced");
        // the one that set two-factor up, and the one that won
        assert_eq!(world.sessions().list(&careful.session, &Default::default()).unwrap().items.len(), 2);
    }

    fn one_recovery_code_from_all_sides_opens_once(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let results = crowd(|_| world.two_factor().enrol(&careful.session, PASSWORD, Some(&careful.codes[0])));
        assert_one(world, &results);
        assert_eq!(world.two_factor().status(&careful.session).unwrap().recovery_codes, 9);
        assert_eq!(world.deliver().of(MailKind::RecoveryCodeUsed).len(), 1);
    }

    fn wrong_codes_of_both_kinds_from_all_sides_are_counted_one_by_one(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let wrong = ["nonsense", "0000-0000-0000-0000-0000-0000"];
        let results = crowd(|at| world.two_factor().enrol(&careful.session, PASSWORD, Some(wrong[at % 2])));
        let tries = world.policy().sign_in_attempts as usize;
        let (won, refused) = outcome(&results);
        assert_eq!((won, refused["wrong_code"], refused["too_often"]), (0, tries, CROWD - tries));
        let right = world.two_factor().enrol(&careful.session, PASSWORD, Some(&careful.codes[0]));
        assert_eq!(refusal(right), Code::TooOften);
    }

    fn one_link_to_a_new_password_from_all_sides_sets_one(world: &World) {
        let firm = world.firm("Flora Export");
        world.logins().request_reset(&firm.email, None).unwrap();
        let token = world.deliver().token_of(MailKind::PasswordReset);
        let password = |at: usize| format!("horse number {at} in the stable");
        let results = crowd(|at| world.logins().reset(&token, &password(at)));
        let (won, refused) = outcome(&results);
        assert_eq!((won, refused["token_spent"]), (1, CROWD - 1));
        let winner = results.iter().position(Result::is_ok).unwrap();
        assert!(world.logins().authenticate(&firm.email, &password(winner)).is_ok());
        assert_eq!(world.deliver().of(MailKind::PasswordChanged).len(), 1);
    }

    fn one_password_is_changed_once_from_all_sides_of_a_session(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let password = |at: usize| format!("horse number {at} in the stable");
        let results = crowd(|at| world.logins().change_password(&session, PASSWORD, &password(at)));
        let (won, refused) = outcome(&results);
        assert_eq!((won, refused["wrong_password"]), (1, CROWD - 1), "{refused:?}");
        assert!(world.two_factor().status(&session).is_ok());
        assert_eq!(world.deliver().of(MailKind::PasswordChanged).len(), 1);
    }

    fn a_session_that_changes_its_password_is_signed_in_all_the_while(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let results = crowd(|at| match at {
            8 => world.logins().change_password(&session, PASSWORD, "ada keeps a better horse"),
            _ if at % 2 == 0 => world.two_factor().status(&session).map(drop),
            _ => world.sessions().resolve(&session).map(drop),
        });
        assert_eq!(outcome(&results).1, Default::default());
    }

    fn an_app_is_confirmed_once(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let enrolment = world.two_factor().enrol(&session, PASSWORD, None).unwrap();
        let code = App::new(&enrolment.secret).code(world.now());
        let results = crowd(|_| world.two_factor().confirm(&session, &code));
        let (won, refused) = outcome(&results);
        assert_eq!((won, refused["wrong_state"]), (1, CROWD - 1));
    }

    fn one_address_is_given_to_one_of_many_who_ask_for_it(world: &World) {
        let firms: Vec<_> = (0..8).map(|at| world.firm(&format!("Company {at}"))).collect();
        let asked = |firm: &Firm| {
            let session = world.signed_in(&firm.email);
            world.logins().request_email_change(&session, "one@people.example", PASSWORD, None).unwrap();
            (session, world.deliver().token_of(MailKind::EmailChange))
        };
        let tokens: Vec<_> = firms.iter().map(asked).collect();
        let results = crowd(|at| {
            let (session, token) = &tokens[at % 8];
            world.logins().confirm_email_change(session, token)
        });
        let (won, refused) = outcome(&results);
        assert_eq!(won, 1, "{refused:?}");
        assert_eq!(refused["already_there"] + refused.get("token_spent").unwrap_or(&0), CROWD - 1, "{refused:?}");
    }
}
