//! What holds for every value alike.

use std::fmt::Debug;

use super::*;
use crate::{Code, Result};

/// Runs `$check::<T>(sample)` for every value that is written as one text.
macro_rules! for_every_value {
    ($check:ident) => {
        $check(Amount::parse, "12.5");
        $check(Country::parse, "ES");
        $check(EmailAddress::parse, "Ana@example.com");
        $check(Locale::parse, "en-US");
        $check(Name::parse, "Acme & Söhne");
        $check(Percent::parse, "-3.25");
        $check(Phone::parse, "+34 911 234 567");
        $check(TaxId::parse, "B-12345678");
        $check(Text::<50>::parse, "two\nlines");
        $check(TimeZone::parse, "Europe/Madrid");
        $check(Website::parse, "https://example.com/");
        $check(Weekday::parse, "monday");
    };
}

#[test]
fn nothing_and_blank_are_required() {
    fn check<T: Debug>(parse: impl Fn(&str) -> Result<T>, _: &str) {
        for blank in ["", " ", " \t\r\n ", "\u{a0}\u{3000}"] {
            assert_eq!(parse(blank).unwrap_err().code(), Code::Required, "{}", std::any::type_name::<T>());
        }
    }
    for_every_value!(check);
}

#[test]
fn controls_and_overrides_are_refused_wherever_they_stand() {
    fn check<T: Debug>(parse: impl Fn(&str) -> Result<T>, sample: &str) {
        for unseen in ["\0", "\u{1b}", "\u{7f}", "\u{9f}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}"] {
            let (head, tail) = sample.split_at(2);
            for text in [format!("{unseen}{sample}"), format!("{sample}{unseen}"), format!("{head}{unseen}{tail}")] {
                let error = parse(&text).expect_err(&text);
                assert!(!error.message().contains(unseen), "{error}");
            }
        }
        parse("\0").unwrap_err();
    }
    for_every_value!(check);
}

#[test]
fn ten_megabytes_are_refused_without_repeating_them() {
    fn check<T: Debug>(parse: impl Fn(&str) -> Result<T>, sample: &str) {
        for huge in ["a".repeat(10_000_000), "\0".repeat(10_000_000), sample.repeat(10_000_000 / sample.len())] {
            let error = parse(&huge).unwrap_err();
            assert!(error.to_string().len() < 200, "{error}");
        }
    }
    for_every_value!(check);
}

#[test]
fn a_value_goes_through_text_and_json_and_back() {
    fn check<T>(parse: impl Fn(&str) -> Result<T>, sample: &str)
    where
        T: Clone + Debug + PartialEq + TryFrom<String> + Into<String>,
        T: std::fmt::Display + std::str::FromStr + serde::Serialize + serde::de::DeserializeOwned,
    {
        let value = parse(sample).unwrap();
        assert_eq!(value.to_string(), sample);
        assert_eq!(sample.parse().ok(), Some(value.clone()));
        assert_eq!(T::try_from(sample.to_owned()).ok(), Some(value.clone()));
        assert_eq!(Into::<String>::into(value.clone()), sample);
        let json = serde_json::to_value(&value).unwrap();
        assert_eq!(json, serde_json::json!(sample));
        assert_eq!(serde_json::from_value::<T>(json).unwrap(), value);
        assert!(serde_json::from_value::<T>(serde_json::json!("\0")).is_err(), "reading checks");
    }
    for_every_value!(check);
}
