//! Names within a course: of itself and of its parts, of signals, and of their fields.

use crate::{
    error::{Code, Error, Result},
    value::text_value,
};

/// Characters of a name.
const LIMIT: usize = 60;

/// The name of a course, a section or an item, by which progress is kept: it stays when everything else of the item is
/// written anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CourseKey(String);

/// The name of a kind of fact that is reported: `client_linked`, `shop.order_placed`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignalName(String);

/// The name of one field of a signal: `company`, `order.currency`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName(String);

impl CourseKey {
    /// Reads 1 to 60 small letters, digits, `-` and `_`, of which the first is a letter or a digit. Errors: `required`,
    /// `too_long`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        let marked = |byte| matches!(byte, b'-' | b'_');
        let message = "holds more than small letters, digits, `-` and `_`, or begins with a mark";
        checked(input, |text| is_word(text, |byte| is_small(byte) || byte.is_ascii_digit(), marked), message)
            .map(CourseKey)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SignalName {
    /// Reads 1 to 60 characters: words of small letters, digits and `_` that begin with a letter, with a dot between
    /// them. Errors: `required`, `too_long`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        dotted(input).map(SignalName)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FieldName {
    /// Reads what [`SignalName::parse`] reads. Errors: `required`, `too_long`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        dotted(input).map(FieldName)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(CourseKey, as_str of 0);
text_value!(SignalName, as_str of 0);
text_value!(FieldName, as_str of 0);

fn dotted(input: &str) -> Result<String> {
    let message = "holds more than words of small letters, digits and `_` with dots between them";
    let inner = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    checked(input, |text| text.split('.').all(|word| is_word(word, is_small, inner)), message)
}

fn checked(input: &str, fits: impl Fn(&str) -> bool, otherwise: &str) -> Result<String> {
    match input.len() {
        0 => Err(Error::new(Code::Required)),
        _ if input.len() > LIMIT => Err(Error::because(Code::TooLong, format!("is longer than {LIMIT} characters"))),
        _ if fits(input) => Ok(input.to_owned()),
        _ => Err(Error::because(Code::ForbiddenCharacter, otherwise)),
    }
}

/// Whether it begins with a `first` and goes on with those or with `more`.
fn is_word(text: &str, first: impl Fn(u8) -> bool, more: impl Fn(u8) -> bool) -> bool {
    text.bytes().next().is_some_and(&first) && text.bytes().all(|byte| first(byte) || more(byte))
}

fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_small_and_begins_with_no_mark() {
        for good in ["a", "certified-partner", "2fa", "link_it", &"a".repeat(60)] {
            assert_eq!(CourseKey::parse(good).unwrap().as_str(), good);
        }
        for (bad, code) in [
            ("", Code::Required),
            ("-a", Code::ForbiddenCharacter),
            ("A", Code::ForbiddenCharacter),
            ("a b", Code::ForbiddenCharacter),
            ("ä", Code::ForbiddenCharacter),
            ("a.b", Code::ForbiddenCharacter),
            (&"a".repeat(61), Code::TooLong),
        ] {
            assert_eq!(CourseKey::parse(bad).expect_err(bad).code(), code);
        }
    }

    #[test]
    fn a_signal_is_named_by_words_with_dots_between_them() {
        for good in ["a", "client_linked", "shop.order_placed", "a1.b2"] {
            assert_eq!(SignalName::parse(good).unwrap().to_string(), good);
            assert_eq!(FieldName::parse(good).unwrap().to_string(), good);
        }
        for bad in ["1a", ".a", "a.", "a..b", "a-b", "_a", "a._b", "Client", " a", "a\0"] {
            assert_eq!(SignalName::parse(bad).expect_err(bad).code(), Code::ForbiddenCharacter);
            assert!(FieldName::parse(bad).is_err());
        }
    }
}
