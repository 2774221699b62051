use std::fmt::Write;

use handfast_contract::{Kind, Operation};

use super::{
    HEAD,
    imports::{self, import},
    native::callback,
    operation::{Argument, about, arguments, signature},
    words::{call, doc, given},
};
use crate::parts::{Group, groups, page_item};

/// `aio/_groups`: the groups of a handle.
pub(super) fn handle() -> String {
    let mut body = String::from(
        "\n\nclass Groups:\n    \"\"\"What can be asked of an open library, by group.\"\"\"\n\n    \
         def __init__(self, hf: _native.Handfast, calls: Calls) -> None:\n        \
         self._hf = hf\n        self._calls = calls\n",
    );
    for Group { name, class, about, .. } in groups() {
        let _ = write!(body, "\n    @property\n    def {name}(self) -> {class}:\n{}", doc(8, about));
        let _ = writeln!(body, "        return {class}(self._hf.{name}, self._calls)");
    }
    let mut text = head("The operations as coroutines, by group.", "");
    text.push_str("from ... import _native\nfrom .._calls import Calls\n");
    let mut modules: Vec<_> = groups().map(|group| (group.name, group.class)).collect();
    modules.sort_unstable();
    modules.into_iter().for_each(|(name, class)| text.push_str(&import(&format!(".{name}"), [class].into_iter())));
    text + &body
}

/// `aio/_groups/customers.py`: the operations of a group as coroutines.
pub(super) fn group(group: &Group) -> String {
    let body = class_of(group);
    let mut text = head(group.about, &imports::standard(&body));
    text.push_str("from ... import _native\n");
    text.push_str(&imports::choices("...", &body));
    text.push_str(&imports::ids("...", &body));
    text.push_str(&imports::types("..._native", &body));
    text.push_str("from .._calls import Calls\n");
    if body.contains("Pages(") {
        text.push_str("from .._pages import Pages\n");
    }
    text + &body
}

fn head(about: &str, standard: &str) -> String {
    let gap = if standard.is_empty() { "" } else { "\n" };
    format!("{HEAD}{}\nfrom __future__ import annotations\n\n{standard}{gap}", doc(0, about))
}

fn class_of(group: &Group) -> String {
    let Group { class, about, .. } = group;
    let mut text = format!("\n\n@final\nclass {class}:\n{}\n", doc(4, about));
    let _ = writeln!(text, "    def __init__(self, group: _native.{class}, calls: Calls) -> None:");
    text.push_str("        self._group = group\n        self._calls = calls\n");
    group.operations.iter().for_each(|operation| text.push_str(&method(operation)));
    text
}

fn method(operation: &Operation) -> String {
    let (verb, about) = (operation.verb, doc(8, &about(operation)));
    let arguments = arguments(operation);
    let (mut signature, mut handed) = (signature(&arguments), handed(&arguments));
    if let Some(item) = page_item(&operation.result) {
        let head = call(4, &format!("def {verb}"), &signature, &format!(" -> Pages[{}]:", given(&item)));
        handed.insert(0, format!("self._group.{verb}"));
        let list = call(8, "first = partial", &handed, "");
        return format!("\n{head}{about}{list}        return Pages(self._calls, first)\n");
    }
    let run = match operation.kind {
        Kind::Read | Kind::List | Kind::Change => "run",
        Kind::Bulk => {
            handed.push("progress=progress and self._calls.heard(progress)".to_owned());
            "run_apart"
        }
        Kind::Special => {
            handed = ["self._calls.heard(mailer)", "limit=limit"].map(Into::into).into();
            "run_apart"
        }
    };
    signature = callback(operation.kind, signature);
    let head = call(4, &format!("async def {verb}"), &signature, &format!(" -> {}:", given(&operation.result)));
    handed.insert(0, format!("self._group.{verb}"));
    let run = call(8, &format!("return await self._calls.{run}"), &handed, "");
    format!("\n{head}{about}{run}")
}

/// What is handed on: `actor, state=state`.
fn handed(arguments: &[Argument]) -> Vec<String> {
    let hand = |Argument { name, optional, .. }: &Argument| match optional {
        true => format!("{name}={name}"),
        false => (*name).to_owned(),
    };
    let (optional, mut required): (Vec<&Argument>, Vec<&Argument>) = arguments.iter().partition(|each| each.optional);
    required.extend(optional);
    required.into_iter().map(hand).collect()
}
