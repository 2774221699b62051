//! Days of the week.

use super::choices;

choices! {
    /// A day of the week, Monday first (ISO 8601).
    ///
    /// ```
    /// use handfast::value::Weekday;
    ///
    /// assert_eq!(Weekday::parse("monday")?, Weekday::Monday);
    /// assert_eq!(Weekday::ALL.len(), 7);
    /// # Ok::<_, handfast::Error>(())
    /// ```
    pub enum Weekday {
        /// The first day of the week.
        Monday = "monday",
        /// The second day.
        Tuesday = "tuesday",
        /// The third day.
        Wednesday = "wednesday",
        /// The fourth day.
        Thursday = "thursday",
        /// The fifth day.
        Friday = "friday",
        /// The sixth day.
        Saturday = "saturday",
        /// The last day.
        Sunday = "sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn every_day_parses_from_its_own_text_and_serialises_to_it() {
        for &day in Weekday::ALL {
            assert_eq!(Weekday::parse(day.as_str()).unwrap(), day);
            let json = serde_json::to_string(&day).unwrap();
            assert_eq!(json, format!("\"{day}\""));
            assert_eq!(serde_json::from_str::<Weekday>(&json).unwrap(), day);
        }
    }

    #[test]
    fn an_unknown_day_is_told_the_choices() {
        let error = Weekday::parse("Monday").unwrap_err();
        assert_eq!(error.code(), Code::UnknownChoice);
        assert!(error.message().starts_with("is none of `monday`, `tuesday`"), "{error}");
        assert!(serde_json::from_str::<Weekday>("\"lunes\"").is_err());
    }
}
