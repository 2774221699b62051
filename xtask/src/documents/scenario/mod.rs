//! The JSON Schema of scenario files: the format, and beside it a file for the operations of each group and one for the
//! types of each module.

mod operations;
mod types;

use handfast::Code;
use handfast_contract::{OPERATIONS, Operation};
use serde_json::{Value, json};

use super::{Generated, WRITER};
use crate::parts::groups;

/// The files.
pub(super) fn schema() -> Vec<Generated> {
    let mut files = vec![Generated::new("tests/scenario.schema.json", text(format()))];
    files.extend(
        groups()
            .map(|group| (format!("groups/{}", group.name), operations::of(&group)))
            .chain(types::files())
            .map(|(name, schema)| Generated::new(format!("tests/schema/{name}.json"), text(schema))),
    );
    files
}

fn text(mut schema: Value) -> String {
    schema["$comment"] = format!("{} from the table of operations.", WRITER.mark()).into();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    format!("{schema:#}\n")
}

/// A definition of the format, as the other files name it.
fn of_format(name: &str) -> Value {
    json!({ "$ref": format!("../../scenario.schema.json#/$defs/{name}") })
}

fn format() -> Value {
    json!({
        "title": "A scenario",
        "description": "docs/scenarios.md tells the format.",
        "type": "object",
        "required": ["title", "starts", "steps"],
        "additionalProperties": false,
        "properties": {
            "title": { "type": "string" },
            "about": { "type": "string" },
            "starts": { "type": "string", "format": "date-time" },
            "policy": { "$ref": "schema/types/policy.json" },
            "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } },
        },
        "$defs": {
            "captured": captured(),
            "app": app(),
            "duration": { "type": "string", "pattern": "^([0-9]+(ms|s|m|h|d))+$" },
            "code": { "enum": Code::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>() },
            "step": step(),
        },
    })
}

/// `"$name"` stands for a captured value, `"$name/pointer"` for a part of it.
fn captured() -> Value {
    json!({ "type": "string", "pattern": "^\\$[^$]" })
}

/// What an authenticator app shows.
fn app() -> Value {
    let properties = json!({ "$app": { "type": "string" }, "after": { "$ref": "#/$defs/duration" } });
    object(&["$app"], properties)
}

/// What every step is, and what follows from its operation.
fn step() -> Value {
    let operations: Vec<_> =
        groups().map(|group| json!({ "$ref": format!("schema/groups/{}.json", group.name) })).collect();
    let names: Vec<_> = OPERATIONS.iter().map(Operation::name).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "say": { "type": "string" },
            "do": { "enum": names },
            "as": {
                "anyOf": [
                    { "$ref": "#/$defs/captured" },
                    object(&["host"], json!({ "host": { "type": "string" } })),
                    object(&["session", "identity", "login", "company"], actor_of_session()),
                    object(&["as", "session", "identity", "login", "partner", "delegation", "company"], actor_of_partner()),
                    object(&["login", "company"], json!({ "login": { "type": "string" }, "company": { "type": "string" } })),
                ],
            },
            "with": { "type": "object" },
            "capture": { "type": "object", "additionalProperties": { "type": "string", "pattern": "^(/.*|code|link|token|password)?$" } },
            "expect": true,
            "expect_error": expected_error(),
            "clock": {
                "oneOf": [
                    object(&["set"], json!({ "set": { "type": "string", "format": "date-time" } })),
                    object(&["advance"], json!({ "advance": { "$ref": "#/$defs/duration" } })),
                ],
            },
        },
        "oneOf": [{ "required": ["do"] }, { "required": ["clock"] }],
        "not": { "required": ["expect", "expect_error"] },
        "allOf": operations,
    })
}

/// An actor of a session that is written out.
fn actor_of_session() -> Value {
    let id = json!({ "type": "string" });
    json!({ "as": { "const": "session" }, "session": id, "identity": id, "login": id, "company": id })
}

/// A partner in a client's account that is written out.
fn actor_of_partner() -> Value {
    let id = json!({ "type": "string" });
    json!({
        "as": { "const": "partner" }, "session": id, "identity": id, "login": id, "partner": id, "delegation": id,
        "company": id,
    })
}

fn expected_error() -> Value {
    let code = json!({ "$ref": "#/$defs/code" });
    let properties = json!({
        "code": code,
        "faults": { "type": "object", "additionalProperties": code },
        "retry_after": { "$ref": "#/$defs/duration" },
    });
    json!({ "anyOf": [code, object(&["code"], properties)] })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}
