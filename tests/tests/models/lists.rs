//! Paging gives exactly what is there; a search finds exactly what a scan finds.

use std::collections::BTreeSet;

use handfast::{
    customer::CustomerFilter,
    event::EventFilter,
    store::{Page, Paging},
    value::words,
};
use handfast_tests::{Firm, World, business, every_page};
use proptest::prelude::*;

use crate::{cases, store};

/// All items of a list, in pages of `size`, with something done between two pages.
fn pages<T>(size: u32, list: impl Fn(&Paging) -> Page<T>, mut between: impl FnMut()) -> Vec<T> {
    let (mut items, mut paging) = (Vec::new(), Some(Paging::first(size)));
    while let Some(asked) = paging {
        let page = list(&asked);
        assert!(page.items.len() <= size as usize);
        assert!(items.is_empty() || !page.items.is_empty(), "a page that follows another holds something");
        assert!(page.next.is_none() || page.items.len() == size as usize, "a page before the last is full");
        paging = Paging::after(&page, size);
        items.extend(page.items);
        between();
    }
    items
}

/// A business of this name becomes a customer.
fn customer(world: &World, firm: &Firm, number: usize, legal_name: &str, trade_name: &str) {
    let pass = world.verified(firm, &format!("b{number}@zeta.example"));
    let mut details = business();
    details.legal_name = legal_name.to_owned();
    details.trade_name = Some(trade_name.to_owned());
    let request = world.invites().submit(&pass, &details).unwrap().id;
    world.requests().approve(firm.admin, request, &Default::default()).unwrap();
}

/// Names of a few words that begin alike, with marks, capitals and repetitions.
fn name() -> impl Strategy<Value = String> {
    prop::collection::vec("[aáAbñ%_1]{1,3}", 1..4).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn pages_of_any_size_give_every_item_once_in_order(
        kind in store(),
        names in prop::collection::btree_set("[a-cA-C é]{0,2}[a-z]{1,3}", 0..25),
        size in 1..9_u32,
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let added = names.iter().filter_map(|name| world.price_types().add(firm.admin, name).ok());
        let added: BTreeSet<_> = added.map(|added| added.id).collect();
        let listed = pages(size, |paging| world.price_types().list(firm.admin, paging).unwrap(), || {});
        let mut sorted = listed.clone();
        sorted.sort_by(|one, other| (&one.folded, one.id).cmp(&(&other.folded, other.id)));
        prop_assert_eq!(&listed, &sorted);
        prop_assert_eq!(listed.len(), added.len());
        prop_assert_eq!(listed.iter().map(|item| item.id).collect::<BTreeSet<_>>(), added);
    }

    #[test]
    fn what_comes_between_two_pages_hides_nothing_and_repeats_nothing(
        kind in store(),
        names in prop::collection::btree_set("[a-z]{1,4}", 1..20),
        late in prop::collection::vec("[a-z]{5,6}", 0..20),
        size in 1..5_u32,
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        for name in &names {
            world.carriers().add(firm.admin, name).unwrap();
        }
        let mut late = late.into_iter();
        let between = || drop(late.next().map(|name| world.carriers().add(firm.admin, &name)));
        let listed = pages(size, |paging| world.carriers().list(firm.admin, paging).unwrap(), between);
        let listed: Vec<_> = listed.iter().map(|carrier| carrier.name.to_string()).collect();
        let once: BTreeSet<_> = listed.iter().cloned().collect();
        prop_assert_eq!(once.len(), listed.len());
        prop_assert!(names.is_subset(&once));
    }

    #[test]
    fn events_between_two_times_are_those_of_a_scan_the_newest_first(
        kind in store(),
        waits in prop::collection::vec(1..5_u64, 1..20),
        (from, until) in (0..60_u64, 0..60_u64),
        size in 1..7_u32,
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let begin = world.now();
        for (number, wait) in waits.iter().enumerate() {
            world.later(std::time::Duration::from_millis(*wait));
            world.price_type(&firm, &format!("Price {number}"));
        }
        let at = |millis: u64| begin + std::time::Duration::from_millis(millis);
        let filter = EventFilter { since: Some(at(from)), until: Some(at(until)), ..EventFilter::default() };
        let listed = pages(size, |paging| world.events().list(firm.admin, &filter, paging).unwrap(), || {});
        let mut scanned = world.history(firm.admin);
        scanned.retain(|event| event.at >= at(from) && event.at < at(until));
        scanned.reverse();
        prop_assert_eq!(listed, scanned);
    }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn a_search_finds_what_a_scan_finds(
        kind in store(),
        names in prop::collection::vec((name(), name()), 1..10),
        queries in prop::collection::vec(prop_oneof![name(), "[ab] [ab]", "zeta", "b[0-9]", " ", "example q"], 12),
        size in 1..4_u32,
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        for (number, (legal, trade)) in names.iter().enumerate() {
            customer(&world, &firm, number, legal, trade);
        }
        let all = every_page(|paging| world.customers().list(firm.admin, None, paging).unwrap());
        for query in queries {
            let asked = words(&query);
            let found = pages(size, |paging| world.customers().search(firm.admin, &query, &CustomerFilter::default(), paging).unwrap(), || {});
            let once: BTreeSet<_> = found.iter().map(|customer| customer.id).collect();
            prop_assert_eq!(once.len(), found.len(), "none comes twice for `{}`", query);
            let scanned = all.iter().filter(|customer| {
                let optional = customer.trade_name.iter().map(ToString::to_string);
                let names = [&customer.legal_name, &customer.contact].map(ToString::to_string);
                let phone = customer.phone.iter().map(ToString::to_string);
                let texts = [customer.email.to_string()].into_iter().chain(phone).chain(names);
                let own: Vec<_> = texts.chain(optional).flat_map(|text| words(&text)).collect();
                !asked.is_empty() && asked.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
            });
            prop_assert_eq!(once, scanned.map(|customer| customer.id).collect(), "`{}`", query);
        }
    }
}
