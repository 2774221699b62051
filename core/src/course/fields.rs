//! What a signal says beyond its name.

use std::{
    collections::{BTreeMap, btree_map},
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::key::FieldName;
use crate::{
    error::{Code, Error, Faults, Result},
    store::json_field,
    value::Line,
};

/// Characters of a name that a fault repeats; a longer one is no name.
const SHOWN: usize = 60;

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// One line of at most 200 characters.
    Text(Line<200>),
}

/// The fields of a signal: at most 20.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<FieldName, FieldValue>")]
pub struct Fields(BTreeMap<FieldName, FieldValue>);

json_field!(Fields);

impl FieldValue {
    /// A text. Errors: `required`, `too_long`, `forbidden_character`.
    pub fn text(input: &str) -> Result<Self> {
        Line::parse(input).map(FieldValue::Text)
    }

    /// Reads a text, a whole number of 64 bits, or true or false. Errors: those of [`text`](FieldValue::text);
    /// `invalid_input` for any other JSON.
    pub fn parse(input: &Value) -> Result<Self> {
        match input {
            Value::Bool(yes) => Ok(FieldValue::Bool(*yes)),
            Value::String(text) => FieldValue::text(text),
            Value::Number(number) if number.is_i64() => Ok(FieldValue::Integer(number.as_i64().unwrap_or_default())),
            _ => Err(Error::because(Code::InvalidInput, "must be a text, a whole number of 64 bits, or true or false")),
        }
    }

    /// The value as text. `1` is written alike whether it came as a number or as a text.
    pub fn written(&self) -> String {
        match self {
            FieldValue::Bool(yes) => yes.to_string(),
            FieldValue::Integer(number) => number.to_string(),
            FieldValue::Text(text) => text.to_string(),
        }
    }
}

impl FromStr for FieldValue {
    type Err = Error;
    /// A text, whatever it looks like.
    fn from_str(text: &str) -> Result<Self> {
        FieldValue::text(text)
    }
}

impl From<bool> for FieldValue {
    fn from(yes: bool) -> Self {
        FieldValue::Bool(yes)
    }
}

impl From<i64> for FieldValue {
    fn from(number: i64) -> Self {
        FieldValue::Integer(number)
    }
}

impl Fields {
    /// The most fields of one signal.
    pub const MOST: usize = 20;

    /// The fields; of two with one name the later. Errors: `too_many`.
    pub fn new(fields: impl IntoIterator<Item = (FieldName, FieldValue)>) -> Result<Self> {
        Fields::try_from(fields.into_iter().collect::<BTreeMap<_, _>>())
    }

    /// Checks what a host reports. Errors: `too_many`; `invalid_input` with every fault at once, each under the name of
    /// its field.
    pub fn parse(input: &Map<String, Value>) -> Result<Self> {
        if input.len() > Fields::MOST {
            return Err(too_many());
        }
        let mut faults = Faults::default();
        let mut fields = BTreeMap::new();
        for (name, value) in input {
            let shown: String = name.chars().take(SHOWN).collect();
            let parsed = FieldName::parse(name).map_err(misnamed);
            let (name, value) = (faults.check(&shown, parsed), faults.check(&shown, FieldValue::parse(value)));
            fields.extend(name.zip(value));
        }
        faults.made(|| Some(Fields(fields)))
    }

    /// The value of a field, where the signal has it.
    pub fn get(&self, name: &FieldName) -> Option<&FieldValue> {
        self.0.get(name)
    }

    /// Every field, by name.
    pub fn iter(&self) -> btree_map::Iter<'_, FieldName, FieldValue> {
        self.0.iter()
    }

    /// Those of some names alone.
    pub(crate) fn only(&self, stays: impl Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(name, _)| stays(name.as_str()));
        Fields(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<BTreeMap<FieldName, FieldValue>> for Fields {
    type Error = Error;
    fn try_from(fields: BTreeMap<FieldName, FieldValue>) -> Result<Self> {
        if fields.len() > Fields::MOST { Err(too_many()) } else { Ok(Fields(fields)) }
    }
}

/// A fault about the name itself stands under the name, where it would read as one about the value.
pub(super) fn misnamed(error: Error) -> Error {
    Error::because(error.code(), format!("is no name of a field: it {}", error.message()))
}

fn too_many() -> Error {
    Error::because(Code::TooMany, format!("has more than {} fields", Fields::MOST))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(input: &Value) -> Result<Fields> {
        Fields::parse(input.as_object().unwrap())
    }

    #[test]
    fn a_text_a_whole_number_and_a_truth_are_fields_and_come_back_from_json() {
        let input = json!({ "company": " Café ", "orders.count": -3, "trial": true });
        let fields = parse(&input).unwrap();
        let stored = serde_json::to_string(&fields).unwrap();
        assert_eq!(stored, r#"{"company":"Café","orders.count":-3,"trial":true}"#);
        assert_eq!(serde_json::from_str::<Fields>(&stored).unwrap(), fields);
        assert_eq!(fields.get(&"company".parse().unwrap()).unwrap().written(), "Café");
    }

    #[test]
    fn everything_wrong_is_told_at_once_under_the_name_of_its_field() {
        let input = json!({
            "Bad": 1, "half": 0.5, "huge": u64::MAX, "list": [1], "none": null, "long": "x".repeat(201),
            "unseen": "a\u{202e}b", "good": 1, "empty": " ",
        });
        let error = parse(&input).unwrap_err();
        let told: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(
            told,
            [
                ("Bad", Code::ForbiddenCharacter),
                ("empty", Code::Required),
                ("half", Code::InvalidInput),
                ("huge", Code::InvalidInput),
                ("list", Code::InvalidInput),
                ("long", Code::TooLong),
                ("none", Code::InvalidInput),
                ("unseen", Code::ForbiddenCharacter),
            ]
        );
    }

    #[test]
    fn twenty_fields_are_enough() {
        let many = |count: usize| (0..count).map(|at| (format!("f{at}"), json!(at))).collect::<Map<_, _>>();
        assert!(Fields::parse(&many(20)).is_ok());
        assert_eq!(Fields::parse(&many(21)).unwrap_err().code(), Code::TooMany);
        assert!(serde_json::from_value::<Fields>(Value::Object(many(21))).is_err());
    }
}
