//! Temporary passwords: made by the library, sent by mail, typed in once.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// Crockford's base 32 without anything that is misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a group; groups are separated by dashes.
const GROUP: usize = 5;

/// 100 random bits as four groups of five characters: `7k2mq-x4v9d-...`. Nobody guesses one, so a keyed hash of it is
/// kept as of a token, and not the slow hash that people's own passwords need.
///
/// Wiped from memory when dropped.
pub struct TemporaryPassword(Zeroizing<String>);

impl TemporaryPassword {
    /// Characters that count.
    pub const LENGTH: usize = 20;

    /// A new one. Errors: `no_randomness`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        let bytes = Zeroizing::new(random::bytes::<{ TemporaryPassword::LENGTH }>(random)?);
        let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
        Ok(TemporaryPassword(Zeroizing::new(letters.map(|letter| char::from(*letter)).collect())))
    }

    /// Reads one as people type it: in capitals or not, with dashes and spaces or without; O is taken as 0, I and L as
    /// 1. Errors: `wrong_password` for whatever none looks like, which is what a wrong one answers too.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::new(Code::WrongPassword);
        // twice the length leaves room for every separator that people put in
        if text.len() > 2 * TemporaryPassword::LENGTH {
            return Err(wrong());
        }
        let typed = text.chars().filter(|typed| !typed.is_whitespace() && *typed != '-');
        let mut letters = Zeroizing::new(String::with_capacity(2 * TemporaryPassword::LENGTH));
        letters.extend(typed.map(|typed| match typed.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        }));
        let known = letters.bytes().all(|letter| ALPHABET.contains(&letter));
        match letters.len() == TemporaryPassword::LENGTH && known {
            true => Ok(TemporaryPassword(letters)),
            false => Err(wrong()),
        }
    }

    /// The characters themselves: to take the digest of, for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The same in groups: to put into a mail.
    pub fn grouped(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * TemporaryPassword::LENGTH));
        for (at, letter) in self.0.char_indices() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }
}

impl fmt::Debug for TemporaryPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemporaryPassword(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn it_is_read_as_people_type_it() {
        let made = TemporaryPassword::generate(&SystemRandom).unwrap();
        let grouped = made.grouped();
        assert_eq!(grouped.len(), TemporaryPassword::LENGTH + 3);
        for typed in [grouped.to_string(), grouped.to_uppercase(), format!(" {} ", grouped.replace('-', " "))] {
            assert_eq!(TemporaryPassword::parse(&typed).unwrap().expose(), made.expose());
        }
    }

    #[test]
    fn what_is_empty_short_or_long_is_none() {
        let blank = " ".repeat(20);
        let long = "a".repeat(21);
        for text in ["", " ", "\0", &blank, &long, &long[..19], "uuuuuuuuuuuuuuuuuuuu", &"a".repeat(10_000)] {
            assert_eq!(TemporaryPassword::parse(text).unwrap_err().code(), Code::WrongPassword, "{text:?}");
        }
        assert_eq!(TemporaryPassword::parse("OIL00OIL00OIL00OIL00").unwrap().expose(), "01100011000110001100");
    }

    #[test]
    fn debug_shows_nothing() {
        let made = TemporaryPassword::generate(&SystemRandom).unwrap();
        assert_eq!(format!("{made:?}"), "TemporaryPassword(..)");
    }
}
