//! Points in time, and where they come from: the host's clock, or the system's.

use std::{
    fmt,
    str::FromStr,
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};

/// A point in time to the millisecond, from 1970 to 9999; written as RFC 3339 in UTC.
///
/// ```
/// use std::time::Duration;
/// use handfast::Timestamp;
///
/// let at: Timestamp = "2026-11-22T10:00:00Z".parse()?;
/// assert_eq!((at + Duration::from_secs(90)).to_string(), "2026-11-22T10:01:30.000Z");
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const MIN: Timestamp = Timestamp(0);
    /// The last millisecond of the year 9999, the last one RFC 3339 can write.
    pub const MAX: Timestamp = Timestamp(253_402_300_799_999);

    /// From milliseconds since 1970; what lies outside the range is taken as its nearest end.
    pub const fn from_millis(millis: i64) -> Self {
        match millis {
            ..0 => Timestamp::MIN,
            millis if millis > Timestamp::MAX.0 => Timestamp::MAX,
            millis => Timestamp(millis),
        }
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The next millisecond: the bound of a list that holds what is due at this one, for lists end before their end.
    pub fn next(self) -> Self {
        Timestamp::from_millis(self.0 + 1)
    }

    /// How long from `earlier` to this; zero when it is not earlier.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    /// The same as a `chrono` value.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Timestamp;
    /// Saturates at [`Timestamp::MAX`].
    fn add(self, wait: Duration) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Timestamp::from_millis(at.timestamp_millis())
    }
}

impl From<SystemTime> for Timestamp {
    fn from(at: SystemTime) -> Self {
        let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::MIN + since
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| Error::new(Code::NotATime))?;
        Ok(at.with_timezone(&Utc).into())
    }
}

impl TryFrom<String> for Timestamp {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> String {
        at.to_string()
    }
}

/// Tells the time. Any `Fn() -> Timestamp` is a clock, so tests turn the hands themselves.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }
}

/// A clock that never goes back: a system clock set to an earlier time would otherwise revive what has
/// expired (invariant 11).
pub(crate) struct Steady {
    clock: Box<dyn Clock>,
    latest: AtomicI64,
}

impl Steady {
    pub(crate) fn new(clock: Box<dyn Clock>) -> Self {
        Steady { clock, latest: AtomicI64::new(0) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        let now = self.clock.now().millis();
        Timestamp(self.latest.fetch_max(now, Ordering::Relaxed).max(now))
    }
}
