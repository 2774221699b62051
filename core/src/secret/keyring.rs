//! The keyring: the root key that everything new is made with, and the retired ones that are still understood.

use std::{fmt, path::Path};

use super::{
    key_file,
    root_key::RootKey,
    subkeys::{KeyId, Subkeys},
};
use crate::{
    error::{Code, Error, Result},
    random::Random,
};

/// One active root key, which makes everything new, and retired ones, which are still understood.
///
/// To replace the active key, give the new one to [`Keyring::new`] and the old one to
/// [`Keyring::with_retired`]. Once the old one is left out, what it made no longer matches or opens.
/// Root keys are dropped after the keys of every [`Purpose`](super::Purpose) were derived from them.
pub struct Keyring {
    active: Subkeys,
    retired: Vec<Subkeys>,
}

impl Keyring {
    /// A keyring of one active key.
    pub fn new(active: RootKey) -> Result<Self> {
        Ok(Keyring { active: Subkeys::derive(&active)?, retired: Vec::new() })
    }

    /// The same keyring, with a key that only matches and opens what it made before.
    /// Errors: `bad_key` when its id is in the keyring already.
    pub fn with_retired(mut self, retired: RootKey) -> Result<Self> {
        let retired = Subkeys::derive(&retired)?;
        if self.key(retired.id).is_some() {
            let message = format!("the root key `{}` stands in the keyring twice", retired.id);
            return Err(Error::because(Code::BadKey, message));
        }
        self.retired.push(retired);
        Ok(self)
    }

    /// A keyring of one new key that is kept nowhere: what it makes is lost with it.
    /// Errors: `no_randomness`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        Keyring::new(RootKey::generate(random)?)
    }

    /// Reads the key file at `path`, or makes it with one new key when there is none. Each line is a root key
    /// in base64, the active one first. Processes that start at once all get the same key.
    ///
    /// Errors: `bad_key` when the file holds no keys or others than its owner may use it, `no_randomness`,
    /// `store_full` when it cannot be written, `store_failed` when the file system fails.
    pub fn at(path: impl AsRef<Path>, random: &dyn Random) -> Result<Self> {
        let (active, retired) = key_file::read_or_create(path.as_ref(), random)?;
        retired.into_iter().try_fold(Keyring::new(active)?, Keyring::with_retired)
    }

    /// The id of the active key.
    pub fn active(&self) -> KeyId {
        self.active.id
    }

    /// The ids of the retired keys.
    pub fn retired(&self) -> impl Iterator<Item = KeyId> {
        self.retired.iter().map(|key| key.id)
    }

    pub(super) fn active_key(&self) -> &Subkeys {
        &self.active
    }

    /// Every key, the active one first.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Subkeys> {
        std::iter::once(&self.active).chain(&self.retired)
    }

    pub(super) fn key(&self, id: KeyId) -> Option<&Subkeys> {
        self.keys().find(|key| key.id == id)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let retired: Vec<_> = self.retired().collect();
        f.debug_struct("Keyring").field("active", &self.active()).field("retired", &retired).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> RootKey {
        RootKey::new([byte; 32]).unwrap()
    }

    #[test]
    fn a_key_id_is_the_same_in_every_keyring() {
        let alone = Keyring::new(key(1)).unwrap();
        let among_others = Keyring::new(key(2)).unwrap().with_retired(key(1)).unwrap();
        assert_eq!(among_others.retired().collect::<Vec<_>>(), [alone.active()]);
        assert_ne!(among_others.active(), alone.active());
    }

    #[test]
    fn a_key_stands_in_a_keyring_once() {
        let twice = Keyring::new(key(1)).unwrap().with_retired(key(1));
        assert_eq!(twice.unwrap_err().code(), Code::BadKey);
    }

    #[test]
    fn debug_shows_the_ids_alone() {
        let keyring = Keyring::new(key(1)).unwrap().with_retired(key(2)).unwrap();
        let ids: Vec<_> = keyring.keys().map(|key| key.id.to_string()).collect();
        assert_eq!(format!("{keyring:?}"), format!("Keyring {{ active: {}, retired: [{}], .. }}", ids[0], ids[1]));
    }
}
