//! Second factors that were none.

use handfast::{Code, company::InvitationStyle, two_factor::TwoFactorState};
use handfast_tests::{App, PASSWORD, World, held, on_every_store, refusal, sign_in};

on_every_store! {
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

    /// GHSA-cfjq-28r2-4jv5 (ZITADEL): a session with one factor was good for everything where nobody required two, even of
    /// a person who had set a second one up.
    fn ghsa_cfjq_28r2_4jv5_who_has_a_second_factor_is_asked_for_it_though_no_company_requires_one(world: &World) {
        let firm = world.firm("Flora Export");
        let careful = world.careful(&firm);
        let company = world.companies().get(firm.admin).unwrap();
        assert!(!company.two_factor_required && company.invitation_style == InvitationStyle::TemporaryPassword);
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        let (sessions, page) = (world.sessions(), Default::default());
        for refused in [
            sessions.resolve(&waiting).map(drop),
            sessions.choices(&waiting).map(drop),
            sessions.identities(&waiting).map(drop),
            sessions.list(&waiting, &page).map(drop),
            sessions.end_others(&waiting),
            world.users().mine(&waiting, &page).map(drop),
            world.logins().history(&waiting, &page).map(drop),
            world.logins().change_password(&waiting, PASSWORD, "ada keeps a better horse"),
            world.two_factor().status(&waiting).map(drop),
        ] {
            assert_eq!(refusal(refused), Code::SecondFactorNeeded);
        }
        sessions.cancel(&waiting).unwrap();
        let code = careful.app.code(world.now());
        assert_eq!(refusal(sessions.finish(&waiting, &code)), Code::NotSignedIn, "a code alone opens nothing");
    }

    /// The same for whoever is signed in as another and adds that person.
    fn ghsa_cfjq_28r2_4jv5_neither_is_one_factor_enough_within_the_session_of_another(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        world.careful(&frutas);
        let session = world.signed_in(&flora.email);
        let added = world.sessions().add(&session, &sign_in(&frutas.email, PASSWORD)).unwrap();
        let handfast::session::SignedIn::SecondFactor(waiting) = added else { panic!("{added:?}") };
        let token = waiting.token.expose();
        assert_eq!(world.sessions().resolve(token).unwrap().email.original(), flora.email);
        assert_eq!(world.sessions().identities(token).unwrap().len(), 1);
        assert_eq!(held(world.sessions().sign_in(&sign_in(&flora.email, PASSWORD)).unwrap()).len(), token.len());
    }

    /// GHSA-p6x6-9mx6-26wj (Gogs): the recovery code of anybody was right for everybody, and whoever had a password signed
    /// in with a code of one's own.
    fn ghsa_p6x6_9mx6_26wj_a_recovery_code_is_right_for_its_own_login(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (victim, mallory) = (world.careful(&flora), world.careful(&frutas));
        let waiting = world.signing_in(&victim.email, PASSWORD).unwrap();
        assert_eq!(refusal(world.sessions().finish(&waiting, &mallory.codes[0])), Code::WrongCode);
        assert_eq!(refusal(world.sessions().resolve(&waiting)), Code::SecondFactorNeeded);
        // and it was not used up
        let status = world.two_factor().status(&mallory.session).unwrap();
        assert_eq!((status.state, status.recovery_codes), (TwoFactorState::On, 10));
        let own = world.signing_in(&mallory.email, PASSWORD).unwrap();
        world.sessions().finish(&own, &mallory.codes[0]).unwrap();
    }
}
