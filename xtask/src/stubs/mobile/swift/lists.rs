//! The groups of a handle, and every list as an asynchronous sequence of its items.

use std::fmt::Write;

use handfast_contract::{Kind, OPERATIONS, Operation, RECORDS, shape::Shape};

use super::{HEAD, camel, swift};
use crate::parts::{self, Group};

/// `hf.customers`.
pub(super) fn groups() -> String {
    let mut text = format!("// {HEAD}\n\nextension Handfast {{\n");
    for (at, Group { name, class, about, .. }) in parts::groups().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let (name, native) = (camel(name), camel(&format!("native_{name}")));
        let _ = write!(text, "{gap}    /// {about}\n    public var {name}: {class} {{ {native}() }}\n");
    }
    text.push_str("}\n");
    text
}

/// `hf.customers.listAll(actor: ada)`.
pub(super) fn lists() -> String {
    let mut text = format!("// {HEAD}\n");
    OPERATIONS.iter().filter(|operation| operation.kind == Kind::List).for_each(|list| items(&mut text, list));
    text
}

fn items(text: &mut String, list: &Operation) {
    let (about, class, verb) = (list.about, list.class, camel(list.verb));
    let asked = || list.parameters.iter().filter(|parameter| parameter.name != "paging");
    let declared = asked().map(|parameter| {
        let left_out = if parameter.may_be_left_out { "? = nil" } else { "" };
        format!("{}: {}{left_out}, ", camel(parameter.name), swift(parameter.shape))
    });
    let handed = asked().map(|parameter| format!("{0}: {0}, ", camel(parameter.name)));
    let _ = write!(
        text,
        "\nextension {class} {{\n    /// {about} All of them: each page is asked for when it is needed, `pageSize` items at \
         a time.\n    public func {verb}All({}pageSize: UInt32? = nil) -> Items<{}> {{\n        Items(pageSize: pageSize) \
         {{ paging in\n            let page = try await self.{verb}({}paging: paging)\n            return (page.items, \
         page.next)\n        }}\n    }}\n}}\n",
        declared.collect::<String>(),
        item(list.result),
        handed.collect::<String>(),
    );
}

/// What a page holds.
fn item(page: Shape) -> String {
    let Shape::Record(page) = page else { return String::new() };
    let items = RECORDS.iter().find(|record| record.name == page).and_then(|record| record.fields.first());
    match items.map(|field| field.shape) {
        Some(Shape::List(item)) => swift(*item),
        _ => String::new(),
    }
}
