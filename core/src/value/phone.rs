//! Telephone numbers.

use super::character;
use crate::error::{Code, Error, Result};

/// E.164 allows 15 digits; the rest is for an extension. Fewer than five is a service number.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=20;
/// Characters with everything that people put between digits.
const LIMIT: usize = 40;

/// A telephone number as it was typed; it is shown and searched, never dialled by the library, so that its
/// country's numbering plan is not checked.
///
/// ```
/// use handfast::value::Phone;
///
/// let phone = Phone::parse("+34 (91) 123-45.67")?;
/// assert_eq!(phone.as_str(), "+34 (91) 123-45.67");
/// assert_eq!(phone.digits(), "34911234567");
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads 5 to 20 ASCII digits with spaces, dots, dashes, slashes and round brackets between them and an optional
    /// `+` in front, 40 characters in all. Errors: `required`, `too_long`, `forbidden_character`, `not_a_phone`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::clean(input, LIMIT, &[])?;
        let number = text.strip_prefix('+').unwrap_or(&text);
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let known = number.chars().all(is_number_part);
        if known && DIGITS.contains(&digits) { Ok(Phone(text)) } else { Err(Error::new(Code::NotAPhone)) }
    }

    /// The number as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its digits alone: what search compares.
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }
}

/// Digits that no country's code and no trunk prefix leave out: a number that is looked for has at least so many.
const SHORTEST: usize = 5;
/// The digits of the longest country code (ITU-T E.164).
const COUNTRY: usize = 3;

/// The digits that a number is found by: all of them, and what is left without a country code of one to three digits.
///
/// ```
/// use handfast::value::{dialled, number_asked_for};
///
/// let known = dialled("+44 (0)20 7946 0958");
/// for typed in ["+442079460958", "0044 20 7946 0958", "020 7946-0958", "(020) 794"] {
///     let asked = number_asked_for(typed).unwrap_or_default();
///     assert!(known.iter().any(|known| known.starts_with(&asked)), "{typed}");
/// }
/// ```
pub fn dialled(number: &str) -> Vec<String> {
    let digits = significant(number);
    let without_code = (0..=COUNTRY).filter_map(|code| digits.get(code..));
    without_code.filter(|rest| rest.len() >= SHORTEST).map(str::to_owned).collect()
}

/// The digits of a text that is a telephone number, or the beginning of one, as somebody types it; `None` for any other.
pub fn number_asked_for(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = significant(text);
    let known = text.chars().enumerate().all(|(at, c)| is_number_part(c) || at == 0 && c == '+');
    (known && digits.len() >= SHORTEST).then_some(digits)
}

/// The digits without the prefixes that say from where it is dialled: `00`, and the trunk's `0`.
fn significant(number: &str) -> String {
    let digits: String = number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

const fn is_number_part(c: char) -> bool {
    matches!(c, '0'..='9' | ' ' | '.' | '-' | '/' | '(' | ')')
}

text_value!(Phone, as_str of 0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_typing() {
        for input in ["12345", "+1 555.010/0199", "(0034) 91 123 45 67", "+12345678901234567890"] {
            assert_eq!(Phone::parse(&format!(" {input} ")).unwrap().as_str(), input);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for input in ["1234", "123456789012345678901", "12345 ext 6", "1+2345678", "١٢٣٤٥٦", "++3412345", "()-+"]
        {
            assert_eq!(Phone::parse(input).expect_err(input).code(), Code::NotAPhone);
        }
    }
}
