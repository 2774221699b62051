//! The number that partners give to their clients: typed and pasted by people, so it tells a typo from an unknown one.

use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
    value::text_value,
};

/// The number of a partner account: 20 digits, of which the last checks the others (invariant 13).
///
/// ```
/// use handfast::{Code, partner::PartnerNumber};
///
/// let number = PartnerNumber::parse("5724 0000-1234 5678 9018")?;
/// assert_eq!(number.as_str(), "57240000123456789018");
/// assert_eq!(number.grouped(), "5724 0000 1234 5678 9018");
///
/// let mistyped = PartnerNumber::parse("5724 0000 1234 5678 9108").unwrap_err();
/// assert_eq!(mistyped.code(), Code::MistypedNumber);
/// assert_eq!(PartnerNumber::parse("5724").unwrap_err().code(), Code::NotAPartnerNumber);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerNumber(String);

/// The quasigroup of H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): a check digit by it finds every wrong
/// digit and every two neighbours that changed places.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl PartnerNumber {
    /// Digits (the article).
    pub const LENGTH: usize = 20;

    /// A number that nobody can guess: 19 random digits and their check digit.
    pub(crate) fn generate(random: &dyn Random) -> Result<Self> {
        let drawn = u128::from_be_bytes(random::bytes(random)?) % 10_u128.pow(19);
        let digits = format!("{drawn:019}");
        let check = check(&digits);
        Ok(PartnerNumber(format!("{digits}{check}")))
    }

    /// Reads 20 digits with whatever spaces and dashes between them.
    ///
    /// Errors: `required`, `not_a_partner_number` (something else than 20 digits), `mistyped_partner_number` (the check
    /// digit does not fit).
    pub fn parse(text: &str) -> Result<Self> {
        // four bytes for each digit leave room for every space and dash that people put between
        let typed = if text.len() <= 4 * PartnerNumber::LENGTH { text } else { "?" };
        let between = |typed: char| typed.is_whitespace() || matches!(typed, '-' | '\u{2010}'..='\u{2015}');
        let digits: String = typed.chars().filter(|typed| !between(*typed)).collect();
        if digits.is_empty() {
            return Err(Error::new(Code::Required));
        }
        if digits.len() != PartnerNumber::LENGTH || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(Error::new(Code::NotAPartnerNumber));
        }
        if check(&digits) == 0 { Ok(PartnerNumber(digits)) } else { Err(Error::new(Code::MistypedNumber)) }
    }

    /// The 20 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits in groups of four, as people read them.
    pub fn grouped(&self) -> String {
        let groups: Vec<_> = (0..PartnerNumber::LENGTH).step_by(4).filter_map(|at| self.0.get(at..at + 4)).collect();
        groups.join(" ")
    }
}

text_value!(PartnerNumber, as_str of 0);

/// The check digit of some digits; 0 for digits that end with theirs.
fn check(digits: &str) -> u8 {
    let digit = |byte: u8| usize::from(byte.wrapping_sub(b'0')) % 10;
    digits.bytes().fold(0, |interim, byte| DAMM[usize::from(interim)][digit(byte)])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_published_example() {
        assert_eq!(check("572"), 4);
        assert_eq!(check("5724"), 0);
    }

    #[test]
    fn what_is_no_number_is_told_from_what_is_mistyped() {
        let long = "1".repeat(10_000_000);
        for text in ["1", "5724 0000 1234 5678 901", "5724000012345678901x", "５7240000123456789011", &long] {
            assert_eq!(PartnerNumber::parse(text).unwrap_err().code(), Code::NotAPartnerNumber, "{text:.40}");
        }
        for text in ["", "  ", "- -"] {
            assert_eq!(PartnerNumber::parse(text).unwrap_err().code(), Code::Required);
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_and_two_swapped_ones_are_found(seed in any::<[u8; 16]>(), at in 0..19_usize, by in 1..10_u8) {
            let number = PartnerNumber::generate(&|bytes: &mut [u8]| {
                bytes.copy_from_slice(&seed);
                Ok(())
            }).unwrap();
            prop_assert_eq!(PartnerNumber::parse(&number.grouped()).unwrap(), number.clone());
            let mut digits = number.as_str().as_bytes().to_vec();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let wrong = PartnerNumber::parse(std::str::from_utf8(&digits).unwrap());
            prop_assert_eq!(wrong.unwrap_err().code(), Code::MistypedNumber);
            let mut digits = number.as_str().as_bytes().to_vec();
            digits.swap(at, at + 1);
            let swapped = PartnerNumber::parse(std::str::from_utf8(&digits).unwrap());
            prop_assert!(digits[at] == digits[at + 1] || swapped.unwrap_err().code() == Code::MistypedNumber);
        }
    }
}
