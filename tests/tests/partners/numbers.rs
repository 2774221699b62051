//! Rule 13: the number of a partner.

use std::{collections::BTreeMap, sync::Arc};

use handfast::{
    Code,
    partner::{Partner, PartnerNumber},
    secret::LinkSlug,
    store::{Changes, Record as _, Store as _, Write},
};
use handfast_tests::{Agency, PASSWORD, World, on_every_store, refusal};

use crate::common::{clients, in_tandem, linked, publish, tables, written};

on_every_store! {
    fn rule_13_a_number_is_twenty_digits_of_which_the_last_checks_the_others(world: &World) {
        for name in 0..20 {
            let view = world.partners().sign_up(&World::partner_input(&format!("Partner {name}"))).unwrap().partner;
            let digits = view.number.as_str();
            assert_eq!((digits.len(), digits.bytes().all(|digit| digit.is_ascii_digit())), (20, true), "{digits}");
            assert_eq!(view.grouped.replace(' ', ""), digits);
            for (at, last) in digits.bytes().enumerate() {
                for digit in (b'0'..=b'9').filter(|digit| *digit != last) {
                    let mut wrong = digits.as_bytes().to_vec();
                    wrong[at] = digit;
                    let wrong = PartnerNumber::parse(std::str::from_utf8(&wrong).unwrap());
                    assert_eq!(refusal(wrong), Code::MistypedNumber, "{digits} with {digit} at {at}");
                }
            }
        }
    }

    fn rule_13_no_store_takes_a_second_partner_of_the_same_number(world: &World) {
        let (camino, sendero) = (world.agency("Camino Consulting"), world.agency("Sendero Partners"));
        let all: Vec<_> = world.store.history().iter().flat_map(|changes| written::<Partner>(changes)).collect();
        let of = |agency: &Agency| all.iter().find(|each| each.id == agency.partner).unwrap().clone();
        let commit = |partner: Partner| {
            let writes = vec![Write::insert(Partner::TABLE, partner.cells())];
            world.store.commit(Arc::new(Changes { id: uuid::Uuid::from_u128(13), expect: Vec::new(), writes }))
        };
        let id = "019a0000-0000-7000-8000-000000000013".parse().unwrap();
        let slug = LinkSlug::parse(&world.firm("Flora Export").slug).unwrap();
        assert!(commit(Partner { id, slug, ..of(&camino) }).is_err());
        assert_ne!(of(&camino).number, of(&sendero).number);
    }

    fn rule_13_a_number_never_changes_and_no_partner_is_ever_taken_away(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted"]);
        world.partners().suspend(agency.partner).unwrap();
        world.partners().restore(agency.partner).unwrap();
        crate::common::did(world, &agency, "greeted");
        world.entered(&agency, &firm);
        world.partners().clear(firm.admin).unwrap();
        world.link(&firm, &agency);
        publish(world, 2, &["greet partner greeted", "more partner more"]);
        let mut numbers = BTreeMap::new();
        for changes in world.store.history() {
            for partner in written::<Partner>(&changes) {
                let first = numbers.entry(partner.id).or_insert_with(|| partner.number.clone());
                assert_eq!(*first, partner.number);
            }
            let gone = |write: &Write| matches!(write, Write::Delete { table, .. } if table.name == "partner");
            assert!(!changes.writes.iter().any(gone));
        }
        assert_eq!(numbers.len(), 1);
    }

    fn rule_13_what_is_no_number_a_typo_and_an_unknown_one_answer_differently_and_change_nothing(world: &World) {
        let (firm, agency) = (world.firm("Flora Export"), world.agency("Camino Consulting"));
        let session = world.signed_in(&firm.email);
        let mut swapped: Vec<char> = agency.number.replace(' ', "").chars().collect();
        let at = swapped.windows(2).position(|pair| pair[0] != pair[1]).unwrap();
        swapped.swap(at, at + 1);
        let swapped: String = swapped.into_iter().collect();
        let refused = [
            ("", Code::Required),
            (" - ", Code::Required),
            (&agency.number[1..], Code::NotAPartnerNumber),
            ("5724 0000 1234 5678 901x", Code::NotAPartnerNumber),
            ("1e19", Code::NotAPartnerNumber),
            (&*swapped, Code::MistypedNumber),
            ("57240000123456789018", Code::UnknownPartner),
        ];
        for (number, code) in refused {
            let (given, committed) = world.store.committed(|| {
                world.partners().designate(&session, number, PASSWORD, None)
            });
            assert_eq!(refusal(given), code, "{number}");
            // a password that was given is counted, whatever comes after
            let written: Vec<_> = committed.iter().flat_map(|changes| tables(changes)).collect();
            assert!(!written.iter().any(|table| matches!(*table, "designation" | "event" | "mail")), "{written:?}");
        }
        assert_eq!(clients(world, &agency), []);
        assert_eq!(world.partners().designated(firm.admin).unwrap(), None);
    }

    fn rule_13_a_number_is_read_with_whatever_spaces_and_dashes(world: &World) {
        let (firm, agency) = linked(world);
        let session = world.signed_in(&firm.email);
        let bare = agency.number.replace(' ', "");
        let typed = [bare.clone(), agency.number.replace(' ', "-"), format!("  {}\n", agency.number), {
            bare.chars().map(|digit| format!("{digit}\u{a0}")).collect()
        }];
        for number in typed {
            world.partners().clear(firm.admin).unwrap();
            let designated = world.partners().designate(&session, &number, PASSWORD, None).unwrap();
            assert_eq!((designated.partner, designated.number.as_str()), (agency.partner, &*bare), "{number:?}");
        }
    }
}
