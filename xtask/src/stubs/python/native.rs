use std::fmt::Write;

use handfast_contract::{
    Kind, Operation,
    shape::{Field, RecordType},
};

use super::{
    HEAD, all_records,
    imports::{self, all, import},
    operation::{about, arguments, signature},
    words::{call, doc, given, taken},
};
use crate::parts::{Group, groups};

/// `_native`: the native half, with all of its classes.
pub(super) fn native() -> String {
    let body = all([classes(), vec!["Handfast", "open"]].concat()) + include_str!("open.pyi") + &handle();
    let groups = import(".groups", group_classes().into_iter());
    let types = import(".types", type_classes().into_iter());
    let imports = imports::choices("..", &body) + "from .._log import LogRecord\n" + &groups + &types;
    file("The native half of handfast.", &imports, &body)
}

/// `_native/groups/customers.pyi`: the operations of a group.
pub(super) fn group(group: &Group) -> String {
    let mut body = class(group.class, group.about);
    group.operations.iter().for_each(|operation| body.push_str(&method(operation)));
    let page = if body.contains("Page[") { "from ..._page import Page\n" } else { "" };
    let imports = imports::choices("...", &body) + &imports::ids("...", &body) + page;
    file(group.about, &(imports + &imports::types("..types", &body)), &body)
}

/// `_native/types/customer.pyi`: the records of a module.
pub(super) fn records(records: &[RecordType]) -> String {
    types("Records.", &records.iter().map(class_of_record).collect::<String>())
}

/// The modules of types that are written by hand.
pub(super) fn by_hand() -> [(&'static str, &'static str, String); 2] {
    [
        ("actor", "Actor", types("Who acts.", include_str!("actor.pyi"))),
        ("clock", "ManualClock", types("A clock for tests.", include_str!("clock.pyi"))),
    ]
}

/// A module of types.
fn types(about: &str, body: &str) -> String {
    let imports = imports::choices("...", body) + &imports::ids("...", body) + &imports::types(".", body);
    file(about, &imports, body)
}

/// A module: what it imports of the package, and what it declares.
fn file(about: &str, imports: &str, body: &str) -> String {
    let standard = imports::standard(body);
    let gap = if standard.is_empty() || imports.is_empty() { "" } else { "\n" };
    format!("{HEAD}{}\n{standard}{gap}{imports}{body}", doc(0, about))
}

fn group_classes() -> Vec<&'static str> {
    groups().map(|group| group.class).collect()
}

fn type_classes() -> Vec<&'static str> {
    all_records().map(|record| record.name).chain(by_hand().map(|(_, class, _)| class)).collect()
}

/// The names of the native classes, but for the handle.
fn classes() -> Vec<&'static str> {
    [group_classes(), type_classes()].concat()
}

/// The names that the package takes from its native half.
pub(super) fn public() -> Vec<&'static str> {
    [classes(), vec!["Handfast"]].concat()
}

fn class(name: &str, about: &str) -> String {
    format!("\n@final\nclass {name}:\n{}\n", doc(4, about))
}

fn handle() -> String {
    let mut text = class("Handfast", "The library, open on a store. `with` closes it.");
    for Group { name, class, about, .. } in groups() {
        let _ = write!(text, "    @property\n    def {name}(self) -> {class}:\n{}", doc(8, about));
    }
    text + include_str!("handle.pyi")
}

fn method(operation: &Operation) -> String {
    let arguments = callback(operation.kind, signature(&arguments(operation)));
    let tail = format!(" -> {}:", given(&operation.result));
    call(4, &format!("def {}", operation.verb), &arguments, &tail) + &doc(8, &about(operation))
}

/// The arguments with the callback of the operation.
pub(super) fn callback(kind: Kind, mut arguments: Vec<String>) -> Vec<String> {
    match kind {
        Kind::Read | Kind::List | Kind::Change => {}
        Kind::Bulk => arguments.extend(["*", "progress: Callable[[int, int], object] | None = None"].map(Into::into)),
        Kind::Special => {
            return ["self", "mailer: Callable[[Message], object]", "*", "limit: int = 100"].map(Into::into).into();
        }
    }
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
