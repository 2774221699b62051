//! Postal addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Country, Line};
use crate::error::{Faults, Result};

/// Where post and goods go. Serde takes and gives the fields as [`PostalAddressInput`] has them, the optional ones
/// left out or `null` when not given.
///
/// ```
/// use handfast::value::{PostalAddress, PostalAddressInput};
///
/// let address = PostalAddress::parse(&PostalAddressInput {
///     line1: "Calle Mayor 1".into(),
///     city: "Madrid".into(),
///     postal_code: Some("28013".into()),
///     country: "es".into(),
///     ..PostalAddressInput::default()
/// })?;
/// assert_eq!(address.to_string(), "Calle Mayor 1\n28013 Madrid\nES");
///
/// let error = PostalAddress::parse(&PostalAddressInput::default()).unwrap_err();
/// let fields: Vec<_> = error.faults().iter().map(|fault| fault.field.as_str()).collect();
/// assert_eq!(fields, ["line1", "city", "country"]);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// Street and number, or what stands for them.
    pub line1: Line<120>,
    /// Floor, building, care of.
    pub line2: Option<Line<120>>,
    /// Town.
    pub city: Line<100>,
    /// State, province or county, where the country's post asks for it.
    pub region: Option<Line<100>>,
    /// Postal code, where the country has them.
    pub postal_code: Option<Line<20>>,
    /// Country.
    pub country: Country,
}

/// A postal address as it comes from outside; an optional field that is blank counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostalAddressInput {
    /// Street and number: required, 120 characters.
    pub line1: String,
    /// Floor, building, care of: 120 characters.
    pub line2: Option<String>,
    /// Town: required, 100 characters.
    pub city: String,
    /// State, province or county: 100 characters.
    pub region: Option<String>,
    /// Postal code: 20 characters.
    pub postal_code: Option<String>,
    /// Country, two letters of ISO 3166-1: required.
    pub country: String,
}

impl PostalAddress {
    /// Checks all fields and tells everything that is wrong at once. Errors: `invalid_input` with the faults, by field.
    pub fn parse(input: &PostalAddressInput) -> Result<Self> {
        let mut faults = Faults::default();
        let line1 = faults.check("line1", Line::parse(&input.line1));
        let line2 = faults.check_optional("line2", given(&input.line2), Line::parse);
        let city = faults.check("city", Line::parse(&input.city));
        let region = faults.check_optional("region", given(&input.region), Line::parse);
        let postal_code = faults.check_optional("postal_code", given(&input.postal_code), Line::parse);
        let country = faults.check("country", Country::parse(&input.country));
        faults.made(|| {
            Some(PostalAddress {
                line1: line1?,
                line2: line2?,
                city: city?,
                region: region?,
                postal_code: postal_code?,
                country: country?,
            })
        })
    }
}

/// What a form sends for a field left empty is the same as nothing.
fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().filter(|text| !text.trim().is_empty())
}

impl fmt::Display for PostalAddress {
    /// One line each, the town with its postal code in front, the country as its code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.line1)?;
        if let Some(line2) = &self.line2 {
            writeln!(f, "{line2}")?;
        }
        if let Some(postal_code) = &self.postal_code {
            write!(f, "{postal_code} ")?;
        }
        writeln!(f, "{}", self.city)?;
        if let Some(region) = &self.region {
            writeln!(f, "{region}")?;
        }
        write!(f, "{}", self.country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn madrid() -> PostalAddressInput {
        PostalAddressInput {
            line1: " Calle Mayor 1 ".into(),
            line2: Some("3º B".into()),
            city: "Madrid".into(),
            region: Some("  ".into()),
            postal_code: Some("28013".into()),
            country: "es".into(),
        }
    }

    #[test]
    fn an_address_goes_through_json_and_back() {
        let address = PostalAddress::parse(&madrid()).unwrap();
        assert_eq!(address.region, None);
        let json = serde_json::to_string(&address).unwrap();
        assert_eq!(serde_json::from_str::<PostalAddress>(&json).unwrap(), address);
        assert_eq!(address.to_string(), "Calle Mayor 1\n3º B\n28013 Madrid\nES");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let huge = "x".repeat(10_000_000);
        let input = PostalAddressInput {
            line1: huge.clone(),
            line2: Some("a\0b".into()),
            city: "\u{202e}dirdaM".into(),
            region: Some(huge.clone()),
            postal_code: Some(huge),
            country: "Spain".into(),
        };
        let error = PostalAddress::parse(&input).unwrap_err();
        let told: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        let expected = [
            ("line1", Code::TooLong),
            ("line2", Code::ForbiddenCharacter),
            ("city", Code::ForbiddenCharacter),
            ("region", Code::TooLong),
            ("postal_code", Code::TooLong),
            ("country", Code::NotACountry),
        ];
        assert_eq!(told, expected);
        assert!(error.message().len() < 500, "no message repeats the input");
    }

    #[test]
    fn a_field_that_nobody_asked_for_is_refused() {
        let json = r#"{"line1": "a", "city": "b", "country": "ES", "planet": "Mars"}"#;
        assert!(serde_json::from_str::<PostalAddress>(json).is_err());
        assert!(serde_json::from_str::<PostalAddress>(&json.replace("planet", "region")).is_ok());
    }
}
