//! Referral links and what comes of them at a sign-up.

use std::time::Duration;

use handfast::{
    Code, Handfast, Timestamp, Touch,
    company::SignUp,
    mail::MailKind,
    partner::{Attribution, LinkOrigin},
    secret::{HashingCost, Keyring, RootKey},
};
use handfast_tests::{Agency, ROOT_KEY, Seeded, World, on_every_store, refusal};

use crate::common::{clients, names};

/// Signs a company up with an attribution; what came of it, and how many designate a partner since.
fn sign_up(world: &World, name: &str, attribution: Option<&str>) -> Option<Attribution> {
    let input = SignUp { attribution: attribution.map(str::to_owned), ..World::sign_up_input(name) };
    let signed_up = world.companies().sign_up(&input).expect("the sign-up goes on, whatever it was given");
    let designated = world.partners().designated(signed_up.actor()).unwrap();
    assert_eq!(designated.is_some(), signed_up.referral == Some(Attribution::Linked));
    signed_up.referral
}

fn opened(world: &World, agency: &Agency, earlier: Option<&str>) -> handfast::partner::Referral {
    world.partners().open_referral(&agency.slug, earlier).unwrap()
}

/// Another process on the same store, with another root key and perhaps a retired one.
fn with_key(world: &World, key: [u8; 32], retired: Option<&str>) -> Handfast {
    let mut keyring = Keyring::new(RootKey::new(key).unwrap()).unwrap();
    if let Some(retired) = retired {
        keyring = keyring.with_retired(RootKey::parse(retired).unwrap()).unwrap();
    }
    Handfast::builder(world.store.clone())
        .clock(world.clock.clone())
        .random(Seeded::new(9_000 + u64::from(key[0])))
        .keyring(keyring)
        .hashing(HashingCost::INSECURE_FOR_TESTS)
        .build()
        .unwrap()
}

