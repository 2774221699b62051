//! Codes of a few digits, sent by mail and typed in.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// How many digits a code has, from 6 to 10.
///
/// Six random digits are the least that NIST SP 800-63A-4 allows for a confirmation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PinLength(u8);

impl PinLength {
    /// 8 digits: with 5 tries, one guess in 20 million succeeds.
    pub const DEFAULT: PinLength = PinLength(8);

    /// Errors: `policy_out_of_bounds` outside 6 to 10.
    pub fn new(digits: u8) -> Result<Self> {
        match digits {
            6..=10 => Ok(PinLength(digits)),
            _ => Err(Error::because(Code::PolicyOutOfBounds, format!("a code has 6 to 10 digits, not `{digits}`"))),
        }
    }

    /// The number of digits.
    pub fn digits(self) -> usize {
        self.0.into()
    }
}

impl Default for PinLength {
    fn default() -> Self {
        PinLength::DEFAULT
    }
}

/// Random digits that prove that someone reads a mailbox. Guessable, so its tries are counted.
///
/// Wiped from memory when dropped. Only its [`Digest`](super::Digest) is ever stored.
pub struct PinCode(Zeroizing<String>);

impl PinCode {
    /// A new code, each as likely as any other.
    /// Errors: `no_randomness`, also from a source that is plainly not random.
    pub fn generate(random: &dyn Random, length: PinLength) -> Result<Self> {
        let codes = 10_u64.pow(length.0.into());
        // Draws from the last, incomplete round of codes would favour the low ones: they are drawn again. At
        // most one draw in a thousand million is, so eight in a row mean a source that repeats itself.
        let complete = u64::MAX - u64::MAX % codes;
        for _ in 0..8 {
            let drawn = u64::from_be_bytes(random::bytes(random)?);
            if drawn < complete {
                return Ok(PinCode(Zeroizing::new(format!("{:0width$}", drawn % codes, width = length.digits()))));
            }
        }
        Err(Error::new(Code::NoRandomness))
    }

    /// Reads a code as people type it: spaces and dashes count for nothing.
    /// Errors: `wrong_code` for whatever no code looks like, which is what a wrong code answers too.
    pub fn parse(text: &str, length: PinLength) -> Result<Self> {
        let wrong = || Error::new(Code::WrongCode);
        // Four times the longest code leaves room for every separator that people put between digits.
        if text.len() > 40 {
            return Err(wrong());
        }
        let mut digits = Zeroizing::new(String::with_capacity(text.len()));
        digits.extend(text.chars().filter(|typed| !typed.is_whitespace() && *typed != '-'));
        let fits = digits.len() == length.digits() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if fits { Ok(PinCode(digits)) } else { Err(wrong()) }
    }

    /// The digits themselves: to put into a mail or to take the digest of, for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;
    use crate::random::SystemRandom;

    /// A source that gives these numbers one after another, and the last one for ever.
    fn draws(numbers: &'static [u64]) -> impl Random {
        let next = AtomicUsize::new(0);
        move |bytes: &mut [u8]| {
            let at = next.fetch_add(1, Ordering::Relaxed).min(numbers.len() - 1);
            bytes.copy_from_slice(&numbers[at].to_be_bytes());
            Ok(())
        }
    }

    #[test]
    fn small_numbers_keep_their_zeros_in_front() {
        assert_eq!(PinCode::generate(&draws(&[42]), PinLength::DEFAULT).unwrap().expose(), "00000042");
        assert_eq!(PinCode::generate(&draws(&[1_000_042]), PinLength(6)).unwrap().expose(), "000042");
    }

    #[test]
    fn a_draw_that_would_favour_low_codes_is_drawn_again() {
        // 2^64 leaves 9 551 616 when divided by 10^8.
        const REFUSED: u64 = u64::MAX - 9_551_615;
        let last = PinCode::generate(&draws(&[REFUSED - 1]), PinLength::DEFAULT).unwrap();
        assert_eq!(last.expose(), "99999999");
        let again = PinCode::generate(&draws(&[REFUSED, u64::MAX, 7]), PinLength::DEFAULT).unwrap();
        assert_eq!(again.expose(), "00000007");
    }

    #[test]
    fn a_source_that_repeats_itself_gives_no_code() {
        let stuck = PinCode::generate(&draws(&[u64::MAX]), PinLength::DEFAULT);
        assert_eq!(stuck.unwrap_err().code(), Code::NoRandomness);
    }

    #[test]
    fn every_digit_is_about_as_frequent() {
        let mut counts = [0_u32; 10];
        for _ in 0..2_000 {
            for digit in PinCode::generate(&SystemRandom, PinLength(10)).unwrap().expose().bytes() {
                counts[usize::from(digit - b'0')] += 1;
            }
        }
        // 20 000 digits: 2 000 each, with a standard deviation of 42; seven of them hold always.
        assert!(counts.iter().all(|count| count.abs_diff(2_000) < 300), "{counts:?}");
    }

    #[test]
    fn spaces_and_dashes_count_for_nothing() {
        for text in ["12345678", " 1234 5678\n", "1234-5678", "12 34-56\u{a0}78", "1 2 3 4 5 6 7 8"] {
            assert_eq!(PinCode::parse(text, PinLength::DEFAULT).unwrap().expose(), "12345678");
        }
    }

    #[test]
    fn what_no_code_looks_like_is_wrong() {
        let long = "1".repeat(10_000_000);
        for text in ["", " ", "-", "\0", "1234567", "123456789", "1234567a", "１２３４５６７８", "1234.5678", &long]
        {
            assert_eq!(PinCode::parse(text, PinLength::DEFAULT).unwrap_err().code(), Code::WrongCode, "{text:.20}");
        }
    }

    #[test]
    fn a_code_has_6_to_10_digits() {
        assert_eq!([5, 6, 10, 11].map(|digits| PinLength::new(digits).is_ok()), [false, true, true, false]);
        assert_eq!(PinLength::new(5).unwrap_err().code(), Code::PolicyOutOfBounds);
    }

    #[test]
    fn neither_debug_nor_errors_show_the_code() {
        let code = PinCode::parse("12345678", PinLength::DEFAULT).unwrap();
        assert_eq!(format!("{code:?}"), "PinCode(..)");
        let error = PinCode::parse("1234567", PinLength::DEFAULT).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("123"));
    }

    proptest! {
        #[test]
        fn generated_codes_are_read_back(digits in 6u8..=10) {
            let length = PinLength::new(digits).unwrap();
            let code = PinCode::generate(&SystemRandom, length).unwrap();
            let read = PinCode::parse(code.expose(), length).unwrap();
            prop_assert_eq!(read.expose(), code.expose());
        }

        #[test]
        fn other_text_is_a_code_or_wrong(text in "\\PC*|[0-9 -]{6,20}") {
            match PinCode::parse(&text, PinLength::DEFAULT) {
                Ok(code) => prop_assert_eq!(code.expose().len(), 8),
                Err(error) => prop_assert_eq!(error.code(), Code::WrongCode),
            }
        }
    }
}
