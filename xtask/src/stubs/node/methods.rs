//! `groups/customers.d.ts`: the methods of a group, with their documentation.

use std::fmt::Write;

use handfast::company::Role;
use handfast_contract::{Kind, Operation, Parameter, Who};

use super::{
    HEAD, camel_case,
    imports::imports,
    is_paging, optional, required,
    words::{doc, ts},
};
use crate::parts::{Group, groups, page_item};

/// The file of a group.
pub(super) fn file(group: &Group) -> String {
    let methods: Vec<_> = group.operations.iter().map(documented).collect();
    let body =
        format!("\n{}export interface {} {{\n{}}}\n", doc("", group.about, &[]), group.class, methods.join("\n"));
    format!("{HEAD}{}{body}", imports(&body))
}

/// The file of all groups: what a handle has.
pub(super) fn handle() -> String {
    let (mut imports, mut body) = (String::new(), String::new());
    for Group { name, class, about, .. } in groups() {
        let _ = writeln!(imports, "import type {{ {class} }} from './{name}.js';");
        let _ = writeln!(body, "{}  readonly {}: {class};", doc("  ", about, &[]), camel_case(name));
    }
    let about = doc("", "What can be asked of an open library, by group.", &[]);
    format!("{HEAD}\n{imports}\n{about}export interface Groups {{\n{body}}}\n")
}

fn documented(operation: &Operation) -> String {
    let verb = camel_case(operation.verb);
    let (given, result) = (parameters(operation), result(operation));
    let comment = doc("  ", operation.about, &promises(operation));
    let twin = format!("  /** The same at once: holds up the thread for some microseconds. See {{@link {verb}}}. */\n");
    let promised = method(&verb, &given, &format!("Promise<{result}>"));
    let sync = format!("{verb}Sync");
    match operation.kind {
        Kind::Special | Kind::Bulk | Kind::Change => comment + &promised,
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
            let partner = if permission.is_the_owners() { "" } else { ", a partner in the account" };
            format!("{}{partner}, and the host", roles.collect::<Vec<_>>().join(", "))
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
    match operation.kind {
        Kind::Special => {
            all = vec!["mailer: Mailer".to_owned()];
            options.push("limit?: number | undefined".to_owned());
        }
        Kind::Bulk => options.push("progress?: Progress | undefined".to_owned()),
        Kind::Read | Kind::List | Kind::Change => {}
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

/// What it gives; of a list, what its pages hold.
fn result(operation: &Operation) -> String {
    ts(page_item(&operation.result).unwrap_or(operation.result), false)
}
