//! A partner account's own data, changed by its people.

use handfast::{
    Code,
    mail::MailKind,
    partner::{PartnerEventKind, PartnerInput, PartnerView},
    store::Paging,
};
use handfast_tests::{World, on_every_store, refusal};

use crate::common::{in_tandem, linked};

fn input(name: &str, locale: &str) -> PartnerInput {
    PartnerInput { name: name.into(), locale: locale.into() }
}

on_every_store! {
    fn rule_13_the_number_and_the_link_stay_when_the_name_changes(world: &World) {
        let (firm, agency) = linked(world);
        let before = world.partners().get(&agency.session).unwrap();
        let change = || world.partners().update(&agency.session, &input(" Sendero Partners ", "es")).unwrap();
        let (after, committed) = world.store.committed(change);
        assert_eq!(committed.len(), 1);
        assert_eq!((after.name.as_str(), after.locale.as_str()), ("Sendero Partners", "es"));
        assert_eq!(after, world.partners().get(&agency.session).unwrap());
        let (name, locale) = (before.name.clone(), before.locale.clone());
        assert_eq!(PartnerView { name, locale, ..after }, before);
        assert_eq!(world.partners().designated(firm.admin).unwrap().unwrap().name.as_str(), "Sendero Partners");
        assert_eq!(world.partners().open_referral(&agency.slug, None).unwrap().partner.as_str(), "Sendero Partners");
        let last = world.partners().history(&agency.session, &Paging::first(1)).unwrap().items.remove(0);
        assert_eq!((last.what, last.login), (PartnerEventKind::Changed, Some(agency.login)));
        let (_, committed) = world.store.committed(change);
        assert!(committed.is_empty(), "the same again changes nothing");
    }

    fn in_a_clients_account_nobody_changes_it_and_a_suspended_one_may(world: &World) {
        let (firm, agency) = linked(world);
        world.entered(&agency, &firm);
        let renamed = input("Sendero Partners", "en");
        let (given, committed) = world.store.committed(|| world.partners().update(&agency.session, &renamed));
        assert_eq!((refusal(given), committed.len()), (Code::Delegated, 0));
        let admin = world.signed_in(&firm.email);
        assert_eq!(refusal(world.partners().update(&admin, &renamed)), Code::PartnerOnly);
        world.switch_back(&agency);
        world.partners().suspend(agency.partner).unwrap();
        assert_eq!(world.partners().update(&agency.session, &renamed).unwrap().name.as_str(), "Sendero Partners");
    }

    fn mails_about_the_account_are_in_its_language_and_mails_about_the_login_in_the_persons(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted"]);
        world.deliver();
        world.partners().update(&agency.session, &input("Camino Consulting", "es")).unwrap();
        crate::common::did(world, &agency, "greeted");
        world.partners().clear(firm.admin).unwrap();
        world.two_factor().remove(agency.login).unwrap();
        let post = world.deliver();
        let language = |kind| post.of(kind).0.iter().map(|mail| mail.locale.clone()).collect::<Vec<_>>();
        assert_eq!([MailKind::PartnerCertified, MailKind::ClientCleared].map(language), [["es"], ["es"]]);
        assert_eq!(language(MailKind::TwoFactorOff), ["en"]);
    }
}
