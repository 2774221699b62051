//! Rules 7, 8, 10 to 12, 29, 33 and 35 for passwords and addresses.

use std::time::Duration;

use handfast::{Code, login::LoginEventKind, mail::MailKind, store::Paging};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

const NEW: &str = "ada keeps a better horse";
const WRONG: &str = "a wrong horse in the stable";

fn reset_token(world: &World, email: &str) -> String {
    world.logins().request_reset(email, None).unwrap();
    let token = world.deliver().to(email).token_of(MailKind::PasswordReset);
    world.later(world.policy().code_interval);
    token
}

on_every_store! {
    fn rule_33_a_changed_password_ends_the_other_sessions_and_keeps_the_one_that_changed_it(world: &World) {
        let firm = world.firm("Flora Export");
        let (here, there) = (world.signed_in(&firm.email), world.signed_in(&firm.email));
        world.logins().change_password(&here, PASSWORD, NEW).unwrap();
        assert!(world.two_factor().status(&here).is_ok());
        assert_eq!(refusal(world.two_factor().status(&there)), Code::NotSignedIn);
        assert_eq!(refusal(world.logins().authenticate(&firm.email, PASSWORD)), Code::WrongPassword);
        assert!(world.logins().authenticate(&firm.email, NEW).is_ok());
        let post = world.deliver().to(&firm.email).of(MailKind::PasswordChanged);
        assert_eq!(post.len(), 1);
        let events = world.logins().history(&here, &Paging::default()).unwrap().items;
        assert_eq!(events[0].what, LoginEventKind::PasswordChanged);
    }

    fn rule_33_a_reset_password_ends_every_session(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let token = reset_token(world, &firm.email);
        assert!(world.two_factor().status(&session).is_ok(), "asking ends nothing");
        world.logins().reset(&token, NEW).unwrap();
        assert_eq!(refusal(world.two_factor().status(&session)), Code::NotSignedIn);
        assert!(world.logins().authenticate(&firm.email, NEW).is_ok());
        assert_eq!(world.deliver().to(&firm.email).of(MailKind::PasswordChanged).len(), 1);
    }

    fn rule_41_a_session_that_ends_meanwhile_changes_no_password(world: &World) {
        let firm = world.firm("Flora Export");
        let (here, there) = (world.signed_in(&firm.email), world.signed_in(&firm.email));
        let other = world.unseen();
        // a right password after right ones changes no count: the next commit is the change itself
        world.store.before_next_commit(move || other.logins().change_password(&there, PASSWORD, NEW).unwrap());
        let late = world.logins().change_password(&here, PASSWORD, "mallory keeps a horse");
        assert_eq!(refusal(late), Code::NotSignedIn);
        assert!(world.logins().authenticate(&firm.email, NEW).is_ok());
    }

    fn the_present_password_is_asked_for_and_its_tries_are_counted(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        for _ in 0..world.policy().sign_in_attempts {
            assert_eq!(refusal(world.logins().change_password(&session, WRONG, NEW)), Code::WrongPassword);
        }
        assert_eq!(refusal(world.logins().change_password(&session, PASSWORD, NEW)), Code::WrongPassword);
        assert_eq!(refusal(world.logins().authenticate(&firm.email, PASSWORD)), Code::WrongPassword);
        world.later(world.policy().first_lockout);
        world.logins().change_password(&session, PASSWORD, NEW).unwrap();
    }

    fn a_new_password_must_be_hard_to_guess_for_who_knows_the_person(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let change = |new: &str| world.logins().change_password(&session, PASSWORD, new).unwrap_err();
        assert_eq!(change("kfwpzq7x").code(), Code::TooShort);
        assert_eq!(change(&"kfwpzq ".repeat(100)).code(), Code::TooLong);
        for weak in ["handfast-handfast!", "ada.flores.floraexport", "passwordpassword1", "qwertyuiop1234567"] {
            let error = change(weak);
            assert_eq!(error.code(), Code::WeakPassword, "{weak}");
            assert!(error.message().starts_with("is too easy to guess: it "), "{error}");
        }
        assert!(world.logins().authenticate(&firm.email, PASSWORD).is_ok());
    }

    fn rule_08_looking_at_a_link_consumes_nothing_and_choosing_a_password_does(world: &World) {
        let firm = world.firm("Flora Export");
        let token = reset_token(world, &firm.email);
        for _ in 0..3 {
            let link = world.logins().reset_link(&token).unwrap();
            assert_eq!((link.email.original(), link.least_characters), (firm.email.as_str(), 15));
        }
        assert_eq!(refusal(world.logins().reset(&token, "short")), Code::TooShort, "consumes nothing either");
        world.logins().reset(&token, NEW).unwrap();
        assert_eq!(refusal(world.logins().reset(&token, WRONG)), Code::TokenSpent);
        assert_eq!(refusal(world.logins().reset_link(&token)), Code::TokenSpent);
        assert!(world.logins().authenticate(&firm.email, NEW).is_ok());
    }

    fn rule_11_a_link_to_a_new_password_is_good_for_an_hour(world: &World) {
        let firm = world.firm("Flora Export");
        world.logins().request_reset(&firm.email, None).unwrap();
        let token = world.deliver().token_of(MailKind::PasswordReset);
        world.later(Duration::from_secs(60 * 60) - Duration::from_millis(1));
        assert!(world.logins().reset_link(&token).is_ok());
        world.later(Duration::from_millis(1));
        assert_eq!(refusal(world.logins().reset_link(&token)), Code::TokenExpired);
        assert_eq!(refusal(world.logins().reset(&token, NEW)), Code::TokenExpired);
        assert!(world.logins().authenticate(&firm.email, PASSWORD).is_ok());
    }

    fn rule_12_a_newer_link_and_a_changed_password_kill_an_older_link(world: &World) {
        let firm = world.firm("Flora Export");
        let older = reset_token(world, &firm.email);
        let newer = reset_token(world, &firm.email);
        assert_eq!(refusal(world.logins().reset(&older, NEW)), Code::UnknownToken);
        let session = world.signed_in(&firm.email);
        world.logins().change_password(&session, PASSWORD, NEW).unwrap();
        assert_eq!(refusal(world.logins().reset(&newer, WRONG)), Code::TokenSpent);
    }

    fn rule_10_a_token_opens_only_what_it_is_for(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        let reset = reset_token(world, &flora.email);
        world.logins().request_email_change(&session, "ada@people.example", PASSWORD, None).unwrap();
        let change = world.deliver().token_of(MailKind::EmailChange);
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &reset)), Code::UnknownToken);
        assert_eq!(refusal(world.logins().reset(&change, NEW)), Code::UnknownToken);
        assert_eq!(refusal(world.staff().accept(&reset, Some(NEW))), Code::UnknownToken);
        let other = world.signed_in(&frutas.email);
        world.logins().request_email_change(&other, "victim@people.example", PASSWORD, None).unwrap();
        assert_eq!(refusal(world.logins().confirm_email_change(&other, &change)), Code::UnknownToken, "another person");
        for nothing in ["", " ", "\0", &"A".repeat(43), &"\0".repeat(43)] {
            assert_eq!(refusal(world.logins().reset(nothing, NEW)), Code::UnknownToken);
            assert_eq!(refusal(world.logins().reset_link(nothing)), Code::UnknownToken);
            assert_eq!(refusal(world.logins().confirm_email_change(&session, nothing)), Code::UnknownToken);
            assert_eq!(refusal(world.logins().change_password(nothing, PASSWORD, NEW)), Code::NotSignedIn);
        }
        world.logins().confirm_email_change(&session, &change).unwrap();
    }

    fn rule_35_asking_for_a_new_password_tells_nobody_whether_an_address_is_known(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        let request = |email: &str| world.logins().request_reset(email, Some("es")).map_err(|error| error.code());
        let ask = |email: &str| world.store.calls(|| request(email));
        let written = |email: &str| {
            let (_, committed) = world.store.committed(|| ask(email));
            let writes = committed.iter().flat_map(|changes| &changes.writes).map(|write| write.table().name);
            writes.collect::<Vec<_>>()
        };
        // the first time, again at once, and again later
        assert_eq!(ask(&firm.email), ask("nobody@people.example"));
        assert_eq!(ask(&firm.email), ask("nobody@people.example"));
        assert_eq!(ask(&firm.email).0, Err(Code::TooOften));
        world.later(world.policy().code_interval);
        assert_eq!(written(&firm.email), written("nobody@people.example"));
        let post = world.deliver();
        assert_eq!(post.to(&firm.email).kinds(), [MailKind::PasswordReset; 2]);
        assert_eq!(post.to("nobody@people.example").kinds(), [MailKind::PasswordResetUnknown; 2]);
        assert!(post.0.iter().all(|mail| mail.locale == "es"));
    }

    fn rule_35_another_address_is_asked_for_alike_whether_anyone_has_it(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        let ask = |email: &str| {
            let request = || world.logins().request_email_change(&session, email, PASSWORD, None);
            let asked = world.store.calls(|| request().map_err(|error| error.code()));
            world.later(world.policy().code_interval);
            asked
        };
        assert_eq!(ask("first@people.example").0, Ok(()));
        world.deliver();
        assert_eq!(ask(&frutas.email), ask("nobody@people.example"));
        let post = world.deliver();
        assert_eq!(post.to(&frutas.email).kinds(), [MailKind::EmailChangeTaken]);
        assert_eq!(post.to("nobody@people.example").kinds(), [MailKind::EmailChange]);
        assert_eq!(post.to(&flora.email).kinds(), [MailKind::EmailChangeAsked; 2]);
    }

    fn links_to_a_new_password_are_not_sent_without_end(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        for _ in 0..world.policy().account_mails_per_hour {
            reset_token(world, &firm.email);
        }
        let error = world.logins().request_reset(&firm.email, None).unwrap_err();
        assert_eq!((error.code(), error.wait().is_some()), (Code::TooOften, true));
    }

    fn a_reset_leaves_two_factor_on_and_ends_no_lock_of_its_codes(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        for _ in 0..world.policy().sign_in_attempts {
            let wrong = world.two_factor().enrol(&careful.session, PASSWORD, Some("nonsense"));
            assert_eq!(refusal(wrong), Code::WrongCode);
            assert_eq!(refusal(world.logins().authenticate(&firm.email, WRONG)), Code::WrongPassword);
        }
        world.logins().request_reset(&firm.email, None).unwrap();
        let token = world.deliver().token_of(MailKind::PasswordReset);
        assert_eq!(world.logins().reset_link(&token).unwrap().least_characters, 8);
        world.logins().reset(&token, "kfwpzq7x").unwrap();
        assert!(world.logins().authenticate(&firm.email, "kfwpzq7x").is_ok(), "the lock of the password is over");
        let waiting = world.signing_in(&firm.email, "kfwpzq7x").unwrap();
        let locked = world.sessions().finish(&waiting, &careful.codes[0]);
        assert_eq!(refusal(locked), Code::TooOften);
    }

    fn another_address_counts_once_it_is_confirmed_and_the_old_one_is_told(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let new = "Ada@People.example";
        let ask = |password: &str, new: &str| world.logins().request_email_change(&session, new, password, None);
        assert_eq!(refusal(ask(WRONG, new)), Code::WrongPassword);
        assert_eq!(refusal(ask(PASSWORD, "no address")), Code::NotAnEmail);
        assert_eq!(refusal(ask(PASSWORD, &firm.email.to_uppercase())), Code::AlreadyThere);
        ask(PASSWORD, new).unwrap();
        let post = world.deliver();
        assert_eq!(post.to(&firm.email).of(MailKind::EmailChangeAsked).len(), 1);
        let token = post.to(new).token_of(MailKind::EmailChange);
        assert!(world.logins().authenticate(&firm.email, PASSWORD).is_ok(), "nothing has changed yet");
        assert_eq!(refusal(world.logins().authenticate(new, PASSWORD)), Code::WrongPassword);
        let reset = reset_token(world, &firm.email);
        world.logins().confirm_email_change(&session, &token).unwrap();
        assert_eq!(world.logins().authenticate(new, PASSWORD).ok(), firm.admin.login());
        assert_eq!(refusal(world.logins().authenticate(&firm.email, PASSWORD)), Code::WrongPassword);
        assert_eq!(refusal(world.logins().reset(&reset, NEW)), Code::TokenSpent, "a link to the old address is dead");
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &token)), Code::TokenSpent);
        assert_eq!(world.deliver().to(&firm.email).kinds(), [MailKind::EmailChanged]);
    }

    fn rule_08_looking_at_a_link_to_another_address_consumes_nothing_and_confirming_it_does(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        world.logins().request_email_change(&session, "Ada@People.example", PASSWORD, None).unwrap();
        let token = world.deliver().token_of(MailKind::EmailChange);
        let look = || world.logins().email_change(&session, &token);
        let (_, committed) = world.store.committed(|| {
            for _ in 0..3 {
                let shown = look().unwrap();
                let expires = world.now() + world.policy().email_change_lifetime;
                assert_eq!((shown.new_email.original(), shown.expires), ("Ada@People.example", expires));
            }
        });
        assert!(committed.is_empty());
        let other = world.signed_in(&frutas.email);
        assert_eq!(refusal(world.logins().email_change(&other, &token)), Code::UnknownToken, "another person");
        assert_eq!(refusal(world.logins().email_change("", &token)), Code::NotSignedIn);
        assert_eq!(refusal(world.logins().email_change(&session, "")), Code::UnknownToken);
        world.logins().confirm_email_change(&session, &token).unwrap();
        assert_eq!(refusal(look()), Code::TokenSpent);
    }

    fn rule_12_a_newer_link_to_another_address_kills_the_older(world: &World) {
        let session = world.signed_in(&world.firm("Flora Export").email);
        let ask = |email: &str| {
            world.logins().request_email_change(&session, email, PASSWORD, None).unwrap();
            world.later(world.policy().code_interval);
            world.deliver().to(email).token_of(MailKind::EmailChange)
        };
        let (older, newer) = (ask("older@people.example"), ask("newer@people.example"));
        assert_eq!(refusal(world.logins().email_change(&session, &older)), Code::UnknownToken);
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &older)), Code::UnknownToken);
        let shown = world.logins().email_change(&session, &newer).unwrap();
        assert_eq!(shown.new_email.original(), "newer@people.example");
        world.logins().confirm_email_change(&session, &newer).unwrap();
        world.logins().authenticate("newer@people.example", PASSWORD).unwrap();
    }

    fn rule_11_a_link_to_another_address_ends_at_its_end(world: &World) {
        let session = world.signed_in(&world.firm("Flora Export").email);
        world.logins().request_email_change(&session, "ada@people.example", PASSWORD, None).unwrap();
        let token = world.deliver().token_of(MailKind::EmailChange);
        world.later(world.policy().email_change_lifetime);
        // the session was not used for as long
        let session = world.signed_in("admin@floraexport.example");
        assert_eq!(refusal(world.logins().email_change(&session, &token)), Code::TokenExpired);
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &token)), Code::TokenExpired);
    }

    fn rule_28_an_address_that_someone_took_meanwhile_is_not_given_twice(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        world.logins().request_email_change(&session, "admin@frutasdelsur.example", PASSWORD, None).unwrap();
        let token = world.deliver().token_of(MailKind::EmailChange);
        world.firm("Frutas del Sur");
        assert_eq!(refusal(world.logins().email_change(&session, &token)), Code::AlreadyThere);
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &token)), Code::AlreadyThere);
    }

    fn a_changed_password_calls_a_change_of_address_off(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        world.logins().request_email_change(&session, "mallory@people.example", PASSWORD, None).unwrap();
        let token = world.deliver().token_of(MailKind::EmailChange);
        world.logins().change_password(&session, PASSWORD, NEW).unwrap();
        assert_eq!(refusal(world.logins().confirm_email_change(&session, &token)), Code::TokenSpent);
    }

    fn changing_the_address_asks_for_both_factors(world: &World) {
        let careful = world.careful(&world.firm("Flora Export"));
        let ask = |code| world.logins().request_email_change(&careful.session, "ada@people.example", PASSWORD, code);
        assert_eq!(refusal(ask(None)), Code::Required);
        assert_eq!(refusal(ask(Some("nonsense"))), Code::WrongCode);
        ask(Some(&careful.app.code(world.now()))).unwrap();
    }

    fn mails_about_a_login_are_in_the_language_that_the_person_chose(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        world.deliver();
        world.logins().set_locale(&session, "es-MX").unwrap();
        world.logins().change_password(&session, PASSWORD, NEW).unwrap();
        let mail = &world.deliver().0[0];
        assert_eq!((mail.locale.as_str(), mail.subject.as_str()), ("es-MX", "Su contraseña ha cambiado"));
        assert!(mail.text.ends_with("Enviado por Handfast.\n"), "{}", mail.text);
    }
}
