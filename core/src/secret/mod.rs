//! Keys, codes, tokens and passwords: made, kept as hashes or ciphertext, and never shown.
//!
//! A [`Keyring`] holds the root keys. From each it derives one key per [`Purpose`], so that what was made
//! for one purpose means nothing to another. A [`Digest`] is what is stored of a [`Token`] or [`PinCode`];
//! [`Sealed`] is what is stored of something that has to be read again; a [`PasswordHash`] is what is
//! stored of a [`Password`]. All of them but the password hash name their key, so that keys can be replaced:
//! make the new root key the active one and keep the old one as retired for as long as anything made with it lives.
//!
//! ```
//! use handfast::{SystemRandom, secret::{Keyring, Purpose, RootKey, Token}};
//!
//! let old = || RootKey::parse("Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis=");
//! let keyring = Keyring::new(old()?)?;
//! let token = Token::generate(&SystemRandom)?;
//! let stored = keyring.digest(Purpose::MailToken, &[b"invitation", token.expose().as_bytes()]);
//!
//! // Later, with another active key, the link of an old mail still works, and for nothing else.
//! let keyring = Keyring::generate(&SystemRandom)?.with_retired(old()?)?;
//! let presented = Token::parse(token.expose())?;
//! assert!(keyring.matches(&stored, Purpose::MailToken, &[b"invitation", presented.expose().as_bytes()]));
//! assert!(!keyring.matches(&stored, Purpose::MailToken, &[b"reset", presented.expose().as_bytes()]));
//! # Ok::<_, handfast::Error>(())
//! ```

mod crockford;
mod digest;
mod gate;
mod hasher;
mod key_file;
mod keyring;
mod link_slug;
mod password;
mod password_hash;
mod pin_code;
mod purpose;
mod recovery_code;
mod root_key;
mod sealed;
mod subkeys;
mod temporary_password;
mod token;
mod weakness;

pub(crate) use crockford::{ALPHABET, value_of};
pub use digest::Digest;
pub use hasher::{Hasher, Verdict};
pub use keyring::Keyring;
pub use link_slug::LinkSlug;
pub use password::{Password, PasswordMinimum};
pub use password_hash::{HashingCost, PasswordHash};
pub use pin_code::{PinCode, PinLength};
pub use purpose::Purpose;
pub use recovery_code::RecoveryCode;
pub use root_key::RootKey;
pub use sealed::Sealed;
pub use subkeys::KeyId;
pub use temporary_password::TemporaryPassword;
pub use token::Token;
