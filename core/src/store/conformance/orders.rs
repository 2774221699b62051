//! What comes before what.

use super::{
    Article, Sample,
    subject::{Subject, article, id, sample},
};
use crate::{
    clock::Timestamp,
    store::{Listing, Store},
};

fn numbers(subject: &Subject<'_>, listing: &Listing<Sample>) -> Vec<i64> {
    let both = [subject.list(listing), subject.paged(listing, 2)];
    let [all, paged] = both.map(|samples| samples.iter().map(|sample| sample.number).collect::<Vec<_>>());
    assert_eq!(all, paged);
    all
}

/// A list runs from the smallest to the largest, or the other way about.
pub fn a_list_runs_both_ways(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "c"), article(2, "a"), article(3, "b")]);
    assert_eq!(subject.serials(&Article::of_shop(id(1))), [2, 3, 1]);
    assert_eq!(subject.serials(&Article::of_shop(id(1)).descending()), [1, 3, 2]);
}

/// Rows of equal order come by their ids, in the direction of the list.
pub fn rows_of_equal_order_come_by_id(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[4, 2, 5, 1, 3].map(|number| article(number, "lamp")));
    assert_eq!(subject.serials(&Article::of_shop(id(1))), [1, 2, 3, 4, 5]);
    assert_eq!(subject.serials(&Article::of_shop(id(1)).descending()), [5, 4, 3, 2, 1]);
}

/// Where the first order column is equal the second decides, in the direction of the list.
pub fn a_second_column_orders_what_the_first_leaves_equal(store: &dyn Store) {
    let subject = Subject::new(store);
    let ranked = |number, rank, name| Article { rank, ..article(number, name) };
    subject.insert(&[ranked(1, 2, "a"), ranked(2, 1, "b"), ranked(3, 1, "c"), ranked(4, 1, "a"), ranked(5, 1, "b")]);
    assert_eq!(subject.serials(&Article::ranked(id(1))), [4, 2, 5, 3, 1]);
    assert_eq!(subject.serials(&Article::ranked(id(1)).descending()), [1, 3, 5, 2, 4]);
}

/// A list that declares no order runs by id.
pub fn a_list_without_an_order_runs_by_id(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[(3, "a"), (1, "c"), (2, "b")].map(|(number, name)| article(number, name)));
    assert_eq!(subject.serials(&Article::filed(id(1))), [1, 2, 3]);
    assert_eq!(subject.serials(&Article::filed(id(1)).descending()), [3, 2, 1]);
}

/// Text sorts by its UTF-8 bytes: no locale, no case, and characters beyond U+FFFF after all others.
pub fn text_sorts_by_its_bytes(store: &dyn Store) {
    let subject = Subject::new(store);
    let sorted = [
        "",
        " ",
        " b",
        "!",
        "-",
        "0",
        "10",
        "9",
        "A",
        "Z",
        "_",
        "a",
        "a b",
        "a-b",
        "aa",
        "a\u{301}",
        "b",
        "z",
        "~",
        "\u{85}",
        "É",
        "é",
        "ñ",
        "ñb",
        "ÿ",
        "ſ",
        "Ж",
        "ж",
        "क",
        "\u{e000}",
        "ﬁ",
        "\u{fffd}",
        "𐐷",
        "😀",
        "\u{10ffff}",
    ];
    let shuffled = (0..sorted.len()).map(|at| (at * 13) % sorted.len());
    let articles: Vec<_> = shuffled.zip(1..).map(|(at, number)| article(number, sorted[at])).collect();
    subject.insert(&articles);
    let names =
        |listing| subject.paged(&listing, 4).into_iter().map(|article: Article| article.name).collect::<Vec<_>>();
    assert_eq!(names(Article::of_shop(id(1))), sorted);
    let reversed: Vec<_> = sorted.into_iter().rev().collect();
    assert_eq!(names(Article::of_shop(id(1)).descending()), reversed);
}

/// Numbers sort by value: negative ones first, all 64 bits exact.
pub fn numbers_sort_by_value(store: &dyn Store) {
    let subject = Subject::new(store);
    let sorted = [i64::MIN, i64::MIN + 1, -10, -9, 0, 9, 10, 1 << 53, (1 << 53) + 1, i64::MAX - 1, i64::MAX];
    let samples = sorted.iter().rev().zip(1..).map(|(number, at)| Sample { number: *number, ..sample(at) });
    subject.insert(&samples.collect::<Vec<_>>());
    assert_eq!(numbers(&subject, &Sample::by_number(id(1))), sorted);
}

/// Times sort by when, truths with false first, ids by their bits.
pub fn times_truths_and_ids_sort_by_value(store: &dyn Store) {
    let subject = Subject::new(store);
    let (early, late) = (Timestamp::from_millis(999), Timestamp::from_millis(1_000));
    let highest = 0x7fff_ffff_ffff;
    let of = |number, truth, time, shop| Sample { truth, time, some_shop: Some(id(shop)), ..sample(number) };
    subject.insert(&[of(1, true, late, 3), of(2, false, Timestamp::MAX, 2), of(3, true, early, highest)]);
    assert_eq!(numbers(&subject, &Sample::by_time(id(1))), [3, 1, 2]);
    assert_eq!(numbers(&subject, &Sample::by_truth(id(1))), [2, 1, 3]);
    let of_shop = |number, shop| Sample { truth: true, shop: id(shop), ..sample(number) };
    subject.insert(&[of_shop(4, highest), of_shop(5, 0x10_0000), of_shop(6, 0x0f_ffff)]);
    assert_eq!(numbers(&subject, &Sample::by_shop(true)), [1, 3, 6, 5, 4]);
    assert_eq!(numbers(&subject, &Sample::by_shop(false)), [2]);
}
