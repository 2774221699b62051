//! What is derived from one root key, once, when it enters the keyring.

use std::fmt;

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hkdf::Hkdf;
use hmac::Hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{purpose::PerPurpose, root_key::RootKey};
use crate::error::{Code, Error, Result};

/// Which root key a digest or ciphertext was made with: 8 hexadecimal digits, no secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u32);

impl KeyId {
    /// Exactly 8 lower-case hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<KeyId> {
        let digits = text.len() == 8 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| u32::from_str_radix(text, 16).ok()).flatten().map(KeyId)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The keys of every purpose, derived from one root key with HKDF-SHA256 (RFC 5869).
///
/// Digests and ciphertexts of one purpose have keys of their own, so no key ever serves two algorithms.
/// Each hash state is kept with its key already worked in: a token is looked up at every request.
pub(super) struct Subkeys {
    pub(super) id: KeyId,
    pub(super) digest: PerPurpose<Hmac<Sha256>>,
    pub(super) seal: PerPurpose<XChaCha20Poly1305>,
}

impl Subkeys {
    pub(super) fn derive(root: &RootKey) -> Result<Self> {
        // The salt is no secret. It keeps these keys apart from those of another program on the same root key.
        let root = Hkdf::<Sha256>::new(Some(b"handfast"), root.bytes());
        Ok(Subkeys {
            id: KeyId(u32::from_be_bytes(*expand(&root, "key id", "")?)),
            digest: PerPurpose::new(|purpose| {
                let key = expand::<32>(&root, "digest: ", purpose.label())?;
                Hmac::new_from_slice(key.as_slice()).map_err(cannot_derive)
            })?,
            seal: PerPurpose::new(|purpose| {
                let key = expand::<32>(&root, "seal: ", purpose.label())?;
                XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(cannot_derive)
            })?,
        })
    }
}

fn expand<const N: usize>(root: &Hkdf<Sha256>, kind: &str, label: &str) -> Result<Zeroizing<[u8; N]>> {
    let mut key = Zeroizing::new([0; N]);
    root.expand_multi_info(&[kind.as_bytes(), label.as_bytes()], key.as_mut_slice()).map_err(cannot_derive)?;
    Ok(key)
}

fn cannot_derive(error: impl fmt::Display) -> Error {
    Error::because(Code::Internal, "a key cannot be derived").caused_by(error.to_string())
}
