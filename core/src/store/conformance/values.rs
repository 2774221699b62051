//! What goes in comes out.

use rust_decimal::Decimal;

use super::{
    Article, Facts, Sample, Sealed,
    subject::{Subject, article, id, sample},
};
use crate::{clock::Timestamp, store::Store};

fn full(number: i64, decimal: Decimal, facts: &str) -> Sample {
    let facts = Facts::new(facts);
    Sample {
        truth: true,
        decimal,
        facts: facts.clone(),
        some_truth: Some(true),
        some_number: Some(7),
        some_time: Some(Timestamp::MAX),
        some_shop: Some(id(0xffff_ffff_ffff >> 1)),
        some_text: Some("ñandú".into()),
        some_decimal: Some(decimal),
        some_facts: Some(facts),
        some_sealed: Some(Sealed::new("c2VhbGVk")),
        ..sample(number)
    }
}

/// A row of every type of column comes back as it was written: JSON with its spaces and the order of its keys,
/// so that an unchanged value never looks changed; decimals with all their digits.
pub fn every_type_of_column_comes_back_as_written(store: &dyn Store) {
    let subject = Subject::new(store);
    let decimals = [
        Decimal::ZERO,
        Decimal::ONE,
        Decimal::new(-125, 1),
        Decimal::MAX,
        Decimal::MIN,
        Decimal::new(1, 28),
        Decimal::new(1_000_000, 0),
    ];
    let facts = r#"{"b": [1, 2.50, null],  "a": {"ñ": "\u0001\"é"}, "a ": 1e2}"#;
    let samples: Vec<_> = decimals.iter().zip(1..).map(|(decimal, number)| full(number, *decimal, facts)).collect();
    subject.insert(&samples);
    for sample in samples {
        assert_eq!(subject.get(sample.id), Some(sample));
    }
}

/// An optional column of any type can hold nothing.
pub fn every_type_of_column_may_be_empty(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[sample(1)]);
    assert_eq!(subject.get(id(1)), Some(sample(1)));
}

/// Numbers keep all 64 bits, and times every millisecond from 1970 to 9999.
pub fn the_least_and_the_greatest_numbers_come_back(store: &dyn Store) {
    let subject = Subject::new(store);
    let numbers = [i64::MIN, i64::MIN + 1, -1, 0, 1, (1 << 53) + 1, i64::MAX - 1, i64::MAX];
    let times = [Timestamp::MIN, Timestamp::from_millis(1), Timestamp::from_millis(999), Timestamp::MAX];
    let pairs = numbers.iter().zip(times.iter().cycle()).zip(1..);
    let samples: Vec<_> = pairs
        .map(|((number, time), at)| Sample { number: *number, some_number: Some(*number), time: *time, ..sample(at) })
        .collect();
    subject.insert(&samples);
    for sample in samples {
        assert_eq!(subject.get(sample.id), Some(sample));
    }
}

/// Text is not normalised, trimmed, cut, folded or interpreted.
pub fn text_comes_back_byte_for_byte(store: &dyn Store) {
    let subject = Subject::new(store);
    let texts = [
        " around ",
        "\u{e9} e\u{301}",
        "'; --",
        "\"\\ $1 ?1 :a %s {0}",
        "line\r\nline\t\u{1}\u{7f}\u{85}",
        "\u{feff}\u{202e}\u{200d}",
        "👩\u{200d}🚀 𐐷 \u{10ffff} \u{fffd}",
        "NULL",
        "0012.50",
    ];
    let notes = texts.iter().zip(1..).map(|(text, number)| noted(number, text));
    subject.insert(&notes.collect::<Vec<_>>());
    for (text, number) in texts.iter().zip(1..) {
        assert_eq!(subject.get(id(number)), Some(noted(number, text)));
    }
}

/// Text of length zero is a value: it is not NULL, it fills a unique key and a list, and it can be found by them.
pub fn empty_text_is_not_nothing(store: &dyn Store) {
    let subject = Subject::new(store);
    let empty = |number| Article { note: Some(String::new()), code: Some(String::new()), ..article(number, "") };
    subject.insert(&[empty(1)]);
    assert_eq!(subject.get(id(1)), Some(empty(1)));
    assert_eq!(subject.find(Article::by_code(id(1), "")), Some(empty(1)));
    assert_eq!(subject.list(&Article::of_shop(id(1))), [empty(1)]);
    let twin = subject.commit(Vec::new(), vec![super::subject::insert(&empty(2))]);
    assert_eq!(twin, super::subject::duplicate::<Article>("by_code"));
}

/// A megabyte of text comes back whole, by key and in a list.
pub fn a_megabyte_of_text_comes_back(store: &dyn Store) {
    let subject = Subject::new(store);
    let text: String = "lamp ñ 灯 \n".chars().cycle().take(1 << 20).collect();
    subject.insert(&[noted(1, &text)]);
    assert!(subject.get(id(1)) == Some(noted(1, &text)), "by key");
    assert!(subject.list(&Article::of_shop(id(1))) == [noted(1, &text)], "in a list");
}

fn noted(number: i64, text: &str) -> Article {
    Article { note: Some(text.to_owned()), ..article(number, "lamp") }
}
