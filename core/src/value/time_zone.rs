//! Time zones.

use chrono_tz::Tz;

use super::character;
use crate::error::{Code, Error, Result};

/// A time zone of the IANA database, by its name.
///
/// ```
/// use handfast::value::TimeZone;
///
/// let zone = TimeZone::parse("Europe/Madrid")?;
/// assert_eq!(zone.to_tz(), chrono_tz::Europe::Madrid);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeZone(Tz);

impl TimeZone {
    /// Reads a name as IANA writes it. Errors: `required`, `not_a_time_zone`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::looked_up(input, Code::NotATimeZone)?;
        text.parse().map(TimeZone).map_err(|_| Error::new(Code::NotATimeZone))
    }

    /// The name: `Europe/Madrid`.
    pub fn as_str(self) -> &'static str {
        self.0.name()
    }

    /// The same as a `chrono` time zone, to show times in.
    pub const fn to_tz(self) -> Tz {
        self.0
    }
}

text_value!(TimeZone, as_str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_found_by_its_name() {
        for zone in chrono_tz::TZ_VARIANTS {
            assert_eq!(TimeZone::parse(zone.name()).unwrap().to_tz(), zone);
        }
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        for input in ["europe/madrid", "Madrid", "+02:00", "Europe/Madrid\0", "../etc/passwd"] {
            assert_eq!(TimeZone::parse(input).expect_err(input).code(), Code::NotATimeZone);
        }
    }
}
