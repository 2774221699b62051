//! Kotlin: the ids as value classes, so that they do not mix; the groups of a handle; every list as a flow; and what is
//! done row by row with a listener.

use std::collections::BTreeSet;

use handfast_contract::{
    IDS, Kind, OPERATIONS, Operation, RECORDS,
    shape::{Shape, camel_case},
};

use super::{Generated, HEAD};
use crate::parts::{self, Group};

pub(super) fn files() -> [Generated; 4] {
    let file = |name, text| Generated::new(format!("{SOURCES}/{name}.kt"), text);
    [file("Ids", ids()), file("Groups", groups()), file("Lists", lists()), file("Bulk", bulk())]
}

const SOURCES: &str = "bindings/mobile/kotlin/src/main/kotlin/dev/handfast";

const ID: &str = r#"
/** {about} */
@JvmInline
public value class {name}(
    public val value: String,
) {
    override fun toString(): String = {shown}
}
"#;

fn ids() -> String {
    let id = |name: &str, about: &str, shown: &str| {
        ID.replace("{about}", about).replace("{name}", name).replace("{shown}", shown)
    };
    let ids = IDS.iter().map(|ty| {
        let about = format!("{} What is no id is told when it is used: `not_an_id`.", ty.about.trim());
        id(ty.name, &about, "value")
    });
    let secret = id("Secret", "A password, a code or a token. Nothing shows it by itself.", "\"…\"");
    file([], ids.chain([secret]))
}

fn groups() -> String {
    let properties = parts::groups().map(|Group { name, class, about, .. }| {
        let name = camel_case(name);
        format!("    /** {about} */\n    public val {name}: {class} = opened.{name}()\n")
    });
    let class = format!(
        "\n/** The operations, by group. */\npublic abstract class Groups internal constructor(\n    opened: \
         dev.handfast.native.Handfast,\n) {{\n{}}}\n",
        properties.collect::<Vec<_>>().join("\n")
    );
    file(parts::groups().map(|group| group.class), [class])
}

fn lists() -> String {
    let lists = || OPERATIONS.iter().filter(|operation| operation.kind == Kind::List);
    file(lists().map(|list| list.class), lists().map(flow))
}

fn bulk() -> String {
    let bulk = || OPERATIONS.iter().filter(|operation| operation.kind == Kind::Bulk);
    file(bulk().map(|bulk| bulk.class), bulk().map(heard))
}

/// A file of the package that uses these classes of the native library.
fn file<'a>(classes: impl IntoIterator<Item = &'a str>, parts: impl IntoIterator<Item = String>) -> String {
    let classes: BTreeSet<_> = classes.into_iter().collect();
    let mut text = format!("// {HEAD}\n\npackage dev.handfast\n");
    for (at, class) in classes.iter().enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        text.push_str(&format!("{gap}import dev.handfast.native.{class}\n"));
    }
    let parts: String = parts.into_iter().collect();
    if parts.contains("Flow<") {
        text.push_str("import kotlinx.coroutines.flow.Flow\n");
    }
    text + &parts
}

const FLOW: &str = r#"
/**
 * {about}
 *
 * All of them: page by page as they are collected, `pageSize` items at a time.
 */
public fun {class}.{verb}All(
{declared}    pageSize: UInt? = null,
): Flow<{item}> ={gap}pages(pageSize, { it.items }, { it.next }) { {verb}({handed}paging = it) }
"#;

/// The longest line that ktlint takes.
const WIDTH: usize = 120;

/// `customers.listAll(actor)`: the items of all pages.
fn flow(list: &Operation) -> String {
    let asked = || list.parameters.iter().filter(|parameter| parameter.name != "paging");
    let declared = asked().map(|parameter| {
        let left_out = if parameter.may_be_left_out { "? = null" } else { "" };
        format!("    {}: {}{left_out},\n", camel_case(parameter.name), kotlin(parameter.shape))
    });
    let handed = asked().map(|parameter| {
        let name = camel_case(parameter.name);
        format!("{name} = {name}, ")
    });
    let flow = FLOW
        .replace("{about}", list.about)
        .replace("{class}", list.class)
        .replace("{verb}", &camel_case(list.verb))
        .replace("{declared}", &declared.collect::<String>())
        .replace("{item}", &item(list.result))
        .replace("{handed}", &handed.collect::<String>());
    let fits = |line: &str| line.chars().count() + " ".len() <= WIDTH + "{gap}".len();
    let gap = if flow.lines().filter(|line| line.contains("{gap}")).all(fits) { " " } else { "\n    " };
    flow.replace("{gap}", gap)
}

const HEARD: &str = r#"
/**
 * {about}
 *
 * `progress` hears, as rows are done, how many are, of how many; when it throws, the rest is done all the same, and the
 * call ends with [HandfastException.Internal] and what it said.
 */
public suspend fun {class}.{verb}(
{declared}    progress: Progress,
): {result} = {verb}({handed}NativeProgress(progress))
"#;

/// `users.addMany(actor, key, users) { done, total -> .. }`: the listener is the host's own.
fn heard(bulk: &Operation) -> String {
    let declared =
        bulk.parameters.iter().map(|asked| format!("    {}: {},\n", camel_case(asked.name), kotlin(asked.shape)));
    let handed = bulk.parameters.iter().map(|asked| format!("{}, ", camel_case(asked.name)));
    HEARD
        .replace("{about}", bulk.about)
        .replace("{class}", bulk.class)
        .replace("{verb}", &camel_case(bulk.verb))
        .replace("{declared}", &declared.collect::<String>())
        .replace("{result}", &kotlin(bulk.result))
        .replace("{handed}", &handed.collect::<String>())
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

/// How arguments and items are called in Kotlin; another shape would not compile there.
fn kotlin(shape: Shape) -> String {
    match shape {
        Shape::Text => "String".to_owned(),
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) => name.to_owned(),
        Shape::List(inner) => format!("List<{}>", kotlin(*inner)),
        other => format!("{other:?}"),
    }
}
