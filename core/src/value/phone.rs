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
        let known = number.chars().all(|c| matches!(c, '0'..='9' | ' ' | '.' | '-' | '/' | '(' | ')'));
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
