//! Hashing and verifying passwords, as many at once as there are processors.

use std::{fmt, thread};

use argon2::{
    Algorithm, Argon2, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{self, phc},
};

use super::{
    gate::Gate,
    password::{Password, normalize},
    password_hash::{HashingCost, PasswordHash},
};
use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
};

/// What the verification of a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the password.
    Match,
    /// It is the password, but its hash has another cost than hashes have now: hash it again.
    MatchOldCost,
    /// It is not the password, or there is none.
    No,
}

/// Hashes and verifies passwords with Argon2id at one cost.
///
/// A hash takes tens of milliseconds and megabytes on purpose. No more of them run at once than there are
/// processors; other callers wait, so that a flood of logins cannot exhaust the memory. Call it outside of
/// every transaction.
pub struct Hasher {
    cost: HashingCost,
    gate: Gate,
}

impl Hasher {
    /// A hasher that lets as many hash at once as there are processors.
    pub fn new(cost: HashingCost) -> Self {
        let processors = thread::available_parallelism().map_or(1, |processors| processors.get());
        Hasher { cost, gate: Gate::new(processors) }
    }

    /// What new hashes cost.
    pub fn cost(&self) -> HashingCost {
        self.cost
    }

    /// The hash to store, with 16 bytes of salt (RFC 9106). Errors: `no_randomness`.
    pub fn hash(&self, random: &dyn Random, password: &Password) -> Result<PasswordHash> {
        let salt = random::bytes::<16>(random)?;
        self.run(password.bytes(), &salt).map(PasswordHash::from)
    }

    /// Whether `text` is the password of `stored`. Without one (nobody has this address) it does the same work
    /// before it says [`Verdict::No`], and so it does for text that is too long to be a password: the
    /// time it takes tells nobody whether an address is known.
    pub fn verify(&self, text: &str, stored: Option<&PasswordHash>) -> Result<Verdict> {
        match (normalize(text), stored) {
            (Some(password), Some(stored)) => self.compare(password.as_bytes(), stored),
            (password, _) => {
                let password = password.unwrap_or_default();
                self.run(password.as_bytes(), b"salt for no hash").map(|_| Verdict::No)
            }
        }
    }

    fn compare(&self, password: &[u8], stored: &PasswordHash) -> Result<Verdict> {
        let argon2 = self.argon2()?;
        let _place = self.gate.enter();
        // The cost is taken from the stored hash, and the hashes are compared in constant time.
        match argon2.verify_password(password, stored.phc()) {
            Ok(()) if stored.cost() == Some(self.cost) => Ok(Verdict::Match),
            Ok(()) => Ok(Verdict::MatchOldCost),
            Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::No),
            Err(error) => Err(cannot_hash(error)),
        }
    }

    fn run(&self, password: &[u8], salt: &[u8]) -> Result<phc::PasswordHash> {
        let argon2 = self.argon2()?;
        let _place = self.gate.enter();
        argon2.hash_password_with_salt(password, salt).map_err(cannot_hash)
    }

    fn argon2(&self) -> Result<Argon2<'static>> {
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, self.cost.params()?))
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Hasher::new(HashingCost::DEFAULT)
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("cost", &self.cost).finish_non_exhaustive()
    }
}

fn cannot_hash(error: password_hash::Error) -> Error {
    Error::because(Code::Internal, "a password cannot be hashed").caused_by(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::{random::SystemRandom, secret::PasswordMinimum};

    const TEXT: &str = "correct horse battery staple";

    fn hasher() -> Hasher {
        Hasher::new(HashingCost::INSECURE_FOR_TESTS)
    }

    fn password(text: &str) -> Password {
        Password::choose(text, PasswordMinimum::SINGLE_FACTOR, &[]).unwrap()
    }

    fn hash(hasher: &Hasher, text: &str) -> PasswordHash {
        let hash = hasher.hash(&SystemRandom, &password(text)).unwrap();
        PasswordHash::parse(&hash.to_text()).unwrap()
    }

    #[test]
    fn a_password_matches_its_own_hash_alone() {
        let stored = hash(&hasher(), TEXT);
        assert_eq!(hasher().verify(TEXT, Some(&stored)).unwrap(), Verdict::Match);
        for other in ["", " ", "\0", "Correct horse battery staple", "correct horse battery staple "] {
            assert_eq!(hasher().verify(other, Some(&stored)).unwrap(), Verdict::No);
        }
    }

    #[test]
    fn nothing_matches_where_there_is_no_hash() {
        for text in ["", TEXT] {
            assert_eq!(hasher().verify(text, None).unwrap(), Verdict::No);
        }
    }

    #[test]
    fn a_password_is_the_same_however_it_was_typed() {
        let (composed, decomposed) = ("die t\u{fc}r f\u{e4}llt zu", "die tu\u{308}r fa\u{308}llt zu");
        let stored = hash(&hasher(), composed);
        assert_eq!(hasher().verify(decomposed, Some(&stored)).unwrap(), Verdict::Match);
    }

    #[test]
    fn what_is_too_long_matches_nothing() {
        // The hash of the empty password, which is what stands in for the long one.
        let empty = PasswordHash::from(hasher().run(b"", b"some other salt.").unwrap());
        for text in ["x".repeat(257), "kfwpzq ".repeat(2_000_000)] {
            assert_eq!(hasher().verify(&text, Some(&empty)).unwrap(), Verdict::No);
        }
    }

    #[test]
    fn a_hash_of_another_cost_still_matches_and_asks_to_be_made_again() {
        let old = hash(&hasher(), TEXT);
        let now = Hasher::new(HashingCost::new(7_168, 5, 1).unwrap());
        assert_eq!(now.verify(TEXT, Some(&old)).unwrap(), Verdict::MatchOldCost);
        assert_eq!(now.verify("something else", Some(&old)).unwrap(), Verdict::No);
    }

    #[test]
    fn a_hash_names_algorithm_version_and_cost() {
        let text = hash(&Hasher::default(), TEXT).to_text();
        assert!(text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{text}");
    }

    #[test]
    fn two_hashes_of_one_password_differ_by_their_salt() {
        assert_ne!(hash(&hasher(), TEXT), hash(&hasher(), TEXT));
    }

    /// Made with the Argon2 reference implementation, of the password `password`.
    #[test]
    fn a_hash_made_elsewhere_matches() {
        let reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let stored = PasswordHash::parse(reference).unwrap();
        assert_eq!(Hasher::default().verify("password", Some(&stored)).unwrap(), Verdict::MatchOldCost);
    }

    #[test]
    fn an_unknown_address_costs_as_much_as_a_wrong_password() {
        let hasher = Hasher::default();
        let stored = hash(&hasher, TEXT);
        let long = "x".repeat(10_000_000);
        let wrong = quickest(|| hasher.verify("wrong", Some(&stored)));
        for time in [quickest(|| hasher.verify("wrong", None)), quickest(|| hasher.verify(&long, Some(&stored)))] {
            assert!(time > wrong / 4 && time < wrong * 4, "{time:?} is not about {wrong:?}");
        }
    }

    fn quickest(verify: impl Fn() -> Result<Verdict>) -> Duration {
        let time = || {
            let start = Instant::now();
            assert_eq!(verify().unwrap(), Verdict::No);
            start.elapsed()
        };
        (0..5).map(|_| time()).min().unwrap_or_default()
    }

    #[test]
    fn debug_shows_the_cost_alone() {
        assert_eq!(
            format!("{:?}", hasher()),
            "Hasher { cost: HashingCost { memory_kib: 8, passes: 1, lanes: 1 }, .. }"
        );
    }
}
