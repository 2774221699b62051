//! Countries.

use super::character;
use crate::error::{Code, Error, Result};

/// A country by its code of ISO 3166-1 alpha-2, in capitals.
///
/// ```
/// use handfast::value::Country;
///
/// assert_eq!(Country::parse("es")?.as_str(), "ES");
/// assert!(Country::parse("XX").is_err());
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

impl Country {
    /// Reads an assigned code in either case. Errors: `required`, `not_a_country`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::looked_up(input, Code::NotACountry)?;
        let found = (text.len() == 2).then(|| text.to_ascii_uppercase());
        let place = found.and_then(|code| ASSIGNED.binary_search(&code.as_str()).ok());
        place
            .and_then(|place| ASSIGNED.get(place))
            .map(|&code| Country(code))
            .ok_or_else(|| Error::new(Code::NotACountry))
    }

    /// The code: two capitals.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Every assigned country, by its code.
    pub fn all() -> impl ExactSizeIterator<Item = Country> {
        ASSIGNED.iter().map(|&code| Country(code))
    }
}

text_value!(Country, as_str);

/// The officially assigned codes (ISO 3166-1, as of 2025), sorted.
#[rustfmt::skip]
const ASSIGNED: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES",
    "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM",
    "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE",
    "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM",
    "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL",
    "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found_in_either_case() {
        assert!(ASSIGNED.is_sorted());
        for country in Country::all() {
            assert_eq!(Country::parse(&country.as_str().to_lowercase()).unwrap(), country);
        }
    }

    #[test]
    fn only_assigned_codes_are_countries() {
        for input in ["XX", "UK", "EU", "ESP", "E", "ß", "E\0", "España", "\u{202e}ES"] {
            assert_eq!(Country::parse(input).expect_err(input).code(), Code::NotACountry);
        }
    }
}
