//! Swift: the ids as structs, so that they do not mix; choices and codes with their texts; the groups of a handle; every
//! list as an asynchronous sequence; what is done row by row with a listener; and, for the tests, every operation by its name.

mod bulk;
mod ids;
mod lists;
mod operations;
mod values;
mod words;

use handfast_contract::shape::{Shape, camel_case};

use super::{Generated, HEAD};
use crate::parts::groups;

const SOURCES: &str = "bindings/mobile/swift/Sources/Handfast";
const SCENARIOS: &str = "bindings/mobile/swift/Tests/HandfastTests/Scenarios";

/// Every file. Two of one module must not have the same name, whatever their folders.
pub(super) fn files() -> Vec<Generated> {
    let mut files = vec![
        Generated::new(format!("{SOURCES}/Bulk.swift"), bulk::file()),
        Generated::new(format!("{SOURCES}/ErrorCode.swift"), words::codes()),
        Generated::new(format!("{SOURCES}/Groups.swift"), lists::groups()),
        Generated::new(format!("{SOURCES}/Ids.swift"), ids::ids()),
        Generated::new(format!("{SOURCES}/Lists.swift"), lists::lists()),
        Generated::new(format!("{SCENARIOS}/Operations.swift"), operations::file()),
        Generated::new(format!("{SCENARIOS}/Types/IdValues.swift"), values::ids()),
    ];
    files.extend(
        words::choices()
            .into_iter()
            .map(|(module, text)| Generated::new(format!("{SOURCES}/Types/{}Choices.swift", capital(module)), text)),
    );
    files.extend(groups().map(|group| {
        let name = format!("{SCENARIOS}/Groups/{}Operations.swift", group.class);
        Generated::new(name, operations::group(&group))
    }));
    files.extend(
        values::types()
            .into_iter()
            .map(|(module, text)| Generated::new(format!("{SCENARIOS}/Types/{}Values.swift", capital(module)), text)),
    );
    files
}

/// `customer` as `Customer`.
fn capital(name: &str) -> String {
    let (head, rest) = name.split_at(name.len().min(1));
    head.to_uppercase() + rest
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
    let name = camel_case(name);
    let (head, rest) = name.split_at(name.len().min(1));
    head.to_lowercase() + rest
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
