//! `contract.d.ts`: ids, choices, records, codes and groups, with their documentation.

use std::{collections::BTreeSet, fmt::Write};

use handfast::company::Role;
use handfast_contract::{
    Code, IDS, Kind, Operation, Parameter, Who,
    shape::{Field, RecordType, Shape},
};

use super::{HEAD, camel_case, choices, groups, is_paging, optional, page_of, records, required};

const BASE: &str = "
import type { Mailer, Pages, Paging, Progress, SyncPage } from '../index.js';

declare const brand: unique symbol;

/** A text that is a `Name`, and no other one. A text from outside becomes one by `text as CustomerId`. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };

/** An exact decimal: digits with an optional point and sign. No float comes near it. */
export type Decimal = Brand<'Decimal'>;

/** A decimal as it is given: also a text that can be seen to be one, `'12.5'`. */
export type DecimalInput = Decimal | `${number}`;

/** An answer: a text (or the choice that was taken), or yes or no. */
export type AnswerValue = string | boolean;

/**
 * Who acts for a company: a member of its staff, whom the host has signed in and vouches for, or who holds a session (as
 * `sessions.resolve` gave it), or the host itself (its operators and its own jobs), which may do everything.
 */
export type Actor =
  | { as: 'staff'; login: LoginId; company: CompanyId }
  | { as: 'session'; session: SessionId; identity: IdentityId; login: LoginId; company: CompanyId }
  | { as: 'host'; company: CompanyId };
";

/// The file.
pub(super) fn file() -> String {
    let mut text = format!("{HEAD}{BASE}");
    IDS.iter().for_each(|id| {
        // a record of any kind: its own id is one of those
        let name = if id.name == "RecordId" { "string".to_owned() } else { format!("'{}'", id.name) };
        let _ = write!(text, "\n{}export type {} = Brand<{name}>;\n", doc("", id.about, &[]), id.name);
    });
    for choice in choices() {
        let each: Vec<_> =
            choice.choices.iter().map(|each| format!("- `{}`: {}", (each.text)(), each.about.trim())).collect();
        let texts = choice.choices.iter().map(|each| (each.text)());
        let _ = write!(text, "\n{}{}", doc("", choice.about, &each), union(choice.name, texts));
    }
    let categories: BTreeSet<_> = Code::ALL.iter().map(|code| code.category().as_str()).collect();
    text.push_str("\n/** The families of the codes. Each has a subclass of `HandfastError`. */\n");
    text.push_str(&union("ErrorCategory", categories.into_iter()));
    text.push_str("\n/** What went wrong: what a program decides by. A code keeps its name and its meaning. */\n");
    text.push_str(&union("ErrorCode", Code::ALL.iter().map(|code| code.as_str())));
    let inputs = inputs();
    records().for_each(|each| text.push_str(&record(&each, inputs.contains(each.name))));
    groups().into_iter().for_each(|operations| text.push_str(&group(operations)));
    text
}

fn union<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.map(|text| format!("'{text}'")).collect();
    let line = format!("export type {name} = {};\n", texts.join(" | "));
    match line.len() <= 120 {
        true => line,
        false => format!("export type {name} =\n  | {};\n", texts.join("\n  | ")),
    }
}

/// A comment: a text, wrapped, and lines behind it.
fn doc(indent: &str, about: &str, lines: &[String]) -> String {
    let text = about.trim();
    if lines.is_empty() && indent.len() + text.len() + 7 <= 120 {
        return format!("{indent}/** {text} */\n");
    }
    let mut comment = format!("{indent}/**\n");
    for line in [text].into_iter().chain(lines.iter().map(String::as_str)) {
        let _ = writeln!(comment, "{}", wrapped(line, &format!("{indent} * ")));
    }
    comment + indent + " */\n"
}

/// A text in lines of at most 120 characters, each behind a mark.
fn wrapped(text: &str, mark: &str) -> String {
    let mut lines = vec![mark.to_owned()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() == mark.len() => line.push_str(word),
            Some(line) if line.len() + word.len() < 120 => *line = format!("{line} {word}"),
            _ => lines.push(format!("{mark}{word}")),
        }
    }
    lines.join("\n")
}

/// The records that are given, and not got: where decimals may be written down.
fn inputs() -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let parameters = handfast_contract::OPERATIONS.iter().flat_map(|operation| operation.parameters);
    let mut shapes: Vec<_> = parameters.map(|parameter| parameter.shape).collect();
    while let Some(shape) = shapes.pop() {
        match shape {
            Shape::Optional(inner) | Shape::List(inner) | Shape::Map(inner) => shapes.push(*inner),
            Shape::Record(name) if found.insert(name) => {
                let fields = records().filter(|record| record.name == name).flat_map(|record| record.fields);
                shapes.extend(fields.map(|field| field.shape));
            }
            _ => {}
        }
    }
    found
}

