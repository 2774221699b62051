use super::{TwoFactorState, totp::Seed};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    record,
    secret::{self, Digest, Purpose, Sealed},
    store::choice_columns,
    work::Work,
};

choice_columns!(TwoFactorState);

record! {
    /// The second factor of a login: an authenticator app.
    pub(crate) struct TwoFactor in "two_factor" {
        /// The id.
        id: Id<TwoFactor>,
        /// The login.
        login: Id<Login>,
        /// Where it stands.
        state: TwoFactorState,
        /// What the present app computes its codes from, sealed; `None` unless it is on.
        seed: Option<Sealed>,
        /// The same of an app that has not been confirmed yet.
        next_seed: Option<Sealed>,
        /// Until when that app can be.
        expires: Option<Timestamp>,
        /// The last step that was accepted of the present app: none is accepted at or before it.
        step: i64,
        /// Recovery codes that were not used yet.
        codes: i64,
        /// Since when it is on.
        since: Option<Timestamp>,
    }
    unique by_login(login: Id<Login>);
}

record! {
    /// A recovery code, as a keyed hash. A login has ten places for them; newer codes take the places of the older.
    pub(crate) struct StoredCode in "recovery_code" {
        /// The id.
        id: Id<StoredCode>,
        /// The login.
        login: Id<Login>,
        /// Its place, from 0.
        place: i64,
        /// The keyed hash of the login and the code.
        digest: Digest,
        /// When it was used.
        used: Option<Timestamp>,
    }
    unique by_place(login: Id<Login>, place: i64);
    unique by_digest(digest: &Digest);
}

impl TwoFactor {
    /// Of a login that has none.
    pub(super) fn off(work: &Work<'_>, login: Id<Login>) -> Result<Self> {
        let (state, id) = (TwoFactorState::Off, work.new_id()?);
        let (seed, next_seed, expires, since) = Default::default();
        Ok(TwoFactor { id, login, state, seed, next_seed, expires, step: 0, codes: 0, since })
    }

    /// Whether a code is asked for at sign-in.
    pub(crate) fn is_on(&self) -> bool {
        self.state.is_on()
    }

    /// The seed of the present app. Errors: `wrong_state`, `key_missing`, `corrupt`.
    pub(super) fn present(&self, work: &Work<'_>) -> Result<Seed> {
        self.open(work, self.seed.as_ref())
    }

    /// The seed of an app that waits for its first code. Errors: as for `present`.
    pub(super) fn waiting(&self, work: &Work<'_>) -> Result<Seed> {
        self.open(work, self.next_seed.as_ref())
    }

    fn open(&self, work: &Work<'_>, seed: Option<&Sealed>) -> Result<Seed> {
        let sealed = seed.ok_or_else(|| Error::new(Code::WrongState))?;
        Seed::open(work.handfast().keyring(), sealed, self.login)
    }
}

/// Recovery codes that a login has at once.
const CODES: i64 = 10;

impl StoredCode {
    /// Makes new codes in the places of the older ones, which are worth nothing from now on (invariant 12).
    pub(super) fn issue(work: &mut Work<'_>, factor: &mut TwoFactor) -> Result<Vec<secret::RecoveryCode>> {
        let (login, owner) = (factor.login, factor.login.uuid());
        let places: Vec<_> = (0..CODES).map(|place| StoredCode::by_place(login, place)).collect();
        let mut codes = Vec::with_capacity(places.len());
        for (place, old) in (0..).zip(work.get(places)?) {
            let code = secret::RecoveryCode::generate(work.handfast().random())?;
            let parts: [&[u8]; 2] = [owner.as_bytes(), code.expose().as_bytes()];
            let digest = work.handfast().keyring().digest(Purpose::RecoveryCode, &parts);
            match old {
                Some(old) => work.put(&StoredCode { digest, used: None, ..old }),
                None => work.insert(&StoredCode { id: work.new_id()?, login, place, digest, used: None }),
            }
            codes.push(code);
        }
        factor.codes = CODES;
        Ok(codes)
    }

    /// The digests that a code can be stored under, one for each key of the ring.
    pub(super) fn digests(work: &Work<'_>, login: Id<Login>, code: &secret::RecoveryCode) -> Vec<Digest> {
        let owner = login.uuid();
        let parts: [&[u8]; 2] = [owner.as_bytes(), code.expose().as_bytes()];
        work.handfast().keyring().digests(Purpose::RecoveryCode, &parts)
    }
}

/// Takes a login's second factor and its recovery codes away.
pub(crate) fn forget(work: &mut Work<'_>, login: Id<Login>) -> Result<()> {
    let places: Vec<_> = (0..CODES).map(|place| StoredCode::by_place(login, place)).collect();
    let (factor, codes) = work.get((TwoFactor::by_login(login), places))?;
    factor.into_iter().for_each(|factor| work.delete(factor.id));
    codes.into_iter().flatten().for_each(|code| work.delete(code.id));
    Ok(())
}
