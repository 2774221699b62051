//! The library's own values as columns.

use std::str::FromStr;

use super::{
    Cell, CellType, Field, ToCell,
    cell::{corrupt, json_field},
};
use crate::{
    course::{CertificateNumber, CourseKey, SignalName},
    error::Result,
    partner::PartnerNumber,
    secret::{Digest, LinkSlug, PasswordHash, Sealed},
    value::{
        Amount, Country, Currency, EmailAddress, Line, Locale, Percent, Phone, PostalAddress, TaxId, Text, TimeZone,
        Website,
    },
};

/// Types that are written as one text, and read from it by their own `parse`.
macro_rules! columns {
    ($($(@[$($limit:tt)+])? $Type:ty: $Kind:ident, |$value:ident| $text:expr;)+) => {$(
        impl$(<$($limit)+>)? ToCell for $Type {
            const TYPE: CellType = CellType::$Kind;
            fn to_cell(&self) -> Cell {
                let $value = self;
                Cell::Text($text)
            }
        }

        impl$(<$($limit)+>)? Field for $Type {
            fn from_cell(cell: &Cell) -> Result<Self> {
                let Cell::Text(text) = cell else { return Err(corrupt("text")) };
                <$Type>::parse(text).map_err(|_| corrupt(concat!("a `", stringify!($Type), "`")))
            }
        }
    )+};
}

columns! {
    Country: Text, |country| country.as_str().to_owned();
    Currency: Text, |currency| currency.as_str().to_owned();
    EmailAddress: Text, |email| email.original().to_owned();
    @[const N: usize] Line<N>: Text, |line| line.as_str().to_owned();
    Locale: Text, |locale| locale.as_str().to_owned();
    Phone: Text, |phone| phone.as_str().to_owned();
    TaxId: Text, |tax_id| tax_id.as_str().to_owned();
    @[const N: usize] Text<N>: Text, |text| text.as_str().to_owned();
    TimeZone: Text, |zone| zone.as_str().to_owned();
    Website: Text, |website| website.as_str().to_owned();
    Amount: Decimal, |amount| amount.to_string();
    Percent: Decimal, |percent| percent.to_string();
    PartnerNumber: Text, |number| number.as_str().to_owned();
    SignalName: Text, |name| name.as_str().to_owned();
    CourseKey: Text, |key| key.as_str().to_owned();
    CertificateNumber: Text, |number| number.as_str().to_owned();
    LinkSlug: Text, |slug| slug.to_string();
    Digest: Secret, |digest| digest.to_text();
    PasswordHash: Secret, |hash| hash.to_text();
    Sealed: Secret, |sealed| sealed.to_text();
}

json_field!(PostalAddress);

/// Reads a choice that is stored as its text.
pub(crate) fn read_choice<T: FromStr>(cell: &Cell, name: &str) -> Result<T> {
    let read = if let Cell::Text(text) = cell { text.parse().ok() } else { None };
    read.ok_or_else(|| corrupt(&format!("a `{name}`")))
}

/// Makes enums of `choices!` columns.
macro_rules! choice_columns {
    ($($Choice:ty),+ $(,)?) => {$(
        impl $crate::store::ToCell for $Choice {
            const TYPE: $crate::store::CellType = $crate::store::CellType::Text;
            fn to_cell(&self) -> $crate::store::Cell {
                $crate::store::Cell::Text(self.as_str().to_owned())
            }
        }

        impl $crate::store::Field for $Choice {
            fn from_cell(cell: &$crate::store::Cell) -> $crate::Result<Self> {
                $crate::store::read_choice(cell, stringify!($Choice))
            }
        }
    )+};
}

pub(crate) use choice_columns;