fn ts(shape: Shape, is_input: bool) -> String {
    match shape {
        Shape::Nothing => "void".to_owned(),
        Shape::Text | Shape::Secret => "string".to_owned(),
        Shape::Flag => "boolean".to_owned(),
        Shape::Number | Shape::Duration => "number".to_owned(),
        Shape::Bytes => "Uint8Array".to_owned(),
        Shape::Timestamp => "Date".to_owned(),
        Shape::Decimal => if is_input { "DecimalInput" } else { "Decimal" }.to_owned(),
        Shape::Json => "Record<string, unknown>".to_owned(),
        Shape::Answer => "AnswerValue".to_owned(),
        Shape::Actor => "Actor".to_owned(),
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) => name.to_owned(),
        Shape::Optional(inner) => format!("{} | null", ts(*inner, is_input)),
        Shape::List(inner) => format!("{}{}[]", if is_input { "readonly " } else { "" }, ts(*inner, is_input)),
        Shape::Map(inner) => format!("Record<string, {}>", ts(*inner, is_input)),
    }
}

fn record(record: &RecordType, is_input: bool) -> String {
    let mut text = format!("\n{}export interface {} {{\n", doc("", record.about, &[]), record.name);
    for field in record.fields {
        let (name, left_out) = (camel_case(field.name), field.may_be_left_out);
        let ty = ts(field.shape, is_input || left_out);
        let unit = if is_span(field) { " In milliseconds." } else { "" };
        text.push_str(&doc("  ", &format!("{}{unit}", field.about.trim()), &[]));
        let _ = match left_out {
            true => writeln!(text, "  {name}?: {ty} | undefined;"),
            false => writeln!(text, "  {name}: {ty};"),
        };
    }
    text + "}\n"
}

fn is_span(field: &Field) -> bool {
    matches!(field.shape, Shape::Duration | Shape::Optional(Shape::Duration))
}

fn group(operations: &[Operation]) -> String {
    let Some(first) = operations.first() else { return String::new() };
    let mut text = format!("\n{}export interface {} {{\n", doc("", first.group_about, &[]), first.class);
    for (at, operation) in operations.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&documented(operation));
    }
    text + "}\n"
}

fn documented(operation: &Operation) -> String {
    let verb = camel_case(operation.verb);
    let (given, result) = (parameters(operation), result(operation));
    let comment = doc("  ", operation.about, &promises(operation));
    let twin = format!("  /** The same at once: holds up the thread for some microseconds. See {{@link {verb}}}. */\n");
    let promised = method(&verb, &given, &format!("Promise<{result}>"));
    let sync = format!("{verb}Sync");
    match operation.kind {
        Kind::Special | Kind::Change => comment + &promised,
        Kind::Read => comment + &promised + &twin + &method(&sync, &given, &result),
        Kind::List => {
            let (list, page) = (format!("Pages<{result}>"), format!("SyncPage<{result}>"));
            comment + &method(&verb, &given, &list) + &twin + &method(&sync, &given, &page)
        }
    }
}

/// Who may, and what it is refused with.
fn promises(operation: &Operation) -> Vec<String> {
    let who = match operation.who {
        Who::Anyone => "everyone".to_owned(),
        Who::SignedIn => "who has the session's token".to_owned(),
        Who::HostOnly => "the host itself".to_owned(),
        Who::Role(permission) => {
            let roles = Role::ALL.iter().filter(|role| role.may(permission)).map(|role| format!("`{}`", role.as_str()));
            format!("{}, and the host", roles.collect::<Vec<_>>().join(", "))
        }
    };
    let codes: Vec<_> = operation.refuses.iter().map(|code| format!("`{code}`")).collect();
    let mut lines = vec![format!("Who may: {who}.")];
    if !codes.is_empty() {
        lines.push(format!("@throws {{HandfastError}} {}", codes.join(", ")));
    }
    lines
}

/// A method, in one line where it fits.
fn method(name: &str, parameters: &[String], result: &str) -> String {
    let line = format!("  {name}({}): {result};\n", parameters.join(", "));
    match line.len() <= 121 {
        true => line,
        false => format!("  {name}(\n    {},\n  ): {result};\n", parameters.join(",\n    ")),
    }
}

/// What a method takes: what must be given, one by one, and the rest as fields of one object.
fn parameters(operation: &Operation) -> Vec<String> {
    let given = |parameter: &Parameter| format!("{}: {}", camel_case(parameter.name), ts(parameter.shape, true));
    let mut all: Vec<_> = required(operation).map(given).collect();
    let mut options: Vec<_> = optional(operation)
        .map(|each| format!("{}?: {} | null | undefined", camel_case(each.name), ts(each.shape, true)))
        .collect();
    // the table does not tell of callbacks
    match (operation.group, operation.verb) {
        ("mails", "deliver") => {
            all = vec!["mailer: Mailer".to_owned()];
            options.push("limit?: number | undefined".to_owned());
        }
        ("requests", "decide_many") => options.push("progress?: Progress | undefined".to_owned()),
        _ => {}
    }
    let pages = operation.parameters.iter().any(|parameter| is_paging(parameter.shape));
    let fields = format!("{{ {} }}", options.join("; "));
    match (options.is_empty(), pages) {
        (true, false) => {}
        (true, true) => all.push("options?: Paging".to_owned()),
        (false, false) => all.push(format!("options?: {fields}")),
        (false, true) => all.push(format!("options?: {fields} & Paging")),
    }
    all
}

fn result(operation: &Operation) -> String {
    match operation.result {
        Shape::Record(name) => page_of(name).unwrap_or(name).to_owned(),
        shape => ts(shape, false),
    }
}
