//! Opening the library: where its data are, and how it is set up.

use std::{path::PathBuf, sync::Arc};

use handfast::{
    Builder, Code, Error, Handfast, Policy, Result, SystemRandom,
    mail::Brand,
    secret::{HashingCost, Keyring, RootKey},
    store::{Memory, Store},
};
use handfast_sqlite::SqliteStore;

use crate::{
    clock::ManualClock,
    failure::Failure,
    handle::Handle,
    log::{self, Logger},
    scalar::{Duration, Secret},
    shape::{Fits, choice, record},
};

choice! {
    /// What hashing a password costs.
    pub enum Hashing {
        /// What OWASP recommends: 19 MiB, two passes.
        Recommended = "recommended",
        /// Almost nothing: for the tests of a host. A stolen hash is as good as the password.
        InsecureForTests = "insecure_for_tests",
    }
}

choice! {
    /// Which counts when a visitor has opened the referral links of several partners.
    pub enum Touch of handfast::Touch {
        /// The one that was opened first, while it is good.
        First,
        /// The one that was opened last.
        Last,
    }
}

record! {
    /// The host's name, logo and sender.
    pub struct BrandInput into handfast::mail::BrandInput {
        /// The product's name in mails, at most 100 characters.
        product_name: String,
        /// The name that mails come from, at most 100 characters.
        sender_name: String,
        /// The address that mails come from.
        sender_address: String,
        /// The host's address on the web, `http` or `https`; links begin with it.
        base_url: String,
    } optional {
        /// A picture for the head of mails, `http` or `https`.
        logo_url: String,
    }
}

