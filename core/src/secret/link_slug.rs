//! The name of an invite link: printed, read aloud and typed in. It is no secret.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::crockford::{ALPHABET, value_of};
use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// 128 random bits as 26 characters of Crockford's base 32. It cannot be guessed, but it is printed and
/// passed on: whoever has it may file a request, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LinkSlug(u128);

impl LinkSlug {
    /// Characters of a slug.
    pub const LENGTH: usize = 26;

    /// A new slug. Errors: `no_randomness`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        Ok(LinkSlug(u128::from_be_bytes(random::bytes(random)?)))
    }

    /// Reads a slug in capitals or not; O is taken as 0, I and L as 1.
    /// Errors: `unknown_link` for whatever no slug looks like, which is what an unknown one answers too.
    pub fn parse(text: &str) -> Result<Self> {
        let unknown = || Error::new(Code::UnknownLink);
        if text.len() != LinkSlug::LENGTH {
            return Err(unknown());
        }
        let mut bits = 0_u128;
        for character in text.chars() {
            let value = value_of(character).ok_or_else(unknown)?;
            // 26 characters hold 130 bits: the first one must leave the topmost two empty.
            let shifted = bits.checked_mul(32).ok_or_else(unknown)?;
            bits = shifted | value;
        }
        Ok(LinkSlug(bits))
    }
}

impl TryFrom<String> for LinkSlug {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        LinkSlug::parse(&text)
    }
}

impl From<LinkSlug> for String {
    fn from(slug: LinkSlug) -> String {
        slug.to_string()
    }
}

impl fmt::Display for LinkSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let positions = (0..LinkSlug::LENGTH).rev();
        positions
            .map(|at| ALPHABET[(self.0 >> (5 * at)) as usize % 32])
            .try_for_each(|character| write!(f, "{character}"))
    }
}

impl fmt::Debug for LinkSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkSlug({self})")
    }
}

impl FromStr for LinkSlug {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        LinkSlug::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn it_is_written_like_every_crockford_number() {
        assert_eq!(LinkSlug(0).to_string(), "0".repeat(26));
        assert_eq!(LinkSlug(32 + 31).to_string(), format!("{}1z", "0".repeat(24)));
        assert_eq!(LinkSlug(u128::MAX).to_string(), format!("7{}", "z".repeat(25)));
    }

    #[test]
    fn capitals_and_what_is_misread_are_taken_as_meant() {
        let slug = LinkSlug::parse("01j0a1b1c0d1e1f1g0h1j1k100").unwrap();
        assert_eq!(LinkSlug::parse("OIJ0AlBLcOdiE1F1G0H1J1K1oO").unwrap(), slug);
        assert_eq!(slug.to_string(), "01j0a1b1c0d1e1f1g0h1j1k100");
    }

    #[test]
    fn what_no_slug_looks_like_is_unknown() {
        let (long, nul, above) = ("0".repeat(10_000_000), "\0".repeat(26), format!("8{}", "0".repeat(25)));
        let accents = "é".repeat(13);
        for text in ["", " ", &long, &long[..25], &long[..27], &nul, &above, &"u".repeat(26), &accents] {
            assert_eq!(LinkSlug::parse(text).unwrap_err().code(), Code::UnknownLink);
        }
    }

    #[test]
    fn two_generated_slugs_differ() {
        assert_ne!(LinkSlug::generate(&SystemRandom).unwrap(), LinkSlug::generate(&SystemRandom).unwrap());
    }

    proptest! {
        #[test]
        fn slugs_are_read_back(bits in any::<u128>()) {
            let text = LinkSlug(bits).to_string();
            prop_assert_eq!(text.len(), LinkSlug::LENGTH);
            prop_assert_eq!(LinkSlug::parse(&text).unwrap(), LinkSlug(bits));
            prop_assert_eq!(LinkSlug::parse(&text.to_uppercase()).unwrap(), LinkSlug(bits));
        }

        #[test]
        fn other_text_is_unknown_or_a_slug_in_another_spelling(text in "\\PC*|[0-7][0-9A-Za-z]{25}") {
            match LinkSlug::parse(&text) {
                Ok(slug) => {
                    let meant = text.to_lowercase().replace('o', "0").replace(['i', 'l'], "1");
                    prop_assert_eq!(slug.to_string(), meant);
                }
                Err(error) => prop_assert_eq!(error.code(), Code::UnknownLink),
            }
        }
    }
}
