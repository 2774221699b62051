//! Exact decimals: money and percentages. No float comes near them.

use rust_decimal::Decimal;

use super::character;
use crate::error::{Code, Error, Result};

/// Decimals after the point that an amount or a percentage can have.
const DECIMALS: u32 = 4;
/// Characters in which a decimal can be typed, with zeros to spare.
const LIMIT: usize = 32;

macro_rules! decimals {
    ($($(#[$about:meta])* $Name:ident: $least:expr, $most:expr;)+) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(Decimal);

        impl $Name {
            /// Nothing.
            pub const ZERO: $Name = $Name(Decimal::ZERO);
            /// The least that it can be.
            pub const MIN: $Name = $Name($least);
            /// The most that it can be.
            pub const MAX: $Name = $Name($most);

            /// Reads digits with an optional point and sign; no exponent, no separators of thousands, no `+`.
            /// Errors: `required`, `too_long`, `forbidden_character`, `not_a_decimal`, `out_of_range`.
            pub fn parse(input: &str) -> Result<Self> {
                $Name::new(decimal(input)?)
            }

            /// From a decimal within the range. Errors: `out_of_range`.
            pub fn new(value: Decimal) -> Result<Self> {
                within(value, $Name::MIN.0, $Name::MAX.0).map($Name)
            }

            /// The decimal, without zeros at its end.
            pub const fn decimal(self) -> Decimal {
                self.0
            }
        }

        text_value!($Name, decimal);
    )+ };
}

decimals! {
    /// An amount of money, in the currency that goes with it: 0 to 999,999,999,999.9999, at most four decimals
    /// (the most that ISO 4217 gives any currency). Serde takes and gives a string, so that no reader makes a float of it.
    ///
    /// ```
    /// use handfast::value::Amount;
    ///
    /// assert_eq!(Amount::parse("012.50")?.to_string(), "12.5");
    /// assert!(Amount::parse("1,000").is_err());
    /// # Ok::<_, handfast::Error>(())
    /// ```
    Amount: Decimal::ZERO, parts(false, 9_999_999_999_999_999, DECIMALS);

    /// What several amounts come to, in the currency that goes with it: 0 or more, at most four decimals.
    /// Serde takes and gives a string.
    ///
    /// ```
    /// use handfast::value::Sum;
    ///
    /// assert_eq!(Sum::parse("1000000000000.50")?.to_string(), "1000000000000.5");
    /// # Ok::<_, handfast::Error>(())
    /// ```
    Sum: Decimal::ZERO, Decimal::MAX;

    /// A percentage: -100 to 1000, at most four decimals. A markup of `12.5` makes 100 into 112.5.
    /// Serde takes and gives a string.
    ///
    /// ```
    /// use handfast::value::Percent;
    ///
    /// assert_eq!(Percent::parse("-7.50")?.to_string(), "-7.5");
    /// # Ok::<_, handfast::Error>(())
    /// ```
    Percent: parts(true, 100, 0), Decimal::ONE_THOUSAND;

    /// A number that someone gives for an answer: -999,999,999,999.9999 to 999,999,999,999.9999, at most four decimals.
    /// Serde takes and gives a string.
    ///
    /// ```
    /// use handfast::value::Number;
    ///
    /// assert_eq!(Number::parse("-007.50")?.to_string(), "-7.5");
    /// # Ok::<_, handfast::Error>(())
    /// ```
    Number: parts(true, 9_999_999_999_999_999, DECIMALS), parts(false, 9_999_999_999_999_999, DECIMALS);
}

/// What `Decimal::new` would give, in a constant.
const fn parts(negative: bool, units: u64, scale: u32) -> Decimal {
    Decimal::from_parts(units as u32, (units >> 32) as u32, 0, negative, scale)
}

fn decimal(input: &str) -> Result<Decimal> {
    let text = character::clean(input, LIMIT, &[])?;
    let number = text.strip_prefix('-').unwrap_or(&text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(Error::new(Code::NotADecimal));
    }
    // Exact: without it, digits beyond the 28th would be rounded away instead of refused.
    Decimal::from_str_exact(&text).map_err(|_| Error::new(Code::OutOfRange))
}

fn within(value: Decimal, least: Decimal, most: Decimal) -> Result<Decimal> {
    let value = value.normalize();
    if value < least || value > most {
        return Err(Error::because(Code::OutOfRange, format!("is not between {least} and {most}")));
    }
    if value.scale() > DECIMALS {
        return Err(Error::because(Code::OutOfRange, format!("has more than {DECIMALS} decimals")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decimal_has_one_spelling() {
        for (input, amount) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            (" 1.50000 ", "1.5"),
            ("100", "100"),
            ("0.0001", "0.0001"),
        ] {
            assert_eq!(Amount::parse(input).unwrap().to_string(), amount);
        }
        assert_eq!(serde_json::to_string(&Amount::parse("1.10").unwrap()).unwrap(), "\"1.1\"");
    }

    #[test]
    fn the_ends_of_the_range_are_in_it_and_nothing_beyond() {
        for (input, code) in [
            ("-0.0001", Code::OutOfRange),
            ("1000000000000", Code::OutOfRange),
            ("0.00001", Code::OutOfRange),
            ("99999999999999999999999999999999", Code::OutOfRange),
            ("0.00000000000000000000000000001", Code::OutOfRange),
        ] {
            assert_eq!(Amount::parse(input).expect_err(input).code(), code);
        }
        assert_eq!(Amount::parse("999999999999.9999").unwrap(), Amount::MAX);
        assert_eq!(Percent::parse("-100").unwrap(), Percent::MIN);
        assert_eq!(Percent::parse("1000.0").unwrap(), Percent::MAX);
        let error = Percent::parse("1000.0001").unwrap_err();
        assert_eq!((error.code(), error.message()), (Code::OutOfRange, "is not between -100 and 1000"));
    }

    #[test]
    fn only_digits_with_a_point_are_decimals() {
        for input in
            ["1e3", "1,000", "1_000", "+1", ".5", "5.", "1.2.3", "0x10", "NaN", "inf", "--1", "١", "1 000", "-"]
        {
            assert_eq!(Percent::parse(input).expect_err(input).code(), Code::NotADecimal, "{input}");
        }
        assert!(serde_json::from_str::<Amount>("1.5").is_err(), "a JSON number may have been a float");
    }

    proptest! {
        #[test]
        fn a_percent_parses_to_itself(units in -1_000_000i64..=10_000_000) {
            let percent = Percent::new(Decimal::new(units, DECIMALS)).unwrap();
            prop_assert_eq!(Percent::parse(&percent.to_string()).unwrap(), percent);
        }

        #[test]
        fn no_text_panics(input in "[-0-9.e]{0,40}") {
            if let Ok(amount) = Amount::parse(&input) {
                prop_assert!(Amount::MIN <= amount && amount <= Amount::MAX);
            }
        }
    }
}
