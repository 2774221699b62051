//! Swift: the ids as structs, so that they do not mix; choices and codes with their texts; the groups of a handle; every
//! list as an asynchronous sequence; and, for the tests, every operation by its name.

mod groups;
mod ids;
mod operations;
mod values;
mod words;

use handfast_contract::shape::Shape;

use super::{Generated, HEAD};

pub(super) fn files() -> Vec<Generated> {
    vec![
        Generated::new("bindings/mobile/swift/Sources/Handfast/Choices.swift", words::choices()),
        Generated::new("bindings/mobile/swift/Sources/Handfast/ErrorCode.swift", words::codes()),
        Generated::new("bindings/mobile/swift/Sources/Handfast/Groups.swift", groups::groups()),
        Generated::new("bindings/mobile/swift/Sources/Handfast/Ids.swift", ids::ids()),
        Generated::new("bindings/mobile/swift/Sources/Handfast/Lists.swift", groups::lists()),
        Generated::new("bindings/mobile/swift/Tests/HandfastTests/Scenarios/Operations.swift", operations::file()),
        Generated::new("bindings/mobile/swift/Tests/HandfastTests/Scenarios/Values.swift", values::file()),
    ]
}

/// How a value looks in Swift.
fn swift(shape: Shape) -> String {
    match shape {
        Shape::Nothing => "Void".to_owned(),
        Shape::Text => "String".to_owned(),
        Shape::Flag => "Bool".to_owned(),
        Shape::Number => "UInt32".to_owned(),
        Shape::Bytes => "Data".to_owned(),
        Shape::Timestamp => "Date".to_owned(),
        Shape::Duration => "TimeInterval".to_owned(),
        Shape::Json => "Columns".to_owned(),
        Shape::Answer => "AnswerValue".to_owned(),
        Shape::Decimal | Shape::Secret | Shape::Actor => format!("{shape:?}"),
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) => name.to_owned(),
        Shape::Optional(inner) => format!("{}?", swift(*inner)),
        Shape::List(inner) => format!("[{}]", swift(*inner)),
        Shape::Map(inner) => format!("[String: {}]", swift(*inner)),
    }
}

/// `price_types` and `PriceTypes` are `priceTypes`.
fn camel(name: &str) -> String {
    let mut camel = String::new();
    for word in name.split('_') {
        let (head, rest) = word.split_at(word.len().min(1));
        camel += &if camel.is_empty() { head.to_lowercase() } else { head.to_uppercase() };
        camel += rest;
    }
    camel
}

/// A name where it is declared: a word of the language stands in backticks.
fn declared(name: &str) -> String {
    let camel = camel(name);
    match camel.as_str() {
        "internal" | "open" | "default" | "in" | "is" | "as" | "init" | "self" | "repeat" | "switch" | "import" => {
            format!("`{camel}`")
        }
        _ => camel,
    }
}
