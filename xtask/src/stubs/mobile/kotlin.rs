//! Kotlin: the ids as value classes, so that they do not mix; the groups of a handle; and every list as a flow.

use std::fmt::Write;

use handfast_contract::{IDS, Kind, OPERATIONS, Operation, RECORDS, shape::Shape};

use super::{Generated, HEAD};

const FOLDER: [&str; 3] = [
    "bindings/mobile/kotlin/src/main/kotlin/dev/handfast/Ids.kt",
    "bindings/mobile/kotlin/src/main/kotlin/dev/handfast/Groups.kt",
    "bindings/mobile/kotlin/src/main/kotlin/dev/handfast/Lists.kt",
];

pub(super) fn files() -> [Generated; 3] {
    let [ids_file, groups_file, lists_file] = FOLDER;
    [Generated::new(ids_file, ids()), Generated::new(groups_file, groups()), Generated::new(lists_file, lists())]
}

fn ids() -> String {
    let mut text = format!("// {HEAD}\n\npackage dev.handfast\n");
    for id in IDS {
        let (about, name) = (id.about.trim(), id.name);
        let _ = write!(
            text,
            "\n/** {about} What is no id is told when it is used: `not_an_id`. */\n@JvmInline\n\
             public value class {name}(public val value: String) {{\n    override fun toString(): String = value\n}}\n"
        );
    }
    text.push_str(
        "\n/** A password, a code or a token. Nothing shows it by itself. */\n@JvmInline\n\
         public value class Secret(public val value: String) {\n    override fun toString(): String = \"…\"\n}\n",
    );
    text
}

/// The first operation of each group stands for the group.
fn of_each_group() -> impl Iterator<Item = &'static Operation> {
    let before = |at: usize| OPERATIONS.get(at.wrapping_sub(1)).map(|operation| operation.group);
    OPERATIONS.iter().enumerate().filter(move |(at, operation)| before(*at) != Some(operation.group)).map(|(_, op)| op)
}

fn groups() -> String {
    let mut text = format!("// {HEAD}\n\npackage dev.handfast\n");
    for operation in of_each_group() {
        let _ = write!(text, "\nimport dev.handfast.native.{}", operation.class);
    }
    text.push_str(
        "\n\n/** The operations, by group. */\npublic abstract class Groups internal constructor(opened: \
         dev.handfast.native.Handfast) {\n",
    );
    for (at, operation) in of_each_group().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let (about, name, class) = (operation.group_about, camel(operation.group), operation.class);
        let _ = write!(text, "{gap}    /** {about} */\n    public val {name}: {class} = opened.{name}()\n");
    }
    text.push_str("}\n");
    text
}

fn lists() -> String {
    let lists = || OPERATIONS.iter().filter(|operation| operation.kind == Kind::List);
    let mut text = format!("// {HEAD}\n\npackage dev.handfast\n");
    for group in of_each_group().filter(|group| lists().any(|list| list.group == group.group)) {
        let _ = write!(text, "\nimport dev.handfast.native.{}", group.class);
    }
    text.push_str("\nimport kotlinx.coroutines.flow.Flow\n");
    lists().for_each(|list| flow(&mut text, list));
    text
}

/// `customers.listAll(actor)`: the items of all pages.
fn flow(text: &mut String, list: &Operation) {
    let (class, verb) = (list.class, camel(list.verb));
    let asked = || list.parameters.iter().filter(|parameter| parameter.name != "paging");
    let declared = asked().map(|parameter| {
        let left_out = if parameter.may_be_left_out { "? = null" } else { "" };
        format!("    {}: {}{left_out},\n", camel(parameter.name), kotlin(parameter.shape))
    });
    let handed: Vec<_> = asked().map(|parameter| camel(parameter.name)).collect();
    let _ = write!(
        text,
        "\n/** {} All of them, page by page as they are collected; `pageSize` items at a time. */\n\
         public fun {class}.{verb}All(\n{}    pageSize: UInt? = null,\n): Flow<{}> =\n    \
         pages(pageSize, {{ it.items }}, {{ it.next }}) {{ {verb}({}) }}\n",
        list.about,
        declared.collect::<String>(),
        item(list.result),
        handed.iter().map(|name| format!("{name} = {name}")).collect::<Vec<_>>().join(", ") + ", paging = it",
    );
}

/// What a page holds.
fn item(page: Shape) -> String {
    let Shape::Record(page) = page else { return String::new() };
    let items = RECORDS.iter().find(|record| record.name == page).and_then(|record| record.fields.first());
    match items.map(|field| field.shape) {
        Some(Shape::List(item)) => kotlin(*item),
        _ => String::new(),
    }
}

fn kotlin(shape: Shape) -> String {
    match shape {
        Shape::Text => "String".to_owned(),
        Shape::Actor => "Actor".to_owned(),
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) => name.to_owned(),
        other => format!("{other:?}"),
    }
}

/// `price_types` is `priceTypes`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (head, rest) = word.split_at(word.len().min(1));
        name + &head.to_uppercase() + rest
    })
}
