//! Faults that others had with passwords, addresses and second factors, each tried here; named after what is known of
//! them by.

use handfast::{Code, mail::MailKind};
use handfast_tests::{App, PASSWORD, World, on_every_store, refusal};

const NEW: &str = "ada keeps a better horse";

on_every_store! {
    /// CVE-2019-19844 (Django): a link to a new password was sent to the address as a stranger had typed it, which was
    /// taken for another's because of letters that look or fold alike.
    fn cve_2019_19844_a_link_goes_to_the_address_that_the_login_has_and_to_no_lookalike(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        world.logins().request_reset("ADMIN@FloraExport.Example", None).unwrap();
        let post = world.deliver();
        assert_eq!((post.len(), post.0[0].to.as_str()), (1, firm.email.as_str()));
        // a dotless i, a full-width letter, a Cyrillic letter in the domain
        for lookalike in ["adm\u{131}n@floraexport", "\u{ff41}dmin@floraexport", "adm\u{131}n@florae\u{445}port"] {
            let lookalike = &format!("{lookalike}.example");
            let asked = world.logins().request_reset(lookalike, None);
            if asked.is_ok() {
                let kinds = world.deliver().kinds();
                assert_eq!(kinds, [MailKind::PasswordResetUnknown], "{lookalike}");
            }
        }
    }

    /// CVE-2023-7028 (GitLab): two addresses at once got the link to a new password, though only the first was known.
    fn cve_2023_7028_a_link_goes_to_one_address(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        let mallory = "mallory@people.example";
        for both in [
            format!("{},{mallory}", firm.email),
            format!("{} {mallory}", firm.email),
            format!("{}\n{mallory}", firm.email),
            format!("[\"{}\",\"{mallory}\"]", firm.email),
            format!("{}\r\nBcc: {mallory}", firm.email),
        ] {
            let refused = refusal(world.logins().request_reset(&both, None));
            assert!(matches!(refused, Code::NotAnEmail | Code::ForbiddenCharacter), "{both:?}: {refused}");
        }
        assert!(world.deliver().is_empty());
    }

    /// CVE-2019-16109 (Devise): an empty token was found equal to the empty column of a login that had none, and confirmed
    /// its address.
    fn cve_2019_16109_an_empty_token_confirms_nothing(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        for empty in ["", " ", "\0", "null", "undefined"] {
            assert_eq!(refusal(world.logins().confirm_email_change(&session, empty)), Code::UnknownToken);
            assert_eq!(refusal(world.logins().reset(empty, NEW)), Code::UnknownToken);
            assert_eq!(refusal(world.staff().accept(empty, Some(NEW))), Code::UnknownToken);
        }
    }

    /// CVE-2015-7225 (devise-two-factor): a code of an app was right as often as it was given while it was shown, so that
    /// whoever saw it typed could use it too (RFC 6238, 5.2).
    fn cve_2015_7225_a_code_of_an_app_is_right_once(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let code = careful.app.code(world.now());
        let sign_in = || world.sessions().finish(&world.signing_in(&firm.email, PASSWORD).unwrap(), &code);
        sign_in().unwrap();
        assert_eq!(refusal(sign_in()), Code::WrongCode);
    }

    /// The code that confirmed an app signs nobody in: whoever watched over the shoulder has nothing.
    fn cve_2015_7225_neither_is_the_code_that_confirmed_it(world: &World) {
        let firm = world.firm("Flora Export");
        let session = world.signed_in(&firm.email);
        let app = App::new(&world.two_factor().enrol(&session, PASSWORD, None).unwrap().secret);
        let code = app.code(world.now());
        world.two_factor().confirm(&session, &code).unwrap();
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.sessions().finish(&waiting, &code)), Code::WrongCode);
    }
}
