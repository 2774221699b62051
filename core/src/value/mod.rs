//! Values at the edge of the library: text from outside becomes a type once, and is right from then on.
//!
//! ```
//! use handfast::{Code, value::{Country, EmailAddress, Name}};
//!
//! let email = EmailAddress::parse(" Ana.Ruiz@Café.Example ")?;
//! assert_eq!(email.original(), "Ana.Ruiz@Café.Example");
//! assert_eq!(email.canonical(), "ana.ruiz@xn--caf-dma.example");
//!
//! let country: Country = "es".parse()?;
//! assert_eq!(country.to_string(), "ES");
//!
//! let spoofed = Name::parse("Acme \u{202E}cnI").unwrap_err();
//! assert_eq!(spoofed.code(), Code::ForbiddenCharacter);
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! Every value has `parse`, prints as text that parses to the same value, and goes through serde as that
//! text. What is empty or blank is `required`; what is longer than the value can be is refused by its
//! length, before anything else is looked at. No message repeats the input.

/// What every value that is written as one text has in common: [`FromStr`](std::str::FromStr), `Display`,
/// `TryFrom<String>`, `Into<String>` and serde, from its own `parse` and the method that gives its text, `of` the field
/// that holds it as a `String`, where there is one.
use std::{fmt, marker::PhantomData, str::FromStr};

use crate::error::Error;

macro_rules! text_value {
    (@owned $value:ident $text:ident) => { $value.$text().to_string() };
    (@owned $value:ident $text:ident $field:tt) => { $value.$field };
    ($Value:ty, $text:ident $(of $field:tt)? $(, const $LIMIT:ident)?) => {
        impl$(<const $LIMIT: usize>)? std::fmt::Display for $Value {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.$text(), f)
            }
        }

        impl$(<const $LIMIT: usize>)? std::str::FromStr for $Value {
            type Err = $crate::Error;
            fn from_str(text: &str) -> $crate::Result<Self> {
                <$Value>::parse(text)
            }
        }

        impl$(<const $LIMIT: usize>)? TryFrom<String> for $Value {
            type Error = $crate::Error;
            fn try_from(text: String) -> $crate::Result<Self> {
                <$Value>::parse(&text)
            }
        }

        impl$(<const $LIMIT: usize>)? From<$Value> for String {
            fn from(value: $Value) -> String {
                $crate::value::text_value!(@owned value $text $($field)?)
            }
        }

        impl$(<const $LIMIT: usize>)? serde::Serialize for $Value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de $(, const $LIMIT: usize)?> serde::Deserialize<'de> for $Value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::value::FromText::default())
            }
        }
    };
}

/// Reads a value from a text without a copy of the text.
pub(crate) struct FromText<T>(PhantomData<fn() -> T>);

impl<T> Default for FromText<T> {
    fn default() -> Self {
        FromText(PhantomData)
    }
}

impl<T: FromStr<Err = Error>> serde::de::Visitor<'_> for FromText<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

mod character;
mod choice;
mod country;
mod currency;
mod date;
mod decimal;
mod email;
mod fold;
mod line;
mod locale;
mod phone;
mod postal_address;
mod tax_id;
mod texts;
mod time_zone;
mod website;
mod weekday;

pub(crate) use choice::{choices, not_a_choice};
pub(crate) use text_value;

pub use country::Country;
pub use currency::Currency;
pub use date::Date;
pub use decimal::{Amount, Number, Percent, Sum};
pub use email::EmailAddress;
pub(crate) use fold::name_key;
pub use fold::{fold, words};
pub use line::{Line, Name, Text};
pub use locale::Locale;
pub use phone::{Phone, dialled, number_asked_for};
pub use postal_address::{PostalAddress, PostalAddressInput};
pub use tax_id::TaxId;
pub use texts::Texts;
pub use time_zone::TimeZone;
pub use website::Website;
pub use weekday::Weekday;

#[cfg(test)]
mod tests;
