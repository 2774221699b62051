//! Identifiers: UUIDs of version 7 (RFC 9562), typed by what they name.

use std::{cmp, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
};

/// The id of a `T`: 128 bits, written as a UUID. Ids sort by creation, but those of logins and visits, which tell
/// nobody since when an address is known; none is ever used again.
///
/// ```
/// use handfast::{Code, Id, company::Company};
///
/// let id: Id<Company> = "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071".parse()?;
/// assert_eq!(id.to_string(), "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071");
/// assert_eq!("nonsense".parse::<Id<Company>>().unwrap_err().code(), Code::NotAnId);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "")]
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// An id made at `at`, the `sequence`-th of its maker (modulo 4096): ids of one change sort as they were made.
    pub fn new(at: Timestamp, sequence: u16, random: [u8; 8]) -> Self {
        let (millis, sequence) = (at.millis() as u128, u128::from(sequence & 0x0fff));
        let random = u128::from(u64::from_be_bytes(random) >> 2);
        Id(Uuid::from_u128(millis << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | random), PhantomData)
    }

    /// The smallest id that can have been made at `at`: the bound of a range in time.
    pub fn first_at(at: Timestamp) -> Self {
        Id::new(at, 0, [0; 8])
    }

    /// The same bits as the id of something else; for columns that hold ids of several kinds.
    pub fn cast<U>(self) -> Id<U> {
        Id(self.0, PhantomData)
    }

    /// The bits.
    pub fn uuid(self) -> Uuid {
        self.0
    }

    /// An id from stored bits.
    pub(crate) fn of(uuid: Uuid) -> Self {
        Id(uuid, PhantomData)
    }
}

impl<T> FromStr for Id<T> {
    type Err = Error;
    /// Takes the hyphenated form of a version 7 UUID, in either case. Errors: `not_an_id`.
    fn from_str(text: &str) -> Result<Self> {
        let parsed = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
        let known = parsed.filter(|uuid| uuid.get_version_num() == 7);
        known.map(Id::of).ok_or_else(|| Error::new(Code::NotAnId))
    }
}

impl<T> TryFrom<String> for Id<T> {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl<T> From<Id<T>> for String {
    fn from(id: Id<T>) -> String {
        id.to_string()
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

// By hand, because a derive would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
