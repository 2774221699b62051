use std::fmt::Write;

use handfast_contract::{IDS, Kind, Operation};

use super::{
    HEAD, all_choices, all_records, groups,
    native::{callback, import, used},
    operation::{Argument, about, arguments, signature},
    page_item,
    words::{call, doc, given},
};

/// `aio/_groups.py`: every operation as a coroutine.
pub(super) fn groups_module() -> String {
    let mut body = String::from(
        "\n\nclass Groups:\n    \"\"\"What can be asked of an open library, by group.\"\"\"\n\n    \
         def __init__(self, hf: _native.Handfast, calls: Calls) -> None:\n        \
         self._hf = hf\n        self._calls = calls\n",
    );
    for Operation { group, class, group_about, .. } in groups().filter_map(<[Operation]>::first) {
        let about = doc(8, group_about);
        let _ = write!(body, "\n    @property\n    def {group}(self) -> {class}:\n{about}");
        let _ = writeln!(body, "        return {class}(self._hf.{group}, self._calls)");
    }
    groups().for_each(|group| body.push_str(&class_of(group)));
    imports(&body) + &body
}

/// The imports of the names that the body uses.
fn imports(body: &str) -> String {
    let mut text =
        format!("{HEAD}\"\"\"Every operation as a coroutine.\"\"\"\n\nfrom __future__ import annotations\n\n");
    text.push_str(
        "from collections.abc import Callable, Sequence\nfrom functools import partial\nfrom typing import final\n\n",
    );
    text.push_str("from .. import _native\n");
    let natives = all_records().map(|record| record.name).chain(["Actor"]);
    text.push_str(&import(".._choices", used(all_choices().map(|choice| choice.name), body)));
    text.push_str(&import(".._ids", used(IDS.iter().map(|id| id.name), body)));
    text.push_str(&import(".._native", used(natives, body)));
    text + "from ._calls import Calls\nfrom ._pages import Pages\n"
}

fn class_of(group: &[Operation]) -> String {
    let Some(Operation { class, group_about, .. }) = group.first() else { return String::new() };
    let mut text = format!("\n\n@final\nclass {class}:\n{}\n", doc(4, group_about));
    let _ = writeln!(text, "    def __init__(self, group: _native.{class}, calls: Calls) -> None:");
    text.push_str("        self._group = group\n        self._calls = calls\n");
    group.iter().for_each(|operation| text.push_str(&method(operation)));
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
    let mut run = "run";
    if operation.kind == Kind::Special {
        (signature, handed, run) = (callback(verb, signature), with_callback(verb, handed), "run_apart");
    }
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

fn with_callback(verb: &str, mut handed: Vec<String>) -> Vec<String> {
    if verb == "deliver" {
        return ["self._calls.heard(mailer)", "limit=limit"].map(Into::into).into();
    }
    handed.push("progress=progress and self._calls.heard(progress)".to_owned());
    handed
}
