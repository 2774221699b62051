//! Sealed values: what has to be read again, encrypted, and bound to the place where it is stored.

use std::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chacha20poly1305::{
    XNonce,
    aead::{Aead as _, Payload},
};
use zeroize::Zeroizing;

use super::{digest::frame, keyring::Keyring, purpose::Purpose, subkeys::KeyId};
use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// Bytes of an XChaCha20 nonce: long enough to be drawn at random for every value.
const NONCE: usize = 24;
/// Bytes of a Poly1305 tag, which is all that an empty plaintext leaves.
const TAG: usize = 16;

/// A value encrypted with XChaCha20-Poly1305, with the id of the key that sealed it.
///
/// Stored as `key_id.base64url`, of nonce and ciphertext. Its length reveals that of the plaintext.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    key: KeyId,
    nonce: [u8; NONCE],
    ciphertext: Vec<u8>,
}

impl Sealed {
    /// Reads the stored text. Errors: `corrupt`.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let (key, bytes) = text.split_once('.')?;
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(bytes).ok()?;
            let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE>().filter(|(_, rest)| rest.len() >= TAG)?;
            Some(Sealed { key: KeyId::parse(key)?, nonce: *nonce, ciphertext: ciphertext.to_vec() })
        };
        read().ok_or_else(corrupt)
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        format!("{}.{}", self.key, BASE64_URL_SAFE_NO_PAD.encode([&self.nonce, self.ciphertext.as_slice()].concat()))
    }

    /// The key that sealed it.
    pub fn key(&self) -> KeyId {
        self.key
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({}..)", self.key)
    }
}

impl Keyring {
    /// Encrypts `plaintext` under the active key. It opens again only for the same `purpose` and `context`:
    /// name there the record and field it is stored in, so that it cannot be moved to another.
    /// Errors: `no_randomness`.
    pub fn seal(&self, random: &dyn Random, purpose: Purpose, context: &[&[u8]], plaintext: &[u8]) -> Result<Sealed> {
        let key = self.active_key();
        let nonce = random::bytes::<NONCE>(random)?;
        let payload = Payload { msg: plaintext, aad: &framed(context) };
        let ciphertext = key.seal.of(purpose).encrypt(&XNonce::from(nonce), payload);
        // Only more than 256 GiB at once cannot be encrypted.
        let ciphertext = ciphertext.map_err(|_| Error::because(Code::Internal, "a value cannot be sealed"))?;
        Ok(Sealed { key: key.id, nonce, ciphertext })
    }

    /// Decrypts. Errors: `key_missing` when its key is not in the keyring; `corrupt` when it was changed,
    /// or was sealed for another purpose or context.
    pub fn open(&self, sealed: &Sealed, purpose: Purpose, context: &[&[u8]]) -> Result<Zeroizing<Vec<u8>>> {
        let key = self.key(sealed.key).ok_or_else(|| {
            Error::because(Code::KeyMissing, format!("the root key `{}` is not in the keyring", sealed.key))
        })?;
        let payload = Payload { msg: &sealed.ciphertext, aad: &framed(context) };
        let plaintext = key.seal.of(purpose).decrypt(&XNonce::from(sealed.nonce), payload);
        plaintext.map(Zeroizing::new).map_err(|_| corrupt())
    }
}

fn framed(context: &[&[u8]]) -> Vec<u8> {
    let mut framed = Vec::new();
    frame(context, |bytes| framed.extend_from_slice(bytes));
    framed
}

