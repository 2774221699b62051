//! Every operation by its name, for scenarios: Swift cannot call a method whose name is a text.

use std::fmt::Write;

use handfast_contract::{Kind, OPERATIONS, Operation, shape::Shape};

use super::{HEAD, camel, swift};
use crate::parts::{Group, groups};

/// How a scenario's operation finds its group; those that take a callback are played by hand.
pub(super) fn file() -> String {
    let mut text = format!(
        "// {HEAD}\n\nimport Handfast\n\nextension Handfast {{\n    /// Does the operation of a name, `invites.submit`, \
         with arguments by name; `nil` when there is none, or it takes a callback.\n    func ask(_ operation: String, _ \
         arguments: JSON) async throws -> JSON? {{\n        let parts = operation.split(separator: \".\", maxSplits: \
         1).map(String.init)\n        guard parts.count == 2 else {{ return nil }}\n        var given = try \
         Fields(arguments)\n        switch parts[0] {{\n"
    );
    for Group { name, .. } in groups() {
        let _ = writeln!(text, "        case \"{name}\": return try await {}.ask(parts[1], &given)", camel(name));
    }
    text.push_str("        default: return nil\n        }\n    }\n}\n");
    text.push_str(
        "\n/// How many operations each have a way of their own here.\nlet operationNames: Set<String> = [\n",
    );
    OPERATIONS.iter().for_each(|operation| text.push_str(&format!("    \"{}\",\n", operation.name())));
    text.push_str("]\n\n/// The operations that act for a company.\nlet operationsWithActor: Set<String> = [\n");
    let acting = |operation: &&Operation| operation.parameters.iter().any(|parameter| parameter.shape == Shape::Actor);
    OPERATIONS.iter().filter(acting).for_each(|operation| text.push_str(&format!("    \"{}\",\n", operation.name())));
    text.push_str("]\n");
    text
}

/// The operations of a group.
pub(super) fn group(group: &Group) -> String {
    let mut text = format!(
        "// {HEAD}\n\nimport Handfast\n\nextension {} {{\n    func ask(_ verb: String, _ given: inout Fields) async \
         throws -> JSON? {{\n        switch verb {{\n",
        group.class
    );
    for operation in group.operations.iter().filter(|operation| operation.kind != Kind::Special) {
        let _ = writeln!(text, "        case \"{}\":", operation.verb);
        let mut handed = Vec::new();
        for parameter in operation.parameters {
            let (name, left_out) = (camel(parameter.name), if parameter.may_be_left_out { "?" } else { "" });
            let ty = swift(parameter.shape);
            let _ = writeln!(text, "            let {name}: {ty}{left_out} = try given.take(\"{}\")", parameter.name);
            handed.push(format!("{name}: {name}"));
        }
        let call = format!("try await self.{}({})", camel(operation.verb), handed.join(", "));
        text.push_str("            try given.end()\n");
        let _ = match operation.result {
            Shape::Nothing => write!(text, "            {call}\n            return .null\n"),
            _ => writeln!(text, "            return {call}.json"),
        };
    }
    text + "        default: return nil\n        }\n    }\n}\n"
}
