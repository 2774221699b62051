//! Addresses that are not what they seem, and links that lead elsewhere.

use handfast::{Code, mail::MailKind};
use handfast_tests::{PASSWORD, World, on_every_store, refusal};

const NEW: &str = "ada keeps a better horse";
const MALLORY: &str = "mallory@people.example";

/// Asks in the name of an address wherever a stranger can; what comes of it.
fn asked(world: &World, email: &str) -> [handfast::Result<()>; 3] {
    let sign_up = handfast::company::SignUp { admin_email: email.into(), ..World::sign_up_input("Frutas del Sur") };
    [
        world.logins().request_reset(email, None),
        world.logins().authenticate(email, PASSWORD).map(drop),
        world.companies().sign_up(&sign_up).map(drop),
    ]
}

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
        for both in [
            format!("{},{MALLORY}", firm.email),
            format!("{} {MALLORY}", firm.email),
            format!("{}\n{MALLORY}", firm.email),
            format!("[\"{}\",\"{MALLORY}\"]", firm.email),
            format!("{}\r\nBcc: {MALLORY}", firm.email),
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
            assert_eq!(refusal(world.users().accept(empty, NEW)), Code::UnknownToken);
            assert_eq!(refusal(world.users().confirm(&session, empty)), Code::UnknownToken);
        }
    }

    /// GHSA-7rqj-j65f-68wh (Auth.js): an address was checked before it was normalized, so that a sign which becomes an
    /// `@` only then made it another's, and the link went there.
    fn ghsa_7rqj_j65f_68wh_a_sign_that_becomes_an_at_makes_no_address(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        // the full-width and the small form of `@`
        for at in ['\u{ff20}', '\u{fe6b}'] {
            for email in [
                firm.email.replace('@', &at.to_string()),
                format!("{}{at}people.example", firm.email),
                format!("mallory{at}{}", firm.email),
                format!("{MALLORY}{at}floraexport.example"),
            ] {
                for refused in asked(world, &email) {
                    let told = refused.unwrap_err();
                    let fault = told.faults().first().map_or(told.code(), |fault| fault.code);
                    assert!(matches!(fault, Code::NotAnEmail | Code::ForbiddenCharacter | Code::WrongPassword), "{email}: {fault}");
                }
            }
        }
        assert!(world.deliver().is_empty());
    }

    /// RUSTSEC-2024-0421 (idna): `xn--example-.org` was taken for `example.org`, though they are two names.
    fn rustsec_2024_0421_a_masked_domain_is_not_the_one_that_it_masks(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        for masked in ["admin@xn--floraexport-.example", "admin@floraexport.xn--example-", "admin@floraexport.example.xn--"] {
            for refused in asked(world, masked) {
                let told = refused.unwrap_err();
                let fault = told.faults().first().map_or(told.code(), |fault| fault.code);
                assert!(matches!(fault, Code::NotAnEmail | Code::WrongPassword), "{masked}: {fault}");
            }
            let session = world.signed_in(&firm.email);
            let change = world.logins().request_email_change(&session, masked, PASSWORD, None);
            assert_eq!(refusal(change), Code::NotAnEmail, "{masked}");
        }
        assert!(world.deliver().is_empty());
    }

    /// GHSA-pfrf-9r5f-73f5 (ZITADEL): the link to a new password began with the host that the request had named, so that
    /// whoever asked had it lead, with its secret, to a site of one's own.
    fn ghsa_pfrf_9r5f_73f5_a_link_leads_to_the_hosts_own_site_whoever_asks(world: &World) {
        let firm = world.firm("Flora Export");
        world.deliver();
        // all that whoever asks can say
        for (email, locale) in [(firm.email.as_str(), None), ("admin@people.example", Some("es")), (MALLORY, Some("en-US"))] {
            world.logins().request_reset(email, locale).unwrap();
        }
        let session = world.signed_in(&firm.email);
        world.logins().request_email_change(&session, MALLORY, PASSWORD, None).unwrap();
        let post = world.deliver();
        assert_eq!(post.len(), 5);
        for mail in &post.0 {
            let (text, html) = (mail.text.as_str(), mail.html.as_str());
            let links = text.match_indices("://").chain(html.match_indices("href=\"")).count();
            let own = [format!("{}/", world.brand().base_url()), format!("{}\n", world.brand().base_url())];
            let led = |body: &str, before: &str| own.iter().map(|own| body.matches(&format!("{before}{own}")).count()).sum::<usize>();
            assert!(links > 0 && led(text, "") + led(html, "href=\"") == links, "{text}\n{html}");
        }
    }
}
