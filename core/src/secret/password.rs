//! Passwords as people choose them: long enough, and not the ones that are tried first.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::weakness::{Weakness, weakness};
use crate::error::{Code, Error, Result};

/// The least number of characters that a new password needs, from 8 to 64.
///
/// NIST SP 800-63B-4 (section 3.1.1.2) demands 15 where the password is the only factor and 8 where there is a
/// second one; OWASP ASVS 5.0 (6.2.1) recommends the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PasswordMinimum(u8);

impl PasswordMinimum {
    /// 15 characters: the password alone opens the door.
    pub const SINGLE_FACTOR: PasswordMinimum = PasswordMinimum(15);
    /// 8 characters: only where a second factor is always asked for.
    pub const WITH_SECOND_FACTOR: PasswordMinimum = PasswordMinimum(8);

    /// Errors: `policy_out_of_bounds` outside 8 to 64.
    pub fn new(characters: u8) -> Result<Self> {
        match characters {
            8..=64 => Ok(PasswordMinimum(characters)),
            _ => {
                let message = format!("a password needs at least 8 to 64 characters, not `{characters}`");
                Err(Error::because(Code::PolicyOutOfBounds, message))
            }
        }
    }

    /// The number of characters.
    pub fn characters(self) -> usize {
        self.0.into()
    }
}

impl Default for PasswordMinimum {
    fn default() -> Self {
        PasswordMinimum::SINGLE_FACTOR
    }
}

