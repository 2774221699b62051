//! The root key: 32 random bytes that everything else is derived from.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// 32 random bytes from which every other key is derived. Wiped from memory when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RootKey([u8; RootKey::LENGTH]);

impl RootKey {
    /// Bytes of a root key: the size of the SHA-256 output that HKDF works with (RFC 5869).
    pub const LENGTH: usize = 32;

    /// Takes the bytes of a key that the host keeps. They must be random: a pass phrase is not a key.
    /// Errors: `bad_key` when all are zero, as in a buffer that was never filled.
    pub fn new(bytes: [u8; RootKey::LENGTH]) -> Result<Self> {
        let key = RootKey(bytes);
        if key.0.iter().all(|byte| *byte == 0) {
            return Err(Error::because(Code::BadKey, "a root key of zeros was never filled with random bytes"));
        }
        Ok(key)
    }

    /// A new key. Errors: `no_randomness`; `bad_key` from a source that gives zeros.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        RootKey::new(random::bytes(random)?)
    }

    /// Reads base64 (RFC 4648, with padding), as `openssl rand -base64 32` prints it.
    /// Errors: `bad_key`.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || Error::because(Code::BadKey, "a root key is 32 bytes in base64");
        // The longest text worth decoding: 44 characters hold 32 bytes.
        if text.len() > 44 {
            return Err(bad());
        }
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(text).map_err(|_| bad())?);
        RootKey::new(bytes.as_slice().try_into().map_err(|_| bad())?)
    }

    /// The same as text, for the key file.
    pub(super) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_STANDARD.encode(self.0))
    }

    pub(super) fn bytes(&self) -> &[u8; RootKey::LENGTH] {
        &self.0
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_key_of_zeros_is_refused() {
        assert_eq!(RootKey::new([0; 32]).unwrap_err().code(), Code::BadKey);
        assert_eq!(RootKey::parse(&BASE64_STANDARD.encode([0; 32])).unwrap_err().code(), Code::BadKey);
    }

    #[test]
    fn a_source_of_zeros_makes_no_key() {
        let zeros = |bytes: &mut [u8]| {
            bytes.fill(0);
            Ok(())
        };
        assert_eq!(RootKey::generate(&zeros).unwrap_err().code(), Code::BadKey);
    }

    #[test]
    fn two_generated_keys_differ() {
        let (one, other) = (RootKey::generate(&SystemRandom).unwrap(), RootKey::generate(&SystemRandom).unwrap());
        assert_ne!(one.bytes(), other.bytes());
    }

    #[test]
    fn neither_debug_nor_errors_show_the_key() {
        let key = RootKey::new([0xAB; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "RootKey(..)");
        let short = BASE64_STANDARD.encode([0xAB; 31]);
        let error = RootKey::parse(&short).unwrap_err();
        assert!(!format!("{error:?} {error}").contains(&short[..8]));
    }

    proptest! {
        #[test]
        fn text_round_trips(bytes in prop::array::uniform32(1u8..)) {
            let text = RootKey::new(bytes).unwrap().to_text();
            let read = RootKey::parse(&text).unwrap();
            prop_assert_eq!(read.bytes(), &bytes);
        }

        #[test]
        fn any_text_is_a_key_or_a_bad_key(text in ".{0,64}") {
            if let Err(error) = RootKey::parse(&text) {
                prop_assert_eq!(error.code(), Code::BadKey);
            }
        }
    }
}