macro_rules! policy {
    ($($(#[doc = $doc:literal])+ $name:ident: $T:ty,)+) => {
        record! {
            /// The numbers that the library decides by, where they are not to be the usual ones.
            pub struct PolicyInput by hand {
            } optional {
                $($(#[doc = $doc])+ $name: $T,)+
            }
        }

        impl Fits<Policy> for PolicyInput {
            fn fit(self) -> Result<Policy> {
                let (mut policy, mut faults) = (Policy::default(), handfast::Faults::default());
                $(if let Some(number) = self.$name.and_then(|number| faults.check(stringify!($name), number.fit())) {
                    policy.$name = number;
                })+
                faults.finish().map(|()| policy)
            }
        }
    };
}

policy! {
    /// Digits of a code sent by mail: 6 to 10; 8 unless told.
    code_digits: u32,
    /// How long such a code is good: 10 minutes unless told.
    code_lifetime: Duration,
    /// Wrong tries before a code is spent: 5 unless told.
    code_attempts: u32,
    /// The least time between two codes to one address: a minute unless told.
    code_interval: Duration,
    /// Codes to one address at one company within an hour: 5 unless told.
    codes_per_address: u32,
    /// Codes that one company's link sends within an hour, to all addresses together: 600 unless told.
    codes_per_company: u32,
    /// How long a verified visitor may file, look at and withdraw a request: 24 hours unless told.
    visit_lifetime: Duration,
    /// How long a request waits for a decision before it expires: for ever unless told.
    request_lifetime: Duration,
    /// How long after a rejection the same address may file again: 30 days unless told.
    refile_after: Duration,
    /// How long the link in an invitation to the staff is good: 7 days unless told.
    staff_invitation_lifetime: Duration,
    /// Characters a password has at least: 15 unless told.
    password_length: u32,
    /// Wrong passwords in a row before a login is locked for a while: 5 unless told.
    sign_in_attempts: u32,
    /// The first lock, 30 seconds unless told; each further wrong password doubles it.
    first_lockout: Duration,
    /// The longest lock: an hour unless told.
    longest_lockout: Duration,
    /// Characters a password has at least where a second factor is asked for too: 8 unless told.
    password_length_with_two_factor: u32,
    /// How long after the last wrong try all are forgotten: 24 hours unless told.
    lockout_memory: Duration,
    /// How long an authenticator app may take to give its first code: 15 minutes unless told.
    enrolment_lifetime: Duration,
    /// How long the link that lets a new password be chosen is good: an hour unless told.
    password_reset_lifetime: Duration,
    /// How long the link that confirms another address is good: an hour unless told.
    email_change_lifetime: Duration,
    /// Mails with such a link to one address, or for one login, within an hour: 5 unless told.
    account_mails_per_hour: u32,
    /// How long an invitation of a user of a customer can be answered: 7 days unless told.
    user_invitation_lifetime: Duration,
    /// How long a temporary password opens its own change: 24 hours unless told.
    temporary_password_lifetime: Duration,
    /// Invitations of one address by one company within an hour: 5 unless told.
    user_invitations_per_address: u32,
    /// How long a session lasts however much it is used: 24 hours unless told.
    session_lifetime: Duration,
    /// How long a session lasts that is not used: an hour unless told.
    session_idle: Duration,
    /// How often it is noted that a session is used: every 5 minutes unless told.
    session_noted: Duration,
    /// How long a sign-in waits for its second factor: 10 minutes unless told.
    second_factor_wait: Duration,
    /// Identities that one session holds: 20 unless told.
    session_identities: u32,
    /// How long a visitor may take from a partner's referral link to a sign-up that counts as referred: 30 days unless
    /// told.
    attribution_lifetime: Duration,
    /// Which link counts when a visitor has opened those of several partners: the `last` unless told.
    attribution_touch: Touch,
    /// How far ahead of the library's clock a signal may say that it occurred: 5 minutes unless told.
    signal_ahead: Duration,
    /// How long one worker may take to deliver what it has taken from the outbox: 5 minutes unless told.
    mail_lease: Duration,
    /// Tries before a mail is given up: 12 unless told.
    mail_attempts: u32,
    /// The wait after the first failed try, a minute unless told; each further one doubles it.
    first_mail_wait: Duration,
    /// The longest wait between two tries: 12 hours unless told.
    longest_mail_wait: Duration,
    /// Rows of one bulk call: 1,000 unless told.
    bulk_rows: u32,
}

impl Fits<u8> for u32 {
    fn fit(self) -> Result<u8> {
        u8::try_from(self).map_err(|_| Error::because(Code::PolicyOutOfBounds, "must lie between 0 and 255"))
    }
}

record! {
    /// How the library is set up; everything has a default.
    pub struct Settings by hand {
    } optional {
        /// 32 random bytes in base64, which codes, tokens and sealed values are made with. Unless told, those of the
        /// file `shop.db.key` beside the database `shop.db`, which is made when there is none; in memory, bytes that
        /// live as long as the handle.
        root_key: Secret,
        /// Root keys that were used before: what was made with them is still understood.
        retired_root_keys: Vec<Secret>,
        /// The host's name, logo and sender.
        brand: BrandInput,
        /// The numbers that the library decides by, where they are not to be the usual ones.
        policy: PolicyInput,
        /// What hashing a password costs; as recommended unless told.
        hashing: Hashing,
    }
}

#[allow(clippy::derivable_impls, reason = "what is declared as a record derives none")]
impl Default for Settings {
    fn default() -> Self {
        Settings { root_key: None, retired_root_keys: None, brand: None, policy: None, hashing: None }
    }
}

/// Where the data are.
pub(crate) enum Place {
    Memory,
    Sqlite(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(String),
}

impl Place {
    /// `memory:`, `sqlite:shop.db`, the path of a file, or `postgres://host/shop`.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let refuse = |message: &str| Err(Error::because(Code::NotADatabase, format!("`url` {message}")));
        match url.split_once(':') {
            _ if url.is_empty() => refuse("is empty"),
            Some(("memory", "")) => Ok(Place::Memory),
            // SQLite's own name for it would otherwise be a file here
            Some(("memory", _) | ("", "memory:")) => refuse("for what lives in memory is `memory:`"),
            Some(("sqlite", path)) => match path.strip_prefix("//").unwrap_or(path) {
                "" => refuse("names no file"),
                path => Ok(Place::Sqlite(path.into())),
            },
            #[cfg(feature = "postgres")]
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => Ok(Place::Postgres(url.to_owned())),
            Some((_, rest)) if rest.starts_with("//") => refuse("is of a kind that this version does not open"),
            _ => Ok(Place::Sqlite(url.into())),
        }
    }

    /// The store, where what is written to it stays.
    pub(crate) fn lasting(&self) -> Result<Arc<dyn Store>> {
        Ok(match self {
            Place::Memory => {
                return Err(Error::because(
                    Code::NotADatabase,
                    "`url` is of what lives in memory: a copy there would be lost",
                ));
            }
            Place::Sqlite(path) => Arc::new(SqliteStore::open(path)?),
            #[cfg(feature = "postgres")]
            Place::Postgres(url) => Arc::new(handfast_postgres::PostgresStore::open(url)?),
        })
    }

    fn builder(&self, settings: &Settings) -> Result<Builder> {
        let keyring = settings.keyring()?;
        Ok(match (self, keyring) {
            (Place::Memory, None) => Handfast::builder(Memory::new()),
            (Place::Memory, Some(keyring)) => Handfast::builder(Memory::new()).keyring(keyring),
            (Place::Sqlite(path), given) => {
                let store = SqliteStore::open(path)?;
                let mut key_file = path.clone().into_os_string();
                key_file.push(".key");
                let keyring = given.map_or_else(|| Keyring::at(&key_file, &SystemRandom), Ok)?;
                Handfast::builder(store).keyring(keyring)
            }
            #[cfg(feature = "postgres")]
            (Place::Postgres(url), given) => {
                // a key made here would be unknown to the next host, and what was sealed with it lost
                let keyring = given.ok_or_else(|| {
                    Error::because(Code::BadKey, "a PostgreSQL database needs a `root_key`, the same for every host")
                })?;
                Handfast::builder(handfast_postgres::PostgresStore::open(url)?).keyring(keyring)
            }
        })
    }
}

impl Settings {
    fn keyring(&self) -> Result<Option<Keyring>> {
        let retired = self.retired_root_keys.iter().flatten();
        let Some(active) = &self.root_key else {
            return match self.retired_root_keys.as_deref() {
                None | Some([]) => Ok(None),
                Some(_) => Err(Error::because(Code::BadKey, "`retired_root_keys` need a `root_key`")),
            };
        };
        let mut keyring = Keyring::new(RootKey::parse(&active.0)?)?;
        for key in retired {
            keyring = keyring.with_retired(RootKey::parse(&key.0)?)?;
        }
        Ok(Some(keyring))
    }

    fn set_up(self, place: &Place) -> Result<Builder> {
        let mut builder = place.builder(&self)?;
        if let Some(policy) = self.policy {
            builder = builder.policy(policy.fit()?);
        }
        if let Some(brand) = self.brand {
            builder = builder.brand(Brand::new(brand.fit()?)?);
        }
        Ok(match self.hashing {
            Some(Hashing::InsecureForTests) => builder.hashing(HashingCost::INSECURE_FOR_TESTS),
            Some(Hashing::Recommended) | None => builder,
        })
    }
}

impl Handle {
    /// Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of that path, or on the
    /// PostgreSQL database at `postgres://user@host/shop`, which needs a `root_key`. A file is made when there is none.
    ///
    /// Errors: `not_a_database`, `bad_key`, `invalid_input` (policy, brand), `newer_schema`, the store's own.
    pub fn open(url: &str, settings: Settings) -> Result<Handle, Failure> {
        Handle::open_with(url, settings, None::<ManualClock>, None)
    }

    /// The same with a clock and a logger of the host's own.
    pub fn open_with(
        url: &str,
        settings: Settings,
        clock: Option<impl handfast::Clock + 'static>,
        logger: Option<Arc<dyn Logger>>,
    ) -> Result<Handle, Failure> {
        let place = Place::parse(url)?;
        let builder = settings.set_up(&place)?;
        let builder = match clock {
            Some(clock) => builder.clock(clock),
            None => builder,
        };
        Ok(Handle::new(builder.build()?, logger.map(log::dispatch)))
    }
}
