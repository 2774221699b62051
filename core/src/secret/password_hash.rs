//! What is stored of a password: an Argon2id hash that names its own cost.

use std::fmt;

use argon2::{Algorithm, Params, Version, password_hash::phc};

use crate::error::{Code, Error, Result};

/// What hashing a password costs whoever does it: the library once, a thief at every guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashingCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl HashingCost {
    /// 19 MiB, two passes, one lane: what the OWASP Password Storage Cheat Sheet asks of Argon2id (RFC 9106).
    pub const DEFAULT: HashingCost = HashingCost { memory_kib: 19_456, passes: 2, lanes: 1 };

    /// The least that the algorithm can do: some microseconds. For the tests of a host; a stolen hash of this
    /// cost is as good as the password.
    pub const INSECURE_FOR_TESTS: HashingCost = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };

    /// The cheapest of the settings that OWASP calls equal: 7 MiB in five passes.
    const LEAST_MEMORY: u32 = 7_168;
    const LEAST_WORK: u64 = 7_168 * 5;
    /// 1 GiB, 16 passes, 16 lanes: beyond it, a login stalls the machine.
    const MOST: HashingCost = HashingCost { memory_kib: 1_048_576, passes: 16, lanes: 16 };

    /// Memory in KiB, passes over it, and lanes. Lanes are worked on one after another, not in parallel.
    /// Errors: `policy_out_of_bounds` below 7 MiB or below the work of 7 MiB in five passes; above 1 GiB,
    /// 16 passes or 16 lanes; without a lane.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self> {
        let cost = HashingCost { memory_kib, passes, lanes };
        let work = u64::from(memory_kib) * u64::from(passes);
        if memory_kib < HashingCost::LEAST_MEMORY || work < HashingCost::LEAST_WORK || !cost.is_bearable() {
            let bounds =
                "from 7168 KiB in 5 passes, or as much work with more memory, to 1048576 KiB, 16 passes and 16 lanes";
            return Err(Error::because(Code::PolicyOutOfBounds, format!("hashing costs {bounds}, not `{cost}`")));
        }
        Ok(cost)
    }

    fn is_bearable(self) -> bool {
        let most = HashingCost::MOST;
        self.memory_kib <= most.memory_kib && self.passes <= most.passes && (1..=most.lanes).contains(&self.lanes)
    }

    pub(super) fn params(self) -> Result<Params> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None);
        params.map_err(|error| Error::because(Code::Internal, "a hashing cost is none").caused_by(error.to_string()))
    }
}

impl Default for HashingCost {
    fn default() -> Self {
        HashingCost::DEFAULT
    }
}

impl fmt::Display for HashingCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m={},t={},p={}", self.memory_kib, self.passes, self.lanes)
    }
}

/// An Argon2id hash as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(phc::PasswordHash);

impl PasswordHash {
    /// Reads the stored text. Errors: `corrupt` for anything but an Argon2id hash (version 19, with salt and
    /// hash) whose cost is within the upper bounds of [`HashingCost::new`].
    pub fn parse(text: &str) -> Result<Self> {
        let corrupt = || Error::because(Code::Corrupt, "a stored password hash is not one");
        let hash = PasswordHash(phc::PasswordHash::new(text).map_err(|_| corrupt())?);
        let algorithm =
            hash.0.algorithm == Algorithm::Argon2id.ident() && hash.0.version == Some(Version::V0x13.into());
        let complete = hash.0.salt.is_some() && hash.0.hash.is_some();
        let bearable = hash.cost().is_some_and(HashingCost::is_bearable);
        if algorithm && complete && bearable { Ok(hash) } else { Err(corrupt()) }
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    /// The cost that it was made with; `None` when it names none.
    pub(super) fn cost(&self) -> Option<HashingCost> {
        let params = Params::try_from(&self.0).ok()?;
        Some(HashingCost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
    }

    pub(super) fn phc(&self) -> &phc::PasswordHash {
        &self.0
    }
}

impl From<phc::PasswordHash> for PasswordHash {
    fn from(hash: phc::PasswordHash) -> Self {
        PasswordHash(hash)
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Made with the Argon2 reference implementation.
    const REFERENCE: &str = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    #[test]
    fn a_stored_hash_is_read_and_written_alike() {
        assert_eq!(PasswordHash::parse(REFERENCE).unwrap().to_text(), REFERENCE);
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        assert_eq!(format!("{:?}", PasswordHash::parse(REFERENCE).unwrap()), "PasswordHash(..)");
    }

    #[test]
    fn what_is_no_argon2id_hash_or_costs_too_much_is_corrupt() {
        let changes = [
            ("argon2id", "argon2i"),
            ("v=19", "v=16"),
            ("$v=19", ""),
            ("m=65536", "m=4294967295"),
            ("t=2", "t=4000000000"),
            ("p=1", "p=0"),
            ("p=1", "p=1000"),
            ("$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", ""),
            ("$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", ""),
            ("$c29tZXNhbHQ", "$c2"),
        ];
        for (from, to) in changes {
            let text = REFERENCE.replacen(from, to, 1);
            assert_ne!(text, REFERENCE);
            assert_eq!(PasswordHash::parse(&text).map(|_| ()).unwrap_err().code(), Code::Corrupt, "{text}");
        }
    }

    #[test]
    fn a_cost_stays_within_safe_bounds() {
        for (memory, passes, lanes) in
            [(19_456, 2, 1), (7_168, 5, 1), (9_216, 4, 1), (12_288, 3, 1), (47_104, 1, 1), (1_048_576, 16, 16)]
        {
            assert!(HashingCost::new(memory, passes, lanes).is_ok());
        }
        for (memory, passes, lanes) in [
            (7_167, 16, 1),
            (7_168, 4, 1),
            (19_456, 1, 1),
            (1_048_577, 2, 1),
            (19_456, 17, 1),
            (19_456, 2, 0),
            (19_456, 2, 17),
            (19_456, 0, 1),
        ] {
            let error = HashingCost::new(memory, passes, lanes).unwrap_err();
            assert_eq!(error.code(), Code::PolicyOutOfBounds, "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_hash_or_corrupt(text in "\\PC*|\\$argon2id\\$v=19\\$m=[0-9]{1,11},t=[0-9]{1,11},p=[0-9]{1,9}\\$[A-Za-z0-9+/]{0,70}\\$[A-Za-z0-9+/]{0,90}") {
            if let Err(error) = PasswordHash::parse(&text) {
                prop_assert_eq!(error.code(), Code::Corrupt);
            }
        }
    }
}
