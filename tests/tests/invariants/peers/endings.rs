//! Rights that did not end.

use handfast::{
    Code,
    association::AssociationState,
    session::{Context, SignIn},
    store::Paging,
};
use handfast_tests::{PASSWORD, World, held, on_every_store, refusal, sign_in};

const UMA: &str = "uma@users.example";

on_every_store! {
    /// CVE-2023-22492 (ZITADEL): whoever was locked out or deactivated went on with a token that renewed the others.
    fn cve_2023_22492_a_disabled_login_renews_nothing_that_it_holds(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let careful = world.careful(&flora);
        let waiting = world.signing_in(&flora.email, PASSWORD).unwrap();
        let own = careful.session;
        let other = world.signed_in(&frutas.email);
        let adding = world.sessions().add(&other, &sign_in(&flora.email, PASSWORD)).unwrap();
        let handfast::session::SignedIn::SecondFactor(adding) = adding else { panic!("{adding:?}") };
        let identity = world.sessions().identities(&own).unwrap()[0].id;
        let login = flora.admin.login().unwrap();
        world.logins().disable(login).unwrap();
        for _ in 0..2 {
            let sessions = world.sessions();
            for refused in [
                sessions.resolve(&own).map(drop),
                sessions.switch_to(&own, identity),
                sessions.enter(&own, Context::Person).map(drop),
                sessions.add(&own, &sign_in(&frutas.email, PASSWORD)).map(drop),
                sessions.finish(&waiting, &careful.codes[0]).map(drop),
                sessions.finish(adding.token.expose(), &careful.codes[0]).map(drop),
                world.two_factor().status(&own).map(drop),
            ] {
                assert_eq!(refusal(refused), Code::NotSignedIn);
            }
            // what ended does not come back with the login
            world.logins().enable(login).unwrap();
        }
        assert_eq!(world.sessions().resolve(adding.token.expose()).unwrap().email.original(), frutas.email);
    }

    /// CVE-2024-46999 (ZITADEL): a right that was taken back was still told to applications, and was shown as active.
    fn cve_2024_46999_an_association_that_was_revoked_is_told_nowhere_as_active(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let association = world.user(&firm, customer, UMA);
        let session = world.signed_in(UMA);
        let context = Context::User { company: firm.company, customer, association: association.id };
        assert_eq!(world.sessions().resolve(&session).unwrap().context, context);
        world.users().revoke(firm.admin, association.id).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::AccessEnded);
        assert_eq!(refusal(world.sessions().enter(&session, context)), Code::AccessEnded);
        assert_eq!(world.sessions().choices(&session).unwrap(), []);
        assert!(!world.sessions().identities(&session).unwrap()[0].open);
        let input = SignIn { company: Some(firm.company), ..sign_in(UMA, PASSWORD) };
        let again = held(world.sessions().sign_in(&input).unwrap());
        assert_eq!(world.sessions().resolve(&again).unwrap().context, Context::Person);
        let page = Paging::default();
        assert_eq!(world.users().get(firm.admin, association.id).unwrap().state, AssociationState::Revoked);
        let active = world.users().list(firm.admin, AssociationState::Active, &page).unwrap().items;
        assert!(active.iter().all(|active| active.id != association.id));
        assert_eq!(world.users().mine(&session, &page).unwrap().items[0].state, AssociationState::Revoked);
    }
}