on_every_store! {
    fn an_account_signed_up_by_a_referral_designates_the_partner_from_the_beginning(world: &World) {
        let agency = world.agency("Camino Consulting");
        world.deliver();
        let referral = opened(world, &agency, None);
        assert_eq!(referral.partner.as_str(), "Camino Consulting");
        assert_eq!(referral.expires, world.now() + world.policy().attribution_lifetime);
        let input = SignUp { attribution: Some(referral.attribution), ..World::sign_up_input("Flora Export") };
        let (signed_up, committed) = world.store.committed(|| world.companies().sign_up(&input).unwrap());
        assert_eq!((signed_up.referral, committed.len()), (Some(Attribution::Linked), 1), "in one commit");
        let listed = clients(world, &agency);
        assert_eq!((names(&listed), listed[0].origin), (vec!["Flora Export"], LinkOrigin::Referral));
        let post = world.deliver();
        let mails = [MailKind::PartnerLinked, MailKind::ClientLinked].map(|kind| post.of(kind).recipients());
        assert_eq!(mails, [vec![input.admin_email], vec![agency.email]]);
    }

    fn an_attribution_of_which_any_character_is_changed_is_ignored(world: &World) {
        let agency = world.agency("Camino Consulting");
        let good = opened(world, &agency, None).attribution;
        for at in 0..good.len() {
            let mut altered = good.clone().into_bytes();
            altered[at] = if altered[at] == b'1' { b'2' } else { b'1' };
            let altered = String::from_utf8(altered).unwrap();
            let came = sign_up(world, &format!("Company {at}"), Some(&altered)).unwrap();
            assert!(matches!(came, Attribution::Forged | Attribution::Foreign), "{at}: {came:?} of {altered}");
        }
        assert_eq!(clients(world, &agency), []);
        assert_eq!(sign_up(world, "Flora Export", Some(&good)), Some(Attribution::Linked));
    }

    fn an_attribution_that_says_the_same_in_another_spelling_is_ignored(world: &World) {
        let agency = world.agency("Camino Consulting");
        let good = opened(world, &agency, None).attribution;
        let parts: Vec<_> = good.splitn(4, '.').collect();
        let [partner, at, key, mac] = parts[..] else { panic!("{good}") };
        let (id, capitals) = (agency.partner.to_string(), partner.to_uppercase());
        let spelled = [
            format!("{partner}.{at}.{}.{mac}", key.to_uppercase()),
            format!("{partner}.{at}.+{}.{mac}", &key[1..]),
            format!("{capitals}.{at}.{key}.{mac}"),
            format!("{id}.{at}.{key}.{mac}"),
            format!("{{{id}}}.{at}.{key}.{mac}"),
            format!("{partner}.+{at}.{key}.{mac}"),
            format!("{partner}.0{at}.{key}.{mac}"),
        ];
        for (number, other) in spelled.iter().filter(|other| **other != good).enumerate() {
            let came = sign_up(world, &format!("Company {number}"), Some(other)).unwrap();
            assert!(matches!(came, Attribution::Forged | Attribution::Foreign), "{came:?} of {other}, not {good}");
        }
        assert_eq!(clients(world, &agency), []);
    }

    fn what_is_no_attribution_at_all_is_ignored(world: &World) {
        let agency = world.agency("Camino Consulting");
        let good = opened(world, &agency, None).attribution;
        let long = "1".repeat(1_000_000);
        let cut = &good[..good.len() - 1];
        let doubled = format!("{good}{good}");
        for (number, given) in ["", " ", "\0", ".", "..", "a.b.c", cut, &doubled, &long, &agency.slug].iter().enumerate() {
            let came = sign_up(world, &format!("Company {number}"), Some(given));
            assert_eq!(came, Some(Attribution::Forged), "{given:.40}");
        }
        assert_eq!(sign_up(world, "Nobody sent us", None), None);
        assert_eq!(clients(world, &agency), []);
    }

    fn an_attribution_counts_until_thirty_days_are_over_and_not_a_millisecond_longer(world: &World) {
        let agency = world.agency("Camino Consulting");
        let referral = opened(world, &agency, None);
        world.clock.set(Timestamp::from_millis(referral.expires.millis() - 1));
        assert_eq!(sign_up(world, "In time", Some(&referral.attribution)), Some(Attribution::Linked));
        world.tick();
        assert_eq!(sign_up(world, "Too late", Some(&referral.attribution)), Some(Attribution::Expired));
        assert_eq!(world.policy().attribution_lifetime, Duration::from_secs(30 * 86_400));
    }

    fn an_attribution_of_another_installation_is_foreign_and_one_of_a_retired_key_counts(world: &World) {
        let agency = world.agency("Camino Consulting");
        let good = opened(world, &agency, None).attribution;
        let input = |name: &str| SignUp { attribution: Some(good.clone()), ..World::sign_up_input(name) };
        let stranger = with_key(world, [7; 32], None);
        let came = stranger.companies().sign_up(&input("Flora Export")).unwrap().referral;
        assert_eq!(came, Some(Attribution::Foreign));
        let rotated = with_key(world, [8; 32], Some(ROOT_KEY));
        let came = rotated.companies().sign_up(&input("Frutas del Sur")).unwrap().referral;
        assert_eq!(came, Some(Attribution::Linked));
        // the same keys on another store do not know the partner
        let elsewhere = World::new(world.kind);
        assert_eq!(sign_up(&elsewhere, "Rosas", Some(&good)), Some(Attribution::Foreign));
    }

    fn a_suspended_partner_refers_nobody(world: &World) {
        let agency = world.agency("Camino Consulting");
        let good = opened(world, &agency, None).attribution;
        world.partners().suspend(agency.partner).unwrap();
        assert_eq!(refusal(world.partners().open_referral(&agency.slug, None)), Code::UnknownLink);
        assert_eq!(sign_up(world, "Flora Export", Some(&good)), Some(Attribution::Suspended));
        world.partners().restore(agency.partner).unwrap();
        assert_eq!(sign_up(world, "Frutas del Sur", Some(&good)), Some(Attribution::Linked));
        let unknown: String = agency.slug.chars().rev().collect();
        for slug in [unknown.as_str(), "", "nothing"] {
            assert_eq!(refusal(world.partners().open_referral(slug, None)), Code::UnknownLink);
        }
    }

    fn the_last_link_that_was_opened_counts_or_the_first_by_policy(world: &World) {
        for (touch, due) in [(Touch::Last, "Sendero Partners"), (Touch::First, "Camino Consulting")] {
            let world = &World::with(world.kind, |policy| policy.attribution_touch = touch);
            let (camino, sendero) = (world.agency("Camino Consulting"), world.agency("Sendero Partners"));
            let first = opened(world, &camino, None);
            world.tick();
            let second = opened(world, &sendero, Some(&first.attribution));
            assert_eq!(second.partner.as_str(), due);
            assert_eq!(sign_up(world, "Flora Export", Some(&second.attribution)), Some(Attribution::Linked));
            let listed = [&camino, &sendero].map(|agency| clients(world, agency).len());
            assert_eq!(listed, if touch == Touch::First { [1, 0] } else { [0, 1] });
            assert_eq!(second.expires == first.expires, touch == Touch::First, "the first keeps its time");
        }
    }

    fn of_two_links_the_first_counts_only_while_it_is_good(world: &World) {
        let world = &World::with(world.kind, |policy| policy.attribution_touch = Touch::First);
        let (camino, sendero) = (world.agency("Camino Consulting"), world.agency("Sendero Partners"));
        let first = opened(world, &camino, None).attribution;
        let forged: String = first.chars().rev().collect();
        for earlier in ["", "nonsense", &forged] {
            assert_eq!(opened(world, &sendero, Some(earlier)).partner.as_str(), "Sendero Partners");
        }
        world.partners().suspend(camino.partner).unwrap();
        assert_eq!(opened(world, &sendero, Some(&first)).partner.as_str(), "Sendero Partners");
        world.partners().restore(camino.partner).unwrap();
        world.later(world.policy().attribution_lifetime);
        assert_eq!(opened(world, &sendero, Some(&first)).partner.as_str(), "Sendero Partners");
    }

    fn openings_and_sign_ups_are_counted_and_nothing_about_anyone_is_kept(world: &World) {
        let agency = world.agency("Camino Consulting");
        let (referral, committed) = world.store.committed(|| opened(world, &agency, None));
        let written: Vec<_> = committed.iter().flat_map(|changes| crate::common::tables(changes)).collect();
        assert_eq!(written, ["partner"], "the count alone");
        opened(world, &agency, None);
        sign_up(world, "Flora Export", Some(&referral.attribution));
        sign_up(world, "Frutas del Sur", Some(&referral.attribution));
        sign_up(world, "Rosas", Some("nonsense"));
        world.link(&world.firm("Manual Trading"), &agency);
        let view = world.partners().get(&agency.session).unwrap();
        assert_eq!((view.opened, view.referred), (2, 2));
        // what was referred stays counted, though the client is gone
        world.partners().clear(handfast::Actor::host(clients(world, &agency)[0].company)).unwrap();
        assert_eq!(world.partners().get(&agency.session).unwrap().referred, 2);
    }

    fn the_referral_link_is_permanent_and_comes_as_a_picture_too(world: &World) {
        let agency = world.agency("Camino Consulting");
        let view = world.partners().get(&agency.session).unwrap();
        assert!(view.referral_url.ends_with(&format!("partner/{}", agency.slug)), "{}", view.referral_url);
        world.partners().suspend(agency.partner).unwrap();
        world.partners().restore(agency.partner).unwrap();
        assert_eq!(world.partners().get(&agency.session).unwrap().referral_url, view.referral_url);
        let svg = world.partners().qr_svg(&agency.session, &Default::default()).unwrap();
        assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{svg:.60}");
        let png = world.partners().qr_png(&agency.session, &Default::default()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let (width, height) = (info.width as usize, info.height as usize);
        let shade = |x: usize, y: usize| pixels[y * width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
        let read = image.detect_grids()[0].decode().unwrap().1;
        assert_eq!(read, view.referral_url);
    }
}
