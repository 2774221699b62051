//! The certificate: what it says, how it looks, and what anyone learns of it.

use handfast::{Code, store::Paging};
use handfast_tests::{Agency, Firm, World, on_every_store, refusal};

use crate::common::{did, happened, in_tandem};

fn certified(world: &World) -> (Firm, Agency) {
    let (firm, agency) = in_tandem(world, &["greet partner greeted", "open commerce shop_opened"]);
    did(world, &agency, "greeted");
    happened(world, &firm, "shop_opened", "one");
    (firm, agency)
}

on_every_store! {
    fn a_number_is_verified_however_it_is_typed(world: &World) {
        let (_, agency) = certified(world);
        let certificate = world.courses().certificate(&agency.session, None).unwrap();
        let number = certificate.number.as_str();
        assert_eq!((number.len(), number.matches('-').count()), (23, 3));
        let sloppy = [
            number.to_owned(),
            number.to_lowercase(),
            number.replace('-', ""),
            number.replace('-', " "),
            format!("  {number}\n"),
            number.replace('0', "O").replace('1', "l"),
            number.replace('0', "o").replace('1', "I"),
        ];
        for typed in &sloppy {
            let verified = world.courses().verify(typed, None).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!((verified.number.as_str(), verified.issued), (number, certificate.issued), "{typed}");
            assert_eq!((verified.name.as_str(), verified.course.as_str()), ("Camino Consulting", "First steps"));
        }
    }

    fn an_unknown_number_and_what_is_none_get_one_answer(world: &World) {
        let (_, agency) = certified(world);
        let number = world.courses().certificate(&agency.session, None).unwrap().number.to_string();
        let mut other = number.clone().into_bytes();
        other[0] = if other[0] == b'7' { b'8' } else { b'7' };
        let other = String::from_utf8(other).unwrap();
        let long = "7".repeat(1_000_000);
        let answers = [other.as_str(), "", "nothing", &number[1..], &long, "\0"].map(|number| {
            let error = world.courses().verify(number, None).unwrap_err();
            (error.code(), error.message().to_owned())
        });
        assert!(answers.iter().all(|answer| answer.0 == Code::NotFound && *answer == answers[0]), "{answers:?}");
    }

    fn verifying_tells_no_more_than_is_printed(world: &World) {
        let (firm, agency) = certified(world);
        let number = world.courses().certificate(&agency.session, None).unwrap().number;
        let verified = world.courses().verify(number.as_str(), None).unwrap();
        let told = serde_json::to_value(&verified).unwrap();
        let fields: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["course", "issued", "name", "number"]);
        let text = told.to_string();
        for secret in [agency.partner.to_string(), firm.company.to_string(), agency.email, "Flora".into(), agency.number] {
            assert!(!text.contains(&secret), "{text}");
        }
    }

    fn a_certificate_keeps_the_name_and_the_digest_of_its_day(world: &World) {
        let (firm, agency) = certified(world);
        let first = world.courses().certificate(&agency.session, None).unwrap();
        assert_eq!((first.version, first.digest.len(), first.issued), (1, 64, world.now()));
        assert!(first.url.ends_with(&format!("certificate/{}", first.number)), "{}", first.url);
        world.tick();
        happened(world, &firm, "shop_opened", "two");
        assert_eq!(world.courses().certificate(&agency.session, None).unwrap(), first);
        let told = world.partners().history(&agency.session, &Paging::first(500)).unwrap().items;
        let told = told.iter().find(|event| event.what.as_str() == "certified").unwrap().detail.clone();
        assert_eq!(told.as_deref(), Some(first.number.as_str()));
    }

    fn the_picture_shows_what_is_certified_and_how_to_verify_it_in_either_language(world: &World) {
        let (_, agency) = certified(world);
        let certificate = world.courses().certificate(&agency.session, None).unwrap();
        for language in [None, Some("es"), Some("fr")] {
            let svg = world.courses().certificate_svg(&agency.session, language).unwrap();
            assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{svg:.60}");
            for shown in ["Camino Consulting", certificate.number.as_str(), "2026-11-22", "First steps"] {
                assert!(svg.contains(shown), "{language:?}: {shown}");
            }
            assert!(!svg.contains("<script") && !svg.contains("href"), "nothing to click or to load");
        }
        let [english, spanish] = [Some("en"), Some("es")].map(|language| {
            world.courses().certificate_svg(&agency.session, language).unwrap()
        });
        assert_ne!(english, spanish);
    }

    fn a_name_that_looks_like_markup_is_shown_as_it_is(world: &World) {
        crate::common::publish(world, 1, &["greet partner greeted"]);
        let input = handfast::partner::PartnerSignUp {
            name: "<b>\"R&D\"</b> 'Partners'".into(),
            ..World::partner_input("Research")
        };
        let signed_up = world.partners().sign_up(&input).unwrap();
        let session = world.signed_in(&input.owner_email);
        let mut signal = crate::common::own_fact(&world.agency("Camino"), "greeted", "one");
        signal.partner = Some(signed_up.partner.id);
        world.courses().signal(&signal).unwrap();
        let svg = world.courses().certificate_svg(&session, None).unwrap();
        assert!(!svg.contains("<b>") && svg.contains("&lt;b&gt;"), "{svg:.2000}");
    }

    fn who_is_not_certified_has_no_certificate(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted"]);
        assert_eq!(refusal(world.courses().certificate(&agency.session, None)), Code::NotFound);
        assert_eq!(refusal(world.courses().certificate_svg(&agency.session, None)), Code::NotFound);
        let staff = world.signed_in(&firm.email);
        assert_eq!(refusal(world.courses().certificate(&staff, None)), Code::PartnerOnly);
    }
}
