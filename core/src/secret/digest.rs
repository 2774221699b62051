//! Keyed hashes: what is stored of a code or token instead of the code or token.

use std::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use hmac::Mac as _;
use subtle::ConstantTimeEq as _;

use super::{
    keyring::Keyring,
    purpose::Purpose,
    subkeys::{KeyId, Subkeys},
};
use crate::error::{Code, Error, Result};

/// HMAC-SHA256 (RFC 2104) of a secret and of what it belongs to, with the id of the key that made it.
///
/// Stored as `key_id.base64url`, 52 characters. Two digests can be compared with `==`; whether something
/// presented fits a digest is asked of [`Keyring::matches`], which takes the same time whatever the answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest {
    key: KeyId,
    mac: [u8; 32],
}

impl Digest {
    /// Characters of the stored text: key id, point, 32 bytes in base64.
    pub const TEXT_LENGTH: usize = 8 + 1 + 43;

    /// Reads the stored text. Errors: `corrupt`.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let (key, mac) = text.split_once('.').filter(|_| text.len() == Digest::TEXT_LENGTH)?;
            let mac = BASE64_URL_SAFE_NO_PAD.decode(mac).ok()?;
            Some(Digest { key: KeyId::parse(key)?, mac: mac.try_into().ok()? })
        };
        read().ok_or_else(|| Error::because(Code::Corrupt, "a stored digest is not one"))
    }

    /// The text to store. It reveals nothing without the root key, but belongs in no log either.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}.", self.key);
        BASE64_URL_SAFE_NO_PAD.encode_string(self.mac, &mut text);
        text
    }

    /// The key that made it.
    pub fn key(&self) -> KeyId {
        self.key
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({}..)", self.key)
    }
}

impl Keyring {
    /// The digest of `parts` under the active key. Where one part ends and the next begins counts too.
    pub fn digest(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        digest(self.active_key(), purpose, parts)
    }

    /// The digest under every key, the active one first: a lookup must find what a retired key stored.
    pub fn digests(&self, purpose: Purpose, parts: &[&[u8]]) -> Vec<Digest> {
        self.keys().map(|key| digest(key, purpose, parts)).collect()
    }

    /// Whether `stored` was made for `purpose` of exactly these `parts`, in constant time.
    /// False when its key is not in the keyring.
    pub fn matches(&self, stored: &Digest, purpose: Purpose, parts: &[&[u8]]) -> bool {
        self.key(stored.key).is_some_and(|key| digest(key, purpose, parts).mac.ct_eq(&stored.mac).into())
    }
}

fn digest(key: &Subkeys, purpose: Purpose, parts: &[&[u8]]) -> Digest {
    let mut mac = key.digest.of(purpose).clone();
    frame(parts, |bytes| mac.update(bytes));
    Digest { key: key.id, mac: mac.finalize().into_bytes().into() }
}

/// Gives each part with its length (64 bits, big-endian) before it, so that different parts never look the same.
pub(super) fn frame(parts: &[&[u8]], mut put: impl FnMut(&[u8])) {
    for part in parts {
        put(&(part.len() as u64).to_be_bytes());
        put(part);
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::secret::RootKey;

    fn key(byte: u8) -> RootKey {
        RootKey::new([byte; 32]).unwrap()
    }

    fn ring() -> Keyring {
        Keyring::new(key(1)).unwrap()
    }

    /// Computed outside Rust. If this fails, every digest stored so far has become worthless.
    #[test]
    fn the_stored_format_never_changes() {
        let bytes = std::array::from_fn(|at| at as u8);
        let keyring = Keyring::new(RootKey::new(bytes).unwrap()).unwrap();
        let digest = keyring.digest(Purpose::Code, &[b"maria@example.com", b"12345678"]);
        assert_eq!(digest.to_text(), "f286902a.eRiMNap7W76XI1QZ81M4ICY64HjE5vl-3R94QmLlbGc");
    }

    #[test]
    fn the_split_into_parts_counts() {
        let splits: [&[&[u8]]; 6] = [&[b"ab", b"c"], &[b"a", b"bc"], &[b"abc"], &[b"abc", b""], &[b"", b"abc"], &[]];
        for (at, split) in splits.iter().enumerate() {
            for other in &splits[at + 1..] {
                assert_ne!(ring().digest(Purpose::Code, split), ring().digest(Purpose::Code, other));
            }
        }
    }

    #[test]
    fn a_digest_of_one_purpose_matches_no_other() {
        for made in Purpose::ALL {
            let digest = ring().digest(made, &[b"token"]);
            for asked in Purpose::ALL {
                assert_eq!(ring().matches(&digest, asked, &[b"token"]), made == asked);
            }
        }
    }

    #[test]
    fn a_retired_key_still_matches_until_it_is_left_out() {
        let digest = ring().digest(Purpose::MailToken, &[b"token"]);
        let rotated = Keyring::new(key(2)).unwrap().with_retired(key(1)).unwrap();
        assert!(rotated.matches(&digest, Purpose::MailToken, &[b"token"]));
        assert!(!rotated.matches(&digest, Purpose::MailToken, &[b"other"]));
        assert!(!Keyring::new(key(2)).unwrap().matches(&digest, Purpose::MailToken, &[b"token"]));
    }

    #[test]
    fn a_lookup_asks_for_the_digest_of_every_key_the_active_first() {
        let rotated = Keyring::new(key(2)).unwrap().with_retired(key(1)).unwrap();
        let active = rotated.digest(Purpose::MailToken, &[b"token"]);
        let retired = ring().digest(Purpose::MailToken, &[b"token"]);
        assert_eq!(rotated.digests(Purpose::MailToken, &[b"token"]), [active, retired]);
    }

    #[test]
    fn debug_shows_the_key_id_alone() {
        let digest = ring().digest(Purpose::Code, &[b"12345678"]);
        assert_eq!(format!("{digest:?}"), format!("Digest({}..)", ring().active()));
    }

    proptest! {
        #[test]
        fn stored_text_round_trips(parts in vec(vec(any::<u8>(), 0..40), 0..4)) {
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            let digest = ring().digest(Purpose::Call, &parts);
            prop_assert_eq!(digest.to_text().len(), Digest::TEXT_LENGTH);
            prop_assert_eq!(Digest::parse(&digest.to_text()).unwrap(), digest);
        }

        #[test]
        fn other_text_is_corrupt_or_written_the_same(text in "\\PC*|[0-9a-fA-F]{8}\\.[A-Za-z0-9_-]{43}") {
            match Digest::parse(&text) {
                Ok(digest) => prop_assert_eq!(digest.to_text(), text),
                Err(error) => prop_assert_eq!(error.code(), Code::Corrupt),
            }
        }

        #[test]
        fn different_parts_have_different_digests(
            one in vec(vec(0u8..3, 0..3), 0..3), other in vec(vec(0u8..3, 0..3), 0..3)
        ) {
            let digest = |parts: &[Vec<u8>]| {
                ring().digest(Purpose::Code, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
            };
            prop_assert_eq!(digest(&one) == digest(&other), one == other);
        }
    }
}
