//! The codes of authenticator apps: RFC 6238 with the values every app knows (SHA-1, 6 digits, 30 seconds).

use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    random::{self, Random},
    secret::{Keyring, Purpose, Sealed},
};

/// Seconds for which a code is shown.
const STEP: u64 = 30;
/// Steps that the clock of a phone may be off, either way (RFC 6238, 5.2).
const DRIFT: u64 = 1;

/// What a phone and the library share: 160 random bits (RFC 4226, 4, R6). Wiped from memory when dropped.
pub(super) struct Seed(Zeroizing<[u8; 20]>);

impl Seed {
    /// A new seed. Errors: `no_randomness`.
    pub(super) fn generate(random: &dyn Random) -> Result<Self> {
        Ok(Seed(Zeroizing::new(random::bytes(random)?)))
    }

    /// The seed as it is stored: readable only with the root key, and only as this login's. Errors: `no_randomness`.
    pub(super) fn sealed(&self, keyring: &Keyring, random: &dyn Random, login: Id<Login>) -> Result<Sealed> {
        keyring.seal(random, Purpose::TotpSeed, &[login.uuid().as_bytes()], self.0.as_slice())
    }

    /// Reads a stored seed. Errors: `key_missing`, `corrupt`.
    pub(super) fn open(keyring: &Keyring, sealed: &Sealed, login: Id<Login>) -> Result<Self> {
        let plain = keyring.open(sealed, Purpose::TotpSeed, &[login.uuid().as_bytes()])?;
        let mut seed = Zeroizing::new([0; 20]);
        if plain.len() != seed.len() {
            return Err(Error::new(Code::Corrupt));
        }
        seed.copy_from_slice(&plain);
        Ok(Seed(seed))
    }

    /// The step that a code belongs to, if the code is right about now and its step comes after `last`.
    pub(super) fn step_of(&self, code: &str, now: Timestamp, last: i64) -> Option<i64> {
        let totp = Builder::new().with_secret(*self.0).with_skew(0).build_noncompliant();
        let step = now.millis().unsigned_abs() / 1_000 / STEP;
        let fits = |step: &u64| i64::try_from(*step).is_ok_and(|step| step > last);
        let mut steps = (step.saturating_sub(DRIFT)..=step + DRIFT).filter(fits);
        let found = steps.find(|step| totp.check(code, step * STEP).is_some())?;
        i64::try_from(found).ok()
    }

    /// The seed as one types it into an app that cannot scan.
    pub(super) fn base32(&self) -> String {
        totp_rs::Secret::from(*self.0).to_base32()
    }

    /// The `otpauth` address that an app scans.
    pub(super) fn uri(&self, issuer: &str, account: &str) -> Result<String> {
        let unwritable = |error: totp_rs::TotpError| {
            Error::because(Code::Internal, "the address of an authenticator app cannot be written")
                .caused_by(format!("{error:?}"))
        };
        self.named(issuer, account).map_err(unwritable)?.to_url().map_err(unwritable)
    }

    fn named(&self, issuer: &str, account: &str) -> Result<Totp, totp_rs::TotpError> {
        // a colon is what ends the issuer
        let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
        Builder::new().with_secret(*self.0).with_issuer(Some(issuer)).with_account_name(account).build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of both RFCs.
    fn seed() -> Seed {
        Seed(Zeroizing::new(*b"12345678901234567890"))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[test]
    fn the_vectors_of_rfc_4226_appendix_d() {
        let codes =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (step, code) in codes.into_iter().enumerate() {
            let step = i64::try_from(step).unwrap();
            assert_eq!(seed().step_of(code, at(30 * step), -1), Some(step), "{code}");
        }
    }

    /// The RFC lists eight digits; six are their end.
    #[test]
    fn the_vectors_of_rfc_6238_appendix_b() {
        let vectors = [
            (59, "287082", 0x1),
            (1_111_111_109, "081804", 0x23523EC),
            (1_111_111_111, "050471", 0x23523ED),
            (1_234_567_890, "005924", 0x273EF07),
            (2_000_000_000, "279037", 0x3F940AA),
            (20_000_000_000, "353130", 0x27BC86AA),
        ];
        for (seconds, code, step) in vectors {
            assert_eq!(seed().step_of(code, at(seconds), -1), Some(step), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_right_one_step_early_and_one_step_late_and_no_further() {
        // step 4 lasts from 120 to 150
        let right = |seconds| seed().step_of("338314", at(seconds), -1);
        assert_eq!([89, 90, 120, 150, 179, 180].map(right), [None, Some(4), Some(4), Some(4), Some(4), None]);
        let edge = |millis| seed().step_of("338314", Timestamp::from_millis(millis), -1);
        assert_eq!([89_999, 179_999].map(edge), [None, Some(4)]);
    }

    #[test]
    fn no_code_is_right_at_or_before_the_last_accepted_step() {
        assert_eq!(seed().step_of("338314", at(120), 3), Some(4));
        assert_eq!(seed().step_of("338314", at(120), 4), None);
        assert_eq!(seed().step_of("969429", at(120), 4), None);
        assert_eq!(seed().step_of("254676", at(120), 4), Some(5));
    }

    #[test]
    fn what_is_no_code_is_never_right() {
        for text in ["", " ", "\0", "338", "+38314", "3383140", "٣٣٨٣١٤", "338 314", &"3".repeat(1_000_000)] {
            assert_eq!(seed().step_of(text, at(120), -1), None, "{text:.10}");
        }
    }

    #[test]
    fn the_address_holds_what_an_app_needs() {
        assert_eq!(
            seed().uri("Lonja: flores", "inés+x@nandu.example").unwrap(),
            "otpauth://totp/Lonja%20%20flores:in%C3%A9s%2Bx%40nandu.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Lonja%20%20flores"
        );
        assert_eq!(seed().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_sealed_seed_opens_only_as_its_own_logins() {
        let keyring = Keyring::generate(&random::SystemRandom).unwrap();
        let (own, other) = (Id::first_at(at(1)), Id::first_at(at(2)));
        let sealed = seed().sealed(&keyring, &random::SystemRandom, own).unwrap();
        assert_eq!(Seed::open(&keyring, &sealed, own).unwrap().0, seed().0);
        assert_eq!(Seed::open(&keyring, &sealed, other).err().map(|error| error.code()), Some(Code::Corrupt));
    }
}
