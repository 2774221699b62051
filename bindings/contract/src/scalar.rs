//! Single values: points and spans of time, exact decimals, secrets, bytes, JSON.

use std::{collections::BTreeMap, fmt, time};

use handfast::{Code, Error, Result, customer, event::Snapshot, question, value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::shape::{Argument, Described, Fits, Lend, Outward, Shape};

/// A point in time: milliseconds since 1970. Outside Rust a `datetime`, a `Date`, an `Instant`; in JSON RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The same for the core. Errors: `out_of_range` before 1970 and after 9999.
    pub fn checked(self) -> Result<handfast::Timestamp> {
        let at = handfast::Timestamp::from_millis(self.0);
        match at.millis() == self.0 {
            true => Ok(at),
            false => Err(Error::because(Code::OutOfRange, "must lie between 1970 and 9999")),
        }
    }
}

impl From<handfast::Timestamp> for Timestamp {
    fn from(at: handfast::Timestamp) -> Self {
        Timestamp(at.millis())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        handfast::Timestamp::from_millis(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        handfast::Timestamp::deserialize(deserializer).map(Timestamp::from)
    }
}

impl Described for Timestamp {
    const SHAPE: Shape = Shape::Timestamp;
}

impl Outward<Timestamp> for handfast::Timestamp {
    fn outward(self) -> Timestamp {
        self.into()
    }
}

impl Fits<handfast::Timestamp> for Timestamp {
    fn fit(self) -> Result<handfast::Timestamp> {
        self.checked()
    }
}

/// A span of time: milliseconds. Outside Rust a `timedelta`, a number of milliseconds, a `Duration`, a `TimeInterval`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Duration(pub i64);

impl From<time::Duration> for Duration {
    fn from(span: time::Duration) -> Self {
        Duration(i64::try_from(span.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Described for Duration {
    const SHAPE: Shape = Shape::Duration;
}

impl Fits<time::Duration> for Duration {
    fn fit(self) -> Result<time::Duration> {
        let millis = u64::try_from(self.0).map_err(|_| Error::because(Code::OutOfRange, "must not be negative"))?;
        Ok(time::Duration::from_millis(millis))
    }
}

/// Texts of several kinds, with the same conversions.
macro_rules! texts {
    ($($(#[doc = $about:literal])+ $Name:ident is $shape:ident $(, shows $shown:literal)?;)+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $Name(pub String);

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                $Name(text)
            }
        }

        impl From<$Name> for String {
            fn from(text: $Name) -> String {
                text.0
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(let shown = $shown; return f.write_str(shown);)?
                #[allow(unreachable_code, reason = "what may be shown")]
                self.0.fmt(f)
            }
        }

        impl Described for $Name {
            const SHAPE: Shape = Shape::$shape;
        }

        impl Fits<String> for $Name {
            fn fit(self) -> Result<String> {
                Ok(self.0)
            }
        }

        impl crate::shape::Argument for $Name {
            type Core = String;
            fn core(self) -> Result<String> {
                Ok(self.0)
            }
        }
    )+};
}

texts! {
    /// An exact decimal: digits with an optional point and sign. No float comes near it.
    Decimal is Decimal;
    /// A password, a code or a token. Nothing shows it by itself.
    Secret is Secret, shows "…";
}

crate::language::text!(Secret);

/// Decimals of the core.
macro_rules! decimals {
    ($($Core:ty),+) => {$(
        impl Outward<Decimal> for $Core {
            fn outward(self) -> Decimal {
                Decimal(self.into())
            }
        }
    )+};
}
decimals!(value::Amount, value::Percent, value::Sum);

impl Outward<Secret> for handfast::secret::Token {
    fn outward(self) -> Secret {
        Secret(self.expose().to_owned())
    }
}

impl Outward<Secret> for String {
    fn outward(self) -> Secret {
        Secret(self)
    }
}

/// A file's bytes. In JSON base64, with padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

/// How many there are: a picture of a secret is one.
impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Bytes).map_err(serde::de::Error::custom)
    }
}

impl Described for Bytes {
    const SHAPE: Shape = Shape::Bytes;
}

impl Outward<Bytes> for Vec<u8> {
    fn outward(self) -> Bytes {
        Bytes(self)
    }
}

/// Columns of a record with what they held: JSON, for it differs by record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(pub Map<String, Value>);

impl Described for Columns {
    const SHAPE: Shape = Shape::Json;
}

impl Outward<Columns> for Snapshot {
    fn outward(self) -> Columns {
        Columns(self.0)
    }
}

/// Texts by name, in the order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<String, String>);

impl Described for Texts {
    const SHAPE: Shape = Shape::Map(&Shape::Text);
}

impl Outward<Texts> for customer::Extra {
    fn outward(self) -> Texts {
        Texts(self.entries().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
    }
}

impl Outward<Texts> for value::Texts {
    fn outward(self) -> Texts {
        Texts(self.iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect())
    }
}

impl Fits<BTreeMap<String, String>> for Texts {
    fn fit(self) -> Result<BTreeMap<String, String>> {
        Ok(self.0)
    }
}

impl Fits<BTreeMap<String, String>> for Option<Texts> {
    fn fit(self) -> Result<BTreeMap<String, String>> {
        self.unwrap_or_default().fit()
    }
}

/// An answer: a text (or the choice that was taken), yes or no, or several choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "mobile", derive(uniffi::Enum))]
pub enum AnswerValue {
    /// Yes or no.
    Flag(bool),
    /// A text, or the choice that was taken.
    Text(String),
    /// The choices that were taken.
    Several(Vec<String>),
}

impl Described for AnswerValue {
    const SHAPE: Shape = Shape::Answer;
}

/// Answers by the names of their questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, AnswerValue>);

impl Described for Answers {
    const SHAPE: Shape = Shape::Map(&Shape::Answer);
}

impl Fits<Map<String, Value>> for Option<Answers> {
    fn fit(self) -> Result<Map<String, Value>> {
        self.unwrap_or_default().core()
    }
}

impl Argument for Answers {
    type Core = Map<String, Value>;
    fn core(self) -> Result<Map<String, Value>> {
        let value = |answer| match answer {
            AnswerValue::Flag(flag) => flag.into(),
            AnswerValue::Text(text) => text.into(),
            AnswerValue::Several(several) => several.into(),
        };
        Ok(self.0.into_iter().map(|(name, answer)| (name, value(answer))).collect())
    }
}

impl Lend for Map<String, Value> {
    type Lent<'a> = &'a Self;
    fn lend(&self) -> &Self {
        self
    }
}

impl Outward<AnswerValue> for handfast::invite::AnswerValue {
    fn outward(self) -> AnswerValue {
        match self {
            handfast::invite::AnswerValue::Flag(flag) => AnswerValue::Flag(flag),
            handfast::invite::AnswerValue::Text(text) => AnswerValue::Text(text.into()),
        }
    }
}

impl Outward<AnswerValue> for question::AnswerValue {
    fn outward(self) -> AnswerValue {
        match self {
            question::AnswerValue::Text(text) => AnswerValue::Text(text.into()),
            question::AnswerValue::Choice(key) => AnswerValue::Text(key),
            question::AnswerValue::Choices(keys) => AnswerValue::Several(keys),
            question::AnswerValue::YesNo(yes) => AnswerValue::Flag(yes),
            question::AnswerValue::Number(number) => AnswerValue::Text(number.into()),
            question::AnswerValue::Date(date) => AnswerValue::Text(date.into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn in_json_times_are_rfc_3339_spans_are_milliseconds_and_bytes_are_base64() {
        assert_eq!(to_value(Timestamp(1_795_341_600_007)).unwrap(), json!("2026-11-22T10:00:00.007Z"));
        let read: Timestamp = serde_json::from_value(json!("2026-11-22T11:00:00+01:00")).unwrap();
        assert_eq!(read, Timestamp(1_795_341_600_000));
        assert_eq!(to_value(Duration(1_500)).unwrap(), json!(1_500));
        assert_eq!(to_value(Bytes(vec![0, 255])).unwrap(), json!("AP8="));
        assert_eq!(serde_json::from_value::<Bytes>(json!("AP8=")).unwrap(), Bytes(vec![0, 255]));
    }

    #[test]
    fn a_span_keeps_its_milliseconds_and_is_not_negative() {
        assert_eq!(Duration(1_500).fit().unwrap(), time::Duration::from_millis(1_500));
        assert_eq!(Duration::from(time::Duration::MAX), Duration(i64::MAX));
        assert_eq!(Duration(-1).fit().unwrap_err().code(), Code::OutOfRange);
    }

    #[test]
    fn a_decimal_is_shown_and_a_secret_and_a_file_are_not() {
        assert_eq!(format!("{:?}", Decimal::from("1.50".to_owned())), "\"1.50\"");
        assert_eq!(format!("{:?}", Secret::from("hush".to_owned())), "…");
        assert_eq!(format!("{:?}", Bytes(b"hush".to_vec())), "4 bytes");
    }

    #[test]
    fn an_answer_is_a_text_a_flag_or_several_texts_and_nothing_else() {
        let read = |value| serde_json::from_value::<AnswerValue>(value);
        assert_eq!(read(json!("yes")).unwrap(), AnswerValue::Text("yes".into()));
        assert_eq!(read(json!(true)).unwrap(), AnswerValue::Flag(true));
        assert_eq!(read(json!(["a", "b"])).unwrap(), AnswerValue::Several(vec!["a".into(), "b".into()]));
        assert!(read(json!(3)).is_err() && read(json!([3])).is_err());
    }
}
