//! The records and choices that the arguments are made of.

use std::collections::BTreeSet;

use handfast_contract::{
    CHOICES, MailKind, OPERATIONS, PolicyInput, RECORDS,
    shape::{ChoiceType, Field, RecordType, Shape},
};
use serde_json::{Map, Value, json};

use super::{super::words, object, of_format};
use crate::parts::{Types, by_module, last};

/// The types of each module, and the policy.
pub(super) fn files() -> impl Iterator<Item = (String, Value)> {
    let used = used();
    let records = RECORDS.iter().copied().filter(|record| used.contains(record.name));
    let choices = CHOICES.iter().copied().filter(|choice| used.contains(choice.name));
    let file = |(module, types): (&str, Types)| {
        let mut named = Map::new();
        named.extend(types.records.iter().map(|ty| (ty.name.to_owned(), about(record(ty.fields), ty.about))));
        named.extend(types.choices.iter().map(|ty| (ty.name.to_owned(), choice(ty))));
        (format!("types/{module}"), json!({ "$defs": named }))
    };
    by_module(records, choices).into_iter().map(file).chain([("types/policy".to_owned(), policy())])
}

/// The policy: numbers and choices as they are, durations as `10m` or `for ever`.
fn policy() -> Value {
    let duration = json!({ "anyOf": [of_format("duration"), { "const": "for ever" }] });
    let number = json!({ "type": "integer", "minimum": 0 });
    let shape = |shape| match shape {
        Shape::Optional(Shape::Duration) => duration.clone(),
        Shape::Optional(Shape::Choice(name)) => of_types(name),
        _ => number.clone(),
    };
    let fields = PolicyInput::TYPE.fields.iter();
    let fields: Map<_, _> =
        fields.map(|field| (field.name.to_owned(), about(shape(field.shape), field.about))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": fields })
}

/// The names of the types that stand in arguments, however deep, in the policy, and in what a step says of a mail.
fn used() -> BTreeSet<&'static str> {
    let parameters = OPERATIONS.iter().flat_map(|operation| operation.parameters).map(|parameter| parameter.shape);
    let policy = PolicyInput::TYPE.fields.iter().map(|field| field.shape);
    let (mut found, mut left) = (BTreeSet::from([MailKind::TYPE.name]), parameters.chain(policy).collect::<Vec<_>>());
    while let Some(shape) = left.pop() {
        match shape {
            Shape::Optional(inner) | Shape::List(inner) | Shape::Map(inner) => left.push(*inner),
            Shape::Record(name) | Shape::Choice(name) if found.insert(name) => {
                let record = RECORDS.iter().find(|record| record.name == name);
                left.extend(record.iter().flat_map(|record| record.fields).map(|field| field.shape));
            }
            _ => {}
        }
    }
    found
}

/// The module of a type.
fn module(name: &str) -> &'static str {
    let record = RECORDS.iter().find(|record| record.name == name).map(|RecordType { module, .. }| *module);
    let choice = || CHOICES.iter().find(|choice| choice.name == name).map(|ChoiceType { module, .. }| *module);
    last(record.or_else(choice).unwrap_or_default())
}

/// A value of this shape, or a captured one.
pub(super) fn shape(value: &Shape) -> Value {
    let or_captured = |schema: Value| json!({ "anyOf": [of_format("captured"), schema] });
    match *value {
        // what a text may be is for the library to say
        Shape::Secret => json!({ "anyOf": [{ "type": "string" }, of_format("app")] }),
        Shape::Text | Shape::Decimal | Shape::Bytes | Shape::Id(_) => json!({ "type": "string" }),
        Shape::Answer => json!({ "type": ["string", "boolean", "array"], "items": { "type": "string" } }),
        Shape::Flag => or_captured(json!({ "type": "boolean" })),
        Shape::Number | Shape::Duration => or_captured(json!({ "type": "integer" })),
        Shape::Timestamp => or_captured(json!({ "type": "string", "format": "date-time" })),
        Shape::Optional(inner) => shape(inner),
        Shape::List(inner) => or_captured(json!({ "type": "array", "items": shape(inner) })),
        Shape::Map(inner) => or_captured(json!({ "type": "object", "additionalProperties": shape(inner) })),
        Shape::Record(name) | Shape::Choice(name) => or_captured(of_types(name)),
        Shape::Actor | Shape::Json | Shape::Nothing => true.into(),
    }
}

/// A record or a choice, as the file of its module defines it.
fn of_types(name: &str) -> Value {
    json!({ "$ref": format!("../types/{}.json#/$defs/{name}", module(name)) })
}

fn record(fields: &[Field]) -> Value {
    let required: Vec<_> = fields.iter().filter(|field| !field.may_be_left_out).map(|field| field.name).collect();
    let properties: Map<_, _> =
        fields.iter().map(|field| (field.name.to_owned(), about(shape(&field.shape), field.about))).collect();
    object(&required, properties.into())
}

fn choice(ty: &ChoiceType) -> Value {
    json!({ "enum": ty.choices.iter().map(|choice| (choice.text)()).collect::<Vec<_>>() })
}

/// With what it is.
pub(super) fn about(mut schema: Value, about: &str) -> Value {
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("description".to_owned(), words::line(about).into());
    }
    schema
}
