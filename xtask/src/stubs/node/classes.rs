//! `groups/customers.js`: the class of a group, with a method for each operation, and a second one for those that read.

use std::fmt::Write;

use handfast_contract::{Kind, Operation, shape::Shape};

use super::{HEAD, camel_case, is_paging, optional, records, required};
use crate::parts::{Group, groups};

/// The file of a group.
pub(super) fn file(group: &Group) -> String {
    let class = group.class;
    let is_special = group.operations.iter().any(|operation| operation.kind == Kind::Special);
    // what takes a callback is written by hand
    let (uses, base) = match is_special {
        true => ("const special = require('../../lib/special.js');", format!("special.{class}")),
        false => ("const { Group } = require('../../lib/door.js');", "Group".to_owned()),
    };
    let mut text = format!("{HEAD}'use strict';\n\n{uses}\n\nexports.{class} = class {class} extends {base} {{");
    let methods: Vec<_> = group.operations.iter().map(methods).collect();
    text.push_str(&methods.concat());
    text + "};\n"
}

/// The file of all groups.
pub(super) fn index() -> String {
    let mut text = format!("{HEAD}'use strict';\n\n");
    text.push_str("/** The groups, by the names that a handle has them under. */\nexports.groups = {\n");
    for Group { name, class, .. } in groups() {
        let _ = writeln!(text, "  {}: require('./{name}.js').{class},", camel_case(name));
    }
    text + "};\n"
}

/// The file of the names that the errors need.
pub(super) fn names() -> String {
    let about = "/** Fields that hold values by names of the host's own. */";
    format!("{HEAD}'use strict';\n\n{about}\nexports.maps = new Set([{}]);\n", maps().join(", "))
}

/// The fields whose names inside are not those of the library.
fn maps() -> Vec<String> {
    let is_map = |shape| matches!(shape, Shape::Map(_) | Shape::Optional(Shape::Map(_)));
    let fields = records().flat_map(|record| record.fields).filter(|field| is_map(field.shape));
    let mut names: Vec<_> = fields.map(|field| format!("'{}'", field.name)).collect();
    names.sort();
    names.dedup();
    names
}

fn methods(operation: &Operation) -> String {
    match operation.kind {
        Kind::Special => String::new(),
        Kind::Bulk => bulk(operation),
        Kind::Change => method(operation, "", "call"),
        Kind::Read => method(operation, "", "call") + &method(operation, "Sync", "callSync"),
        Kind::List => method(operation, "", "pages") + &method(operation, "Sync", "pageSync"),
    }
}

/// `addMany(actor, key, users, { progress } = {})`.
fn bulk(operation: &Operation) -> String {
    let given: Vec<_> = required(operation).map(|parameter| camel_case(parameter.name)).collect();
    let (verb, name, given) = (camel_case(operation.verb), operation.name(), given.join(", "));
    format!(
        "
  {verb}({given}, {{ progress }} = {{}}) {{
    return this._door.bulk('{name}', [{given}], progress);
  }}
"
    )
}

fn method(operation: &Operation, twin: &str, way: &str) -> String {
    let given: Vec<_> = required(operation).map(|parameter| camel_case(parameter.name)).collect();
    let options: Vec<_> = optional(operation).map(|parameter| camel_case(parameter.name)).collect();
    let paged = operation.parameters.iter().any(|parameter| is_paging(parameter.shape));
    let paging: &[_] = if paged { &["cursor", "limit"] } else { &[] };
    let destructured: Vec<_> = options.iter().map(String::as_str).chain(paging.iter().copied()).collect();

    let mut parameters = given.clone();
    if !destructured.is_empty() {
        parameters.push(format!("{{ {} }} = {{}}", destructured.join(", ")));
    }
    // the door walks on from page to page of a list; a page of text is a result like others
    let (inside, paging) = match (paged, operation.kind) {
        (true, Kind::List) => (None, ", { cursor, limit }"),
        (true, _) => (Some("{ cursor, limit }".to_owned()), ""),
        (false, _) => (None, ""),
    };
    let arguments = given.into_iter().chain(options).chain(inside).collect::<Vec<_>>().join(", ");
    format!(
        "
  {verb}{twin}({parameters}) {{
    return this._door.{way}('{name}', [{arguments}]{paging});
  }}
",
        verb = camel_case(operation.verb),
        parameters = parameters.join(", "),
        name = operation.name(),
    )
}