fn corrupt() -> Error {
    Error::because(Code::Corrupt, "a sealed value cannot be opened")
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{random::SystemRandom, secret::RootKey};

    fn key(byte: u8) -> RootKey {
        RootKey::new([byte; 32]).unwrap()
    }

    fn ring() -> Keyring {
        Keyring::new(key(1)).unwrap()
    }

    fn seal(plaintext: &[u8]) -> Sealed {
        ring().seal(&SystemRandom, Purpose::Mail, &[b"mail", b"7"], plaintext).unwrap()
    }

    fn code_of<T: fmt::Debug>(result: Result<T>) -> Code {
        result.unwrap_err().code()
    }

    #[test]
    fn it_opens_for_its_own_purpose_and_context_alone() {
        let sealed = seal(b"12345678");
        assert_eq!(*ring().open(&sealed, Purpose::Mail, &[b"mail", b"7"]).unwrap(), b"12345678");
        assert_eq!(code_of(ring().open(&sealed, Purpose::Mail, &[b"mail", b"8"])), Code::Corrupt);
        assert_eq!(code_of(ring().open(&sealed, Purpose::Mail, &[b"mai", b"l7"])), Code::Corrupt);
        assert_eq!(code_of(ring().open(&sealed, Purpose::Code, &[b"mail", b"7"])), Code::Corrupt);
    }

    #[test]
    fn the_same_value_is_never_sealed_alike() {
        assert_ne!(seal(b"12345678"), seal(b"12345678"));
    }

    #[test]
    fn a_retired_key_still_opens_until_it_is_left_out() {
        let sealed = seal(b"12345678");
        let rotated = Keyring::new(key(2)).unwrap().with_retired(key(1)).unwrap();
        assert_eq!(*rotated.open(&sealed, Purpose::Mail, &[b"mail", b"7"]).unwrap(), b"12345678");
        let without = Keyring::new(key(2)).unwrap();
        assert_eq!(code_of(without.open(&sealed, Purpose::Mail, &[b"mail", b"7"])), Code::KeyMissing);
    }

    #[test]
    fn debug_shows_the_key_id_alone() {
        assert_eq!(format!("{:?}", seal(b"12345678")), format!("Sealed({}..)", ring().active()));
    }

    /// Sealed outside Rust. If this fails, nothing sealed so far can be opened.
    #[test]
    fn the_stored_format_never_changes() {
        let keyring = Keyring::new(RootKey::new(std::array::from_fn(|at| at as u8)).unwrap()).unwrap();
        let sealed =
            Sealed::parse("f286902a.ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7AGPq0Km-rmt0U0hO0Yt98iubJxb8kSpq").unwrap();
        assert_eq!(*keyring.open(&sealed, Purpose::Mail, &[b"mail", b"7"]).unwrap(), b"12345678");
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_also_from_its_text(plaintext in vec(any::<u8>(), 0..200)) {
            let sealed = Sealed::parse(&seal(&plaintext).to_text()).unwrap();
            prop_assert_eq!(&*ring().open(&sealed, Purpose::Mail, &[b"mail", b"7"]).unwrap(), &plaintext);
        }

        #[test]
        fn a_changed_one_never_opens(
            plaintext in vec(any::<u8>(), 0..50), at in any::<prop::sample::Index>(), change in 1u8..
        ) {
            let sealed = seal(&plaintext);
            let mut bytes = [&sealed.nonce, sealed.ciphertext.as_slice()].concat();
            *at.get_mut(&mut bytes) ^= change;
            let changed = format!("{}.{}", sealed.key, BASE64_URL_SAFE_NO_PAD.encode(bytes));
            let changed = Sealed::parse(&changed).unwrap();
            prop_assert_eq!(code_of(ring().open(&changed, Purpose::Mail, &[b"mail", b"7"])), Code::Corrupt);
        }

        #[test]
        fn a_shortened_one_never_opens(plaintext in vec(any::<u8>(), 0..50), left in any::<prop::sample::Index>()) {
            let text = seal(&plaintext).to_text();
            let opened = Sealed::parse(&text[..left.index(text.len())])
                .and_then(|sealed| ring().open(&sealed, Purpose::Mail, &[b"mail", b"7"]));
            prop_assert_eq!(code_of(opened), Code::Corrupt);
        }

        #[test]
        fn other_text_is_corrupt_or_written_the_same(text in "\\PC*|[0-9a-fA-F]{8}\\.[A-Za-z0-9_-]{50,80}") {
            match Sealed::parse(&text) {
                Ok(sealed) => prop_assert_eq!(sealed.to_text(), text),
                Err(error) => prop_assert_eq!(error.code(), Code::Corrupt),
            }
        }
    }
}
