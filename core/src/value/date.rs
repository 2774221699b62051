//! Days of the calendar.

use chrono::{Datelike as _, NaiveDate};

use super::character;
use crate::error::{Code, Error, Result};

/// A day of the calendar without a time, from the year 1 to 9999; written as RFC 3339 writes a date.
///
/// ```
/// use handfast::value::Date;
///
/// assert_eq!(Date::parse(" 2026-12-24 ")?.to_string(), "2026-12-24");
/// assert!(Date::parse("2026-02-29").is_err());
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Reads four digits of the year, two of the month, two of the day, with `-` between them. Errors: `required`,
    /// `not_a_date`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::looked_up(input, Code::NotADate)?;
        // chrono would take a sign, white space and shorter numbers too
        let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| plain && date.year() > 0);
        date.map(Date).ok_or_else(|| Error::new(Code::NotADate))
    }

    /// The same as a `chrono` value.
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

text_value!(Date, date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_spelling() {
        for date in ["0001-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(Date::parse(date).unwrap().to_string(), date);
        }
        for input in [
            "2026-2-03",
            "2026-02-30",
            "0000-01-01",
            "-001-01-01",
            "26-01-01",
            "2026/01/01",
            "2026-01-01T00:00:00Z",
            "20260101",
            "2026--1-01",
            "٢٠٢٦-01-01",
            "2026-01-1 ",
        ] {
            assert_eq!(Date::parse(input).expect_err(input).code(), Code::NotADate, "{input}");
        }
        assert_eq!(Date::parse(" ").unwrap_err().code(), Code::Required);
    }
}
