//! What is read from outside: ids, times, slugs, cursors.

use std::time::Duration;

use handfast::{
    Code, Id, Timestamp,
    company::Company,
    customer::CustomerFilter,
    secret::LinkSlug,
    store::{Cursor, Paging},
};
use handfast_tests::World;
use proptest::prelude::*;
use uuid::Uuid;

use crate::{cases, store};

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn an_id_is_a_uuid_of_version_7_and_is_read_back(bits in any::<u128>()) {
        let text = Uuid::from_u128(bits).to_string();
        match text.parse::<Id<Company>>() {
            Ok(id) => prop_assert_eq!((id.to_string(), id.uuid().get_version_num()), (text, 7)),
            Err(error) => {
                prop_assert_eq!(error.code(), Code::NotAnId);
                prop_assert_ne!(Uuid::from_u128(bits).get_version_num(), 7);
            }
        }
        let seventh = Uuid::from_u128(bits & !(0xf << 76) | 0x7 << 76).to_string();
        prop_assert_eq!(seventh.parse::<Id<Company>>().unwrap().to_string(), seventh.clone());
        prop_assert_eq!(seventh.to_uppercase().parse::<Id<Company>>().unwrap().to_string(), seventh);
    }

    #[test]
    fn other_text_is_no_id(text in "\\PC*|[0-9a-f-]{36}|[0-9a-f]{32}|\\{[0-9a-f-]{36}\\}") {
        if let Ok(id) = text.parse::<Id<Company>>() {
            prop_assert_eq!(id.to_string(), text.to_lowercase());
        }
    }

    #[test]
    fn ids_sort_by_their_time_and_then_as_they_were_made(
        (one, other) in (0..4_000_000_000_000_i64, 0..4_000_000_000_000_i64),
        (first, second) in (0..4_096_u16, 0..4_096_u16),
        random in any::<[u8; 8]>(),
    ) {
        let id = |at, sequence| Id::<Company>::new(Timestamp::from_millis(at), sequence, random);
        prop_assert_eq!(id(one, first).cmp(&id(other, second)), (one, first).cmp(&(other, second)));
        prop_assert!(Id::<Company>::first_at(Timestamp::from_millis(one)) <= id(one, first));
        prop_assert_eq!(id(one, first).to_string().parse::<Id<Company>>().unwrap(), id(one, first));
    }

    #[test]
    fn a_time_is_read_back_and_never_leaves_its_range(millis in any::<i64>(), wait in any::<u64>()) {
        let at = Timestamp::from_millis(millis);
        prop_assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
        let later = at + Duration::from_millis(wait);
        prop_assert!(at <= later && later <= Timestamp::MAX);
        prop_assert_eq!(later.to_string().parse::<Timestamp>().unwrap(), later);
    }

    #[test]
    fn other_text_is_no_time(text in "\\PC*|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{2,12}(Z|[+-][0-9:]{2,6})") {
        match text.parse::<Timestamp>() {
            Ok(at) => prop_assert!(at >= Timestamp::MIN && at <= Timestamp::MAX),
            Err(error) => prop_assert_eq!(error.code(), Code::NotATime),
        }
    }

    #[test]
    fn a_slug_is_read_back_however_it_is_typed(text in "[0-7][0-9A-Za-z]{25}") {
        match LinkSlug::parse(&text) {
            Ok(slug) => {
                prop_assert_eq!(LinkSlug::parse(&slug.to_string()).unwrap(), slug);
                prop_assert_eq!(LinkSlug::parse(&text.to_uppercase()).unwrap(), slug);
                prop_assert_eq!(LinkSlug::parse(&text.to_lowercase()).unwrap(), slug);
            }
            Err(error) => {
                prop_assert_eq!(error.code(), Code::UnknownLink);
                prop_assert!(text.contains(['u', 'U']));
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_cursor_that_was_tampered_with_gives_a_page_or_is_refused(
        at in any::<prop::sample::Index>(),
        put in "[0-9a-z.]{0,3}",
        kind in store(),
        cells in prop::collection::vec("n|i-?[0-9]{1,20}|u[0-9a-f]{32}|t([0-9a-f]{2}){0,4}", 0..4),
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        for name in ["Retail", "Wholesale", "Export"] {
            world.price_type(&firm, name);
        }
        world.ready(&firm, "buyer@rosas.example");
        world.approved(&firm, "buyer@rosas2.example");
        let (prices, customers) = (world.price_types(), world.customers());
        let genuine = [
            prices.list(firm.admin, &Paging::first(1)).unwrap().next.unwrap(),
            customers.search(firm.admin, "rosas", &CustomerFilter::default(), &Paging::first(1)).unwrap().next.unwrap(),
            customers.list(firm.admin, None, &Paging::first(1)).unwrap().next.unwrap(),
        ];
        for genuine in &genuine {
            let genuine = genuine.as_str();
            let at = at.index(genuine.len());
            let (fingerprint, _) = genuine.split_once('.').unwrap();
            let spliced = format!("{}{put}{}", &genuine[..at], &genuine[at + 1..]);
            let forged = format!("{fingerprint}.{}", cells.join("."));
            for text in [spliced, forged, genuine[..at].to_owned(), genuine.repeat(2)] {
                let paging = Paging { cursor: Some(Cursor::from(text.clone())), limit: Some(2) };
                let results = [
                    prices.list(firm.admin, &paging).map(|page| page.items.len()),
                    customers.search(firm.admin, "rosas", &CustomerFilter::default(), &paging).map(|page| page.items.len()),
                    customers.list(firm.admin, None, &paging).map(|page| page.items.len()),
                ];
                for error in results.into_iter().filter_map(Result::err) {
                    prop_assert_eq!(error.code(), Code::NotACursor, "{}", text);
                }
            }
        }
    }
}
