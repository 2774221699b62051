//! How ids, choices and records are read from JSON and written as JSON, for scenarios: Swift cannot make a value by the
//! names of its fields.

use std::{collections::BTreeSet, fmt::Write};

use handfast_contract::{
    CHOICES, IDS, OPERATIONS, PolicyInput, RECORDS,
    shape::{RecordType, Shape},
};

use super::{HEAD, camel};

pub(super) fn file() -> String {
    let mut text = format!("// {HEAD}\n\nimport Handfast\n");
    for name in IDS.iter().map(|id| id.name).chain(["Secret"]) {
        let _ = write!(text, "\nextension {name}: TextInJSON {{}}\n");
    }
    for choice in CHOICES {
        let _ = write!(text, "\nextension {}: ChoiceInJSON {{}}\n", choice.name);
    }
    let parameters = OPERATIONS.iter().flat_map(|operation| operation.parameters).map(|parameter| parameter.shape);
    of(parameters).into_iter().chain([&PolicyInput::TYPE]).for_each(|record| read(&mut text, record));
    of(OPERATIONS.iter().map(|operation| operation.result)).iter().for_each(|record| write(&mut text, record));
    text
}

/// The records that stand in values of these shapes, however deep.
fn of(shapes: impl Iterator<Item = Shape>) -> Vec<&'static RecordType> {
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
    RECORDS.iter().filter(|record| found.contains(record.name)).collect()
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
