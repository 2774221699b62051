use std::fmt::Write;

use handfast_contract::{
    IDS, Kind, Operation,
    shape::{Field, RecordType},
};

use super::{
    HEAD, all_choices, all_records, groups,
    operation::{about, arguments, signature},
    words::{call, doc, given, taken},
};

const BY_HAND: &str = include_str!("native.pyi");

/// `_native.pyi`: the types of the native half.
pub(super) fn native() -> String {
    let mut body = exported() + BY_HAND + &handle();
    groups().for_each(|group| body.push_str(&class_of_group(group)));
    all_records().for_each(|record| body.push_str(&class_of_record(&record)));
    let mut text = format!("{HEAD}\"\"\"The native half of handfast.\"\"\"\n\n");
    text.push_str(
        "from collections.abc import Callable, Mapping, Sequence\nfrom datetime import datetime, timedelta\n",
    );
    text.push_str("from decimal import Decimal\nfrom typing import Any, Self, final\n\n");
    text.push_str(&import("._choices", used(all_choices().map(|choice| choice.name), &body)));
    text.push_str(&import("._ids", used(IDS.iter().map(|id| id.name), &body)));
    text + "from ._log import LogRecord\nfrom ._page import Page\n" + &body
}

/// The names that a text uses as types.
pub(super) fn used(names: impl Iterator<Item = &'static str>, body: &str) -> impl Iterator<Item = &'static str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    names.filter(move |name| body.split(|letter| !is_part(letter)).any(|word| word == *name))
}

/// `from module import (..)`, sorted, a line for each name.
pub(super) fn import(module: &str, names: impl Iterator<Item = &'static str>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let lines: String = names.iter().map(|name| format!("    {name},\n")).collect();
    format!("from {module} import (\n{lines})\n")
}

/// The names of the native classes.
pub(super) fn classes() -> Vec<&'static str> {
    let records = all_records().map(|record| record.name);
    let groups = groups().filter_map(|group| Some(group.first()?.class));
    let mut names: Vec<_> = records.chain(groups).chain(["Actor", "Handfast", "ManualClock"]).collect();
    names.sort_unstable();
    names
}

/// `__all__ = [..]`.
pub(super) fn all(names: &[&str]) -> String {
    let lines: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    format!("\n__all__ = [\n{lines}]\n")
}

fn exported() -> String {
    let mut names = classes();
    names.push("open");
    all(&names)
}

fn class(name: &str, about: &str) -> String {
    format!("\n@final\nclass {name}:\n{}\n", doc(4, about))
}

fn handle() -> String {
    let mut text = class("Handfast", "The library, open on a store. `with` closes it.");
    for group in groups() {
        let Some(Operation { group: name, class, group_about, .. }) = group.first() else { continue };
        let _ = write!(text, "    @property\n    def {name}(self) -> {class}:\n{}", doc(8, group_about));
    }
    text + include_str!("handle.pyi")
}

fn class_of_group(group: &[Operation]) -> String {
    let Some(Operation { class: name, group_about, .. }) = group.first() else { return String::new() };
    let mut text = class(name, group_about);
    for operation in group {
        text.push_str(&method(operation));
    }
    text
}

fn method(operation: &Operation) -> String {
    let mut arguments = signature(&arguments(operation));
    if operation.kind == Kind::Special {
        arguments = callback(operation.verb, arguments);
    }
    let tail = format!(" -> {}:", given(&operation.result));
    call(4, &format!("def {}", operation.verb), &arguments, &tail) + &doc(8, &about(operation))
}

/// What a callback adds to the arguments.
pub(super) fn callback(verb: &str, mut arguments: Vec<String>) -> Vec<String> {
    let words: &[&str] = match verb {
        "deliver" => {
            return ["self", "mailer: Callable[[Message], object]", "*", "limit: int = 100"].map(Into::into).into();
        }
        _ => &["*", "progress: Callable[[int, int], object] | None = None"],
    };
    arguments.extend(words.iter().map(|word| (*word).to_owned()));
    arguments
}

fn class_of_record(record: &RecordType) -> String {
    let mut text = class(record.name, record.about);
    let required = record.fields.iter().filter(|field| !field.may_be_left_out);
    let optional = record.fields.iter().filter(|field| field.may_be_left_out);
    let mut constructor = vec!["cls".to_owned(), "*".to_owned()];
    constructor.extend(required.map(|Field { name, shape, .. }| format!("{name}: {}", taken(shape))));
    constructor.extend(optional.map(|Field { name, shape, .. }| format!("{name}: {} = None", taken(shape))));
    text.push_str(&call(4, "def __new__", &constructor, " -> Self: ..."));
    for Field { name, shape, about, .. } in record.fields {
        let _ = write!(text, "    @property\n    def {name}(self) -> {}:\n{}", given(shape), doc(8, about));
    }
    text + include_str!("record.pyi")
}
