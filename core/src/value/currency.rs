//! Currencies.

use super::character;
use crate::error::{Code, Error, Result};

/// A currency by its code of ISO 4217, in capitals.
///
/// ```
/// use handfast::value::Currency;
///
/// assert_eq!(Currency::parse("eur")?.as_str(), "EUR");
/// assert!(Currency::parse("EURO").is_err());
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

impl Currency {
    /// Reads a code that is in use, in either case. Errors: `required`, `not_a_currency`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::looked_up(input, Code::NotACurrency)?;
        let found = (text.len() == 3).then(|| text.to_ascii_uppercase());
        let place = found.and_then(|code| IN_USE.binary_search(&code.as_str()).ok());
        place
            .and_then(|place| IN_USE.get(place))
            .map(|&code| Currency(code))
            .ok_or_else(|| Error::new(Code::NotACurrency))
    }

    /// The code: three capitals.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Every currency that is in use, by its code.
    pub fn all() -> impl ExactSizeIterator<Item = Currency> {
        IN_USE.iter().map(|&code| Currency(code))
    }
}

text_value!(Currency, as_str);

/// The codes of money that people pay with (ISO 4217, list one, as of 2025), sorted; without those of funds, metals and tests.
#[rustfmt::skip]
const IN_USE: [&str; 155] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP",
    "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
    "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF",
    "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW",
    "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD",
    "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK",
    "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC",
    "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD",
    "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR",
    "ZMW",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_is_found_in_either_case() {
        assert!(IN_USE.is_sorted());
        for currency in Currency::all() {
            assert_eq!(Currency::parse(&currency.as_str().to_lowercase()).unwrap(), currency);
        }
    }

    #[test]
    fn only_money_is_a_currency() {
        for input in ["XXX", "XTS", "XAU", "EURO", "EU", "€", "E\0R", "\u{202e}EUR"] {
            assert_eq!(Currency::parse(input).expect_err(input).code(), Code::NotACurrency);
        }
    }
}
