//! What follows from the operation of a step.

use handfast_contract::{MailKind, Operation, shape::Shape};
use serde_json::{Map, Value, json};

use super::{super::words, object, types::shape};
use crate::parts::Group;

/// The operations of a group.
pub(super) fn of(group: &Group) -> Value {
    json!({ "title": group.about, "allOf": group.operations.iter().map(step).collect::<Vec<_>>() })
}

/// If a step does this operation, then it has these arguments.
fn step(operation: &Operation) -> Value {
    let takes = |name| operation.parameters.iter().any(|parameter| parameter.name == name);
    let with = match operation.verb {
        "deliver" => delivery(),
        _ => {
            let named = operation.parameters.iter().filter(|parameter| parameter.name != "actor");
            let required = named.clone().filter(|parameter| !parameter.may_be_left_out);
            let required: Vec<_> = required.map(|parameter| parameter.name).collect();
            let properties: Map<_, _> =
                named.map(|parameter| (parameter.name.to_owned(), shape(&parameter.shape))).collect();
            object(&required, properties.into())
        }
    };
    let mut required = if takes("actor") { vec!["as"] } else { Vec::new() };
    if with["required"] != json!([]) {
        required.push("with");
    }
    let mut properties = json!({ "with": with });
    if !takes("actor") {
        properties["as"] = false.into();
    }
    json!({
        "if": { "required": ["do"], "properties": { "do": { "const": operation.name() } } },
        "then": { "description": words::line(operation.about), "required": required, "properties": properties },
    })
}

/// A scenario has no mailer of its own: it says what the player's does.
fn delivery() -> Value {
    let properties = json!({
        "limit": shape(&Shape::Number),
        "refuse": { "enum": ["temporary", "permanent"] },
        "kind": shape(&Shape::Choice(MailKind::TYPE.name)),
    });
    object(&[], properties)
}