/// A password that may be set: in Unicode normal form NFC, long enough, and not too easy to guess.
///
/// Any character counts, spaces too; nothing is trimmed and no kinds of characters are demanded (NIST
/// SP 800-63B-4, section 3.1.1.2). Wiped from memory when dropped.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Characters of the longest password.
    pub const LONGEST: usize = 256;

    /// Takes a password that someone chose. `about` are words that others connect with that person: the name,
    /// the part of the address before the `@`, the company, the product. A password made of them is refused.
    ///
    /// Errors: `too_short`, `too_long`, `weak_password`.
    pub fn choose(text: &str, minimum: PasswordMinimum, about: &[&str]) -> Result<Self> {
        let too_long = || Error::because(Code::TooLong, format!("is longer than {} characters", Password::LONGEST));
        let normal = normalize(text).ok_or_else(too_long)?;
        long_enough(&normal, minimum)?;
        match weakness(&normal, about) {
            Some(weakness) => Err(weak(weakness)),
            None => Ok(Password(normal)),
        }
    }

    /// Takes a password that was accepted when it was chosen: to hash it anew, not to judge it again.
    ///
    /// Errors: `too_long`.
    pub(crate) fn accepted(text: &str) -> Result<Self> {
        normalize(text).map(Password).ok_or_else(|| Error::new(Code::TooLong))
    }

    /// Whether it is as long as that, too. Errors: `too_short`.
    pub(crate) fn must_have(&self, minimum: PasswordMinimum) -> Result<()> {
        long_enough(&self.0, minimum)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

fn long_enough(normal: &str, minimum: PasswordMinimum) -> Result<()> {
    if normal.chars().count() >= minimum.characters() {
        return Ok(());
    }
    Err(Error::because(Code::TooShort, format!("is shorter than {} characters", minimum.characters())))
}

fn weak(weakness: Weakness) -> Error {
    let reason = match weakness {
        Weakness::FewCharacters => "it holds too few different characters",
        Weakness::Repetition => "it repeats itself",
        Weakness::Common => "it is made of common passwords and sequences",
        Weakness::Breached => "it was stolen from someone before and is among the first that are tried",
        Weakness::Personal => "it is made of names and words about you",
    };
    Error::because(Code::WeakPassword, format!("is too easy to guess: {reason}"))
}

/// The text in NFC, or `None` when it is longer than any password.
pub(super) fn normalize(text: &str) -> Option<Zeroizing<String>> {
    // Written in parts, a character of up to four bytes can take four times as many. Longer input is not
    // worth looking at.
    if text.len() > 16 * Password::LONGEST {
        return None;
    }
    // NFC makes UTF-8 at most three times as long: room for all of it, so that no copy is left by growing.
    let mut normal = Zeroizing::new(String::with_capacity(3 * text.len()));
    normal.extend(text.nfc());
    (normal.chars().count() <= Password::LONGEST).then_some(normal)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choose(text: &str) -> Result<Password> {
        Password::choose(text, PasswordMinimum::SINGLE_FACTOR, &["Maria Keller", "maria.keller", "handfast"])
    }

    fn refusal(text: &str) -> (Code, String) {
        let error = choose(text).unwrap_err();
        (error.code(), error.message().to_owned())
    }

    #[test]
    fn length_counts_in_characters_of_the_normal_form() {
        assert!(choose("gut geölte türen").is_ok());
        assert_eq!(refusal("12 ölige Türen").0, Code::TooShort);
        // Nine letters, each written as a letter and an accent: 18 characters as typed, 9 as read.
        assert_eq!(
            refusal("a\u{308}e\u{308}i\u{308}o\u{308}u\u{308}y\u{308}c\u{301}n\u{301}s\u{301}").0,
            Code::TooShort
        );
        let longest: String = (1..=256_u32).filter_map(|at| char::from_u32(0x4E00 + 50 * at)).collect();
        assert!(choose(&longest).is_ok());
        assert_eq!(refusal(&format!("{longest}.")).0, Code::TooLong);
        assert_eq!(refusal(&"kfwpzq".repeat(2_000_000)).0, Code::TooLong);
    }

    #[test]
    fn the_same_password_is_the_same_however_it_was_typed() {
        let (composed, decomposed) = ("die t\u{fc}r f\u{e4}llt zu", "die tu\u{308}r fa\u{308}llt zu");
        assert_eq!(choose(composed).unwrap().bytes(), choose(decomposed).unwrap().bytes());
    }

    #[test]
    fn a_refusal_says_why() {
        assert_eq!(
            refusal("Passw0rd-123456!"),
            (Code::WeakPassword, "is too easy to guess: it is made of common passwords and sequences".into())
        );
        assert!(refusal("WonderWoman-2024!").1.ends_with("among the first that are tried"));
        assert!(refusal("Maria-Handfast-1").1.ends_with("names and words about you"));
        assert!(refusal("xvkpqwmxvkpqwmxvkpqwm").1.ends_with("repeats itself"));
        assert!(refusal("               ").1.ends_with("too few different characters"));
    }

    #[test]
    fn the_minimum_has_bounds() {
        assert_eq!([7, 8, 64, 65].map(|least| PasswordMinimum::new(least).is_ok()), [false, true, true, false]);
        assert_eq!(PasswordMinimum::new(7).unwrap_err().code(), Code::PolicyOutOfBounds);
        assert!(Password::choose("kfwpzq7x", PasswordMinimum::WITH_SECOND_FACTOR, &[]).is_ok());
    }

    #[test]
    fn neither_debug_nor_errors_show_the_password() {
        assert_eq!(format!("{:?}", choose("correct horse battery").unwrap()), "Password(..)");
        for text in ["short zebra", "Zebra-Password-123", "zebrazebrazebra", &"zebra".repeat(100)] {
            let Err(error) = choose(text) else { continue };
            assert!(!format!("{error} {error:?}").to_lowercase().contains("zebra"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_password_or_has_a_reason(text in "\\PC{0,300}", about in "\\PC{0,20}") {
            match Password::choose(&text, PasswordMinimum::SINGLE_FACTOR, &[&about]) {
                Ok(password) => prop_assert!(password.bytes().len() <= 4 * Password::LONGEST),
                Err(error) => prop_assert!(
                    matches!(error.code(), Code::TooShort | Code::TooLong | Code::WeakPassword), "{}", error
                ),
            }
        }

        #[test]
        fn random_letters_are_never_weak(text in "[a-z]{20,60}") {
            // Among 20 random letters, 6 different ones that belong to no word or sequence are all but certain.
            prop_assert!(choose(&text).is_ok());
        }
    }
}
