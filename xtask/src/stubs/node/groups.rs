//! `groups.js`: a class for each group, a method for each operation, and a second one for those that read.

use std::fmt::Write;

use handfast_contract::{Kind, Operation, shape::Shape};

use super::{HEAD, camel_case, groups, optional, records, required};

const USES: &str = "'use strict';

const { Group } = require('../lib/door.js');
const special = require('../lib/special.js');
";

/// The file.
pub(super) fn file() -> String {
    let mut text = format!("{HEAD}{USES}");
    let groups = groups();
    for operations in &groups {
        let Some(first) = operations.first() else { continue };
        let is_special = operations.iter().any(|operation| operation.kind == Kind::Special);
        let base = if is_special { format!("special.{}", first.class) } else { "Group".to_owned() };
        let _ = write!(text, "\nclass {} extends {base} {{", first.class);
        operations.iter().for_each(|operation| text.push_str(&methods(operation)));
        text.push_str("}\n");
    }
    text.push_str("\n/** The groups, by the names that a handle has them under. */\nexports.groups = {\n");
    for first in groups.iter().filter_map(|operations| operations.first()) {
        let _ = writeln!(text, "  {}: {},", camel_case(first.group), first.class);
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
        Kind::Change => method(operation, "", "call"),
        Kind::Read => method(operation, "", "call") + &method(operation, "Sync", "callSync"),
        Kind::List => method(operation, "", "pages") + &method(operation, "Sync", "pageSync"),
    }
}

fn method(operation: &Operation, twin: &str, way: &str) -> String {
    let given: Vec<_> = required(operation).map(|parameter| camel_case(parameter.name)).collect();
    let options: Vec<_> = optional(operation).map(|parameter| camel_case(parameter.name)).collect();
    let paging: &[_] = if operation.kind == Kind::List { &["cursor", "limit"] } else { &[] };
    let destructured: Vec<_> = options.iter().map(String::as_str).chain(paging.iter().copied()).collect();

    let mut parameters = given.clone();
    if !destructured.is_empty() {
        parameters.push(format!("{{ {} }} = {{}}", destructured.join(", ")));
    }
    let arguments = [given, options].concat().join(", ");
    let paging = if paging.is_empty() { "" } else { ", { cursor, limit }" };
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
