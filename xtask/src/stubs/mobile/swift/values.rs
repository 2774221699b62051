//! How ids, choices and records are read from JSON and written as JSON, for scenarios: Swift cannot make a value by the
//! names of its fields.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use handfast_contract::{
    CHOICES, IDS, OPERATIONS, PolicyInput, RECORDS,
    shape::{RecordType, Shape},
};

use super::{HEAD, camel};
use crate::parts::by_module;

const USES: &str = "\n\nimport Handfast\n";

/// The ids.
pub(super) fn ids() -> String {
    let mut text = format!("// {HEAD}{USES}");
    for name in IDS.iter().map(|id| id.name).chain(["Secret"]) {
        let _ = write!(text, "\nextension {name}: TextInJSON {{}}\n");
    }
    text
}

/// The choices and records of each module: of the records those that operations take are read, those that they give
/// are written.
pub(super) fn types() -> BTreeMap<&'static str, String> {
    let parameters = OPERATIONS.iter().flat_map(|operation| operation.parameters).map(|parameter| parameter.shape);
    let (taken, given) = (of(parameters), of(OPERATIONS.iter().map(|operation| operation.result)));
    let records = RECORDS.iter().chain(&[PolicyInput::TYPE]).copied();
    let mut modules = BTreeMap::new();
    for (module, types) in by_module(records, CHOICES.iter().copied()) {
        let mut text = String::new();
        for choice in &types.choices {
            let _ = write!(text, "\nextension {}: ChoiceInJSON {{}}\n", choice.name);
        }
        let is_taken = |record: &&RecordType| taken.contains(record.name) || record.name == PolicyInput::TYPE.name;
        types.records.iter().filter(is_taken).for_each(|record| read(&mut text, record));
        types.records.iter().filter(|record| given.contains(record.name)).for_each(|record| write(&mut text, record));
        if !text.is_empty() {
            modules.insert(module, format!("// {HEAD}{USES}{text}"));
        }
    }
    modules
}

/// The records that stand in values of these shapes, however deep.
fn of(shapes: impl Iterator<Item = Shape>) -> BTreeSet<&'static str> {
    let (mut found, mut left) = (BTreeSet::new(), shapes.collect::<Vec<_>>());
    while let Some(shape) = left.pop() {
        match shape {
            Shape::Optional(inner) | Shape::List(inner) | Shape::Map(inner) => left.push(*inner),
            Shape::Record(name) if found.insert(name) => {
                let record = RECORDS.iter().find(|record| record.name == name);
                left.extend(record.iter().flat_map(|record| record.fields).map(|field| field.shape));
            }
            _ => {}
        }
    }
    found
}

fn read(text: &mut String, record: &RecordType) {
    let _ = write!(
        text,
        "\nextension {}: FromJSON {{\n    init(json: JSON) throws {{\n        var fields = try Fields(json)\n        \
         self.init(\n",
        record.name
    );
    let fields = record
        .fields
        .iter()
        .map(|field| format!("            {}: try fields.take(\"{}\")", camel(field.name), field.name));
    let _ =
        write!(text, "{}\n        )\n        try fields.end()\n    }}\n}}\n", fields.collect::<Vec<_>>().join(",\n"));
}

fn write(text: &mut String, record: &RecordType) {
    let _ = write!(text, "\nextension {}: ToJSON {{\n    var json: JSON {{\n        .object([\n", record.name);
    for field in record.fields {
        let name = camel(field.name);
        let json = match field.shape {
            // Swift has it as a text
            Shape::Json | Shape::Optional(Shape::Json) => format!("JSON(columns: {name})"),
            _ => format!("{name}.json"),
        };
        let _ = writeln!(text, "            \"{}\": {json},", field.name);
    }
    text.push_str("        ])\n    }\n}\n");
}
