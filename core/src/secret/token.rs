//! Tokens: what stands in the links of mails and in sessions.

use std::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use zeroize::Zeroizing;

use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// 256 random bits as 43 characters of base64url (RFC 4648). Nobody guesses one, so it needs no limit of tries.
///
/// Wiped from memory when dropped. Only its [`Digest`](super::Digest) is ever stored.
pub struct Token(Zeroizing<String>);

impl Token {
    /// Characters of a token.
    pub const LENGTH: usize = 43;

    /// A new token. Errors: `no_randomness`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        let bytes = Zeroizing::new(random::bytes::<32>(random)?);
        Ok(Token(Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(*bytes))))
    }

    /// Reads a token that was presented. Errors: `unknown_token` for whatever no token looks like, which is
    /// what an unknown token answers too.
    pub fn parse(text: &str) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        // The length first: ten megabytes are not worth decoding.
        if text.len() != Token::LENGTH || BASE64_URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()).is_err() {
            return Err(Error::new(Code::UnknownToken));
        }
        Ok(Token(Zeroizing::new(text.to_owned())))
    }

    /// The token itself: to put into a link or to take the digest of, for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn two_generated_tokens_differ() {
        let (one, other) = (Token::generate(&SystemRandom).unwrap(), Token::generate(&SystemRandom).unwrap());
        assert_ne!(one.expose(), other.expose());
    }

    #[test]
    fn what_is_empty_blank_or_far_too_long_is_no_token() {
        let blank = " ".repeat(Token::LENGTH);
        let nul = "\0".repeat(Token::LENGTH);
        let long = "A".repeat(10_000_000);
        let padded = format!("{}=", "A".repeat(Token::LENGTH - 1));
        for text in ["", " ", "\0", &blank, &nul, &long, &padded, &long[..42], &long[..44]] {
            assert_eq!(Token::parse(text).unwrap_err().code(), Code::UnknownToken);
        }
    }

    #[test]
    fn neither_debug_nor_errors_show_the_token() {
        let token = Token::generate(&SystemRandom).unwrap();
        assert_eq!(format!("{token:?}"), "Token(..)");
        let error = Token::parse(&token.expose()[1..]).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&token.expose()[1..9]));
    }

    proptest! {
        #[test]
        fn generated_tokens_are_read_back(bytes in any::<[u8; 32]>()) {
            let random = move |buffer: &mut [u8]| { buffer.copy_from_slice(&bytes); Ok(()) };
            let token = Token::generate(&random).unwrap();
            let read = Token::parse(token.expose()).unwrap();
            prop_assert_eq!(read.expose(), token.expose());
            prop_assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(token.expose()).unwrap(), bytes);
        }

        #[test]
        fn other_text_is_unknown_or_a_token_as_it_stands(text in "\\PC*|[A-Za-z0-9_-]{43}") {
            match Token::parse(&text) {
                Ok(token) => prop_assert_eq!(token.expose(), text),
                Err(error) => prop_assert_eq!(error.code(), Code::UnknownToken),
            }
        }
    }
}
