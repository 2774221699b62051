//! Lists and searches answer as the store in memory does, whatever is asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use handfast::{
    store::{Cell, Direction, Memory, Query, Record, Row, Source, Store, ToCell, Write},
    value::words,
};
use proptest::prelude::*;
use support::*;

/// Where a page that ends with `row` ends.
fn position(query: &Query, row: &Row) -> Vec<Cell> {
    match &query.source {
        Source::Table | Source::Index(_) => {
            let index = query.index().unwrap();
            index.columns[index.fixed..].iter().map(|at| row.cells[*at].clone()).collect()
        }
        Source::Search { words: wanted, .. } => {
            let Cell::Text(name) = &row.cells[2] else { panic!("a name is text") };
            let own: BTreeSet<_> = words(name).into_iter().collect();
            let first = own.into_iter().find(|word| word.starts_with(&wanted[0])).unwrap();
            vec![Cell::Text(first), row.cells[0].clone()]
        }
    }
}

/// All pages, one after the other.
fn walk(store: &dyn Store, query: &Query) -> Vec<Row> {
    let (mut query, mut all) = (query.clone(), Vec::new());
    loop {
        let page = store.list(&query).unwrap();
        let Some(last) = page.last() else { return all };
        query.after = Some(position(&query, last));
        all.extend(page);
        assert!(all.len() < 100, "no row comes twice");
    }
}

fn query(source: Source, fixed: Vec<Cell>) -> Query {
    let (from, until, after) = (None, None, None);
    Query { table: Buyer::TABLE, source, fixed, from, until, after, direction: Direction::Ascending, limit: 3 }
}

/// Names of few words, so that many share one.
fn names() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof!["[ab]{1,3}", Just("Ñandú".to_owned()), Just("100%".to_owned()), Just("a_b".to_owned())];
    let name = prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "));
    prop::collection::vec(name, 1..24)
}

fn sources() -> impl Strategy<Value = Query> {
    let company = id::<Company>(1).to_cell();
    let time = || prop::option::of((0..250_i64).prop_map(Cell::Int));
    let index = (0..2_usize, time(), time(), any::<bool>(), any::<bool>());
    let indexed = index.prop_map({
        let company = company.clone();
        move |(at, from, until, descending, active)| {
            let fixed = if at == 0 { vec![company.clone()] } else { vec![company.clone(), active.to_cell()] };
            // the second index is ordered by name
            let bound = |cell: Option<Cell>| match cell {
                Some(Cell::Int(number)) if at == 1 => Some(Cell::Text(format!("a{}", number % 3))),
                other => other,
            };
            let direction = if descending { Direction::Descending } else { Direction::Ascending };
            Query { from: bound(from), until: bound(until), direction, ..query(Source::Index(at), fixed) }
        }
    });
    let wanted = prop::collection::vec(prop_oneof!["[ab]{1,2}", Just("nan".to_owned()), Just("100%".to_owned())], 1..4);
    let searched = wanted.prop_map(move |words| query(Source::Search { search: 0, words }, vec![company.clone()]));
    let whole = (0..26_u64, any::<bool>()).prop_map(|(from, descending)| {
        let direction = if descending { Direction::Descending } else { Direction::Ascending };
        Query { from: Some(id::<Buyer>(from).to_cell()), direction, ..query(Source::Table, vec![]) }
    });
    prop_oneof![indexed, searched, whole]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_page_is_the_page_of_the_store_in_memory(
        names in names(),
        queries in prop::collection::vec(sources(), 1..24),
        limit in 1..5_u32,
    ) {
        let Shop { store, folder: _folder } = Shop::open();
        let memory = Memory::new();
        let mut buyers: Vec<_> = names.iter().zip(1..).map(|(name, at)| buyer(at, &format!("{name} {at}"), None)).collect();
        let mut writes: Vec<Write> = buyers.iter().map(insert).collect();
        // every third is renamed, every fifth is gone, so that words are gained and lost
        for (at, buyer) in buyers.iter_mut().enumerate() {
            let renamed = Buyer { name: format!("bb {}", buyer.name.replace('a', "b")), active: at % 2 == 0, ..buyer.clone() };
            match at {
                at if at % 5 == 4 => writes.push(delete(1, buyer)),
                at if at % 3 == 2 => writes.push(update(1, buyer, &renamed)),
                _ => {}
            }
        }
        let all = changes(Vec::new(), writes);
        store.commit(all.clone()).unwrap();
        memory.commit(all).unwrap();
        for query in queries {
            let query = Query { limit, ..query };
            prop_assert_eq!(walk(&store, &query), walk(&memory, &query), "{:?}", query);
        }
    }
}

#[test]
fn a_rare_word_after_a_common_one_finds_what_the_store_in_memory_finds() {
    let Shop { store, folder: _folder } = Shop::open();
    let memory = Memory::new();
    let name = |at: u64| match at % 20 {
        7 => format!("Alexandros Bafiko {at}"),
        11 => format!("Bafi Alexandra Alexandros {at}"),
        _ => format!("Alexandros {at} Cebu"),
    };
    let all = changes(Vec::new(), (1..=80).map(|at| insert(&buyer(at, &name(at), None))).collect());
    store.commit(all.clone()).unwrap();
    memory.commit(all).unwrap();
    let company = id::<Company>(1).to_cell();
    for (words, found) in [
        (&["alexandros", "bafiko"][..], 4),
        (&["alexandr", "bafi"], 8),
        (&["alexandros", "cebu", "17"], 1),
        (&["alexandros", "nobody"], 0),
    ] {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let query = query(Source::Search { search: 0, words }, vec![company.clone()]);
        let rows = walk(&store, &query);
        assert_eq!(rows, walk(&memory, &query), "{query:?}");
        assert_eq!(rows.len(), found, "{query:?}");
    }
}

#[test]
fn rows_without_a_fixed_value_can_be_listed() {
    let Shop { store, folder: _folder } = Shop::open();
    commit(&store, vec![insert(&buyer(1, "Ann", None)), insert(&buyer(2, "Bob", Some("B-2")))]).unwrap();
    let company = id::<Company>(1).to_cell();
    for (tax_id, expected) in [(Cell::Null, 1), (cell("B-2"), 2)] {
        let rows = store.list(&query(Source::Index(2), vec![company.clone(), tax_id])).unwrap();
        assert_eq!(rows.iter().map(|row| row.id().clone()).collect::<Vec<_>>(), [id::<Buyer>(expected).to_cell()]);
    }
}

#[test]
fn a_position_that_does_not_fit_finds_nothing() {
    let Shop { store, folder: _folder } = Shop::open();
    commit(&store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    let company = vec![id::<Company>(1).to_cell()];
    let search = Source::Search { search: 0, words: vec!["an".to_owned()] };
    let strange = [vec![], vec![Cell::Null], vec![cell("a"), Cell::Null], vec![cell("a"), cell("b"), cell("c")]];
    for (source, after) in [Source::Index(0), search].iter().flat_map(|source| strange.iter().map(move |a| (source, a)))
    {
        let query = Query { after: Some(after.clone()), ..query(source.clone(), company.clone()) };
        // text sorts after every time, so only the bounds of the columns decide
        assert_eq!(store.list(&query).unwrap(), [], "{query:?}");
    }
}
