//! Recovery codes: what a person keeps on paper for the day the phone is lost.

use std::fmt;

use zeroize::Zeroizing;

use super::crockford::{ALPHABET, value_of};
use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// 120 random bits as 24 characters of Crockford's base 32, in six groups of four.
///
/// Nobody guesses one (OWASP ASVS 5.0, 6.5.2 asks for 112 bits where only a fast hash is stored). Wiped from memory when
/// dropped; only its [`Digest`](super::Digest) is ever stored.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// Characters of a code without the dashes between its groups.
    pub const LENGTH: usize = 24;

    /// A new code. Errors: `no_randomness`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        let bits = Zeroizing::new(u128::from_be_bytes(random::bytes(random)?));
        let mut text = Zeroizing::new(String::with_capacity(RecoveryCode::LENGTH));
        text.extend((0..RecoveryCode::LENGTH).map(|at| ALPHABET[(*bits >> (5 * at)) as usize % 32]));
        Ok(RecoveryCode(text))
    }

    /// Reads a code as people type it: in capitals or not, with whatever spaces and dashes.
    /// Errors: `wrong_code` for whatever no code looks like, which is what a wrong code answers too.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::new(Code::WrongCode);
        // four times as long leaves room for every separator that people put between characters
        if text.len() > 4 * RecoveryCode::LENGTH {
            return Err(wrong());
        }
        let mut code = Zeroizing::new(String::with_capacity(text.len()));
        for typed in text.chars().filter(|typed| !typed.is_whitespace() && *typed != '-') {
            let value = value_of(typed).ok_or_else(wrong)?;
            code.push(ALPHABET[value as usize]);
        }
        if code.len() == RecoveryCode::LENGTH { Ok(RecoveryCode(code)) } else { Err(wrong()) }
    }

    /// The characters without dashes: to take the digest of, for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The code as a person writes it down: `7kq2-...`.
    pub fn in_groups(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(RecoveryCode::LENGTH + 5));
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            text.push(character);
        }
        text
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_code_is_read_as_it_is_shown_however_it_is_typed() {
        let code = RecoveryCode::generate(&SystemRandom).unwrap();
        let shown = code.in_groups();
        assert_eq!(shown.len(), 29);
        let typed = [shown.to_uppercase(), shown.replace('-', " "), shown.replace('0', "O").replace('1', "l")];
        for text in typed {
            assert_eq!(RecoveryCode::parse(&text).unwrap().expose(), code.expose(), "{text}");
        }
    }

    #[test]
    fn what_is_empty_blank_or_far_too_long_is_no_code() {
        let (short, long) = ("0".repeat(23), "0".repeat(25));
        for text in ["", " ", "\0", "-", &short, &long, &"0".repeat(10_000_000), "u000-0000-0000-0000-0000-0000"] {
            assert_eq!(RecoveryCode::parse(text).unwrap_err().code(), Code::WrongCode);
        }
    }

    #[test]
    fn debug_does_not_show_the_code() {
        assert_eq!(format!("{:?}", RecoveryCode::generate(&SystemRandom).unwrap()), "RecoveryCode(..)");
    }

    proptest! {
        #[test]
        fn different_bits_make_different_codes(one in any::<[u8; 16]>(), other in any::<[u8; 16]>()) {
            let code = |bytes: [u8; 16]| {
                let random = move |buffer: &mut [u8]| { buffer.copy_from_slice(&bytes); Ok(()) };
                RecoveryCode::generate(&random).unwrap().expose().to_owned()
            };
            // the topmost eight bits are not used
            prop_assert_eq!(code(one) == code(other), one[1..] == other[1..]);
        }
    }
}
