//! The public verbs of the library with the errors their documentation names, read from its sources.

use std::{fs, path::Path};

use handfast::Code;

/// One verb, as operations are named.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) name: String,
    pub(crate) errors: Vec<Code>,
}

/// The types that hold verbs, with the method that gives them; `Offers` are two.
const GROUPS: [(&str, &[&str]); 9] = [
    ("Companies<'_>", &["companies"]),
    ("StaffMembers<'_>", &["staff"]),
    ("Offers<'_, T>", &["price_types", "carriers"]),
    ("Invites<'_>", &["invites"]),
    ("Requests<'_>", &["requests"]),
    ("Customers<'_>", &["customers"]),
    ("Logins<'_>", &["logins"]),
    ("Mails<'_>", &["mails"]),
    ("Events<'_>", &["events"]),
];

pub(crate) fn verbs() -> Vec<Verb> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let mut verbs = Vec::new();
    for folder in fs::read_dir(core).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            read(&fs::read_to_string(file).unwrap_or_default(), &mut verbs);
        }
    }
    for (_, groups) in GROUPS {
        for group in groups {
            assert!(
                verbs.iter().any(|verb| verb.name.starts_with(&format!("{group}."))),
                "no verb of {group} was found"
            );
        }
    }
    verbs
}

/// Reads one source file, line by line: an `impl` of a group begins, its documented `pub fn` are verbs.
fn read(source: &str, verbs: &mut Vec<Verb>) {
    let (mut groups, mut documentation): (&[&str], String) = (&[], String::new());
    for line in source.lines() {
        let code = line.trim();
        if line.starts_with("impl") {
            groups =
                GROUPS.iter().find(|(of, _)| line.ends_with(&format!(" {of} {{"))).map_or(&[], |(_, groups)| groups);
        }
        if let Some(text) = code.strip_prefix("///") {
            documentation.push_str(text);
            continue;
        }
        if let Some(rest) = code.strip_prefix("pub fn ") {
            let verb = rest.split(['(', '<']).next().unwrap_or_default();
            // the same as `decide_many`, with a listener
            for group in groups.iter().filter(|_| verb != "decide_many_telling") {
                verbs.push(Verb { name: format!("{group}.{verb}"), errors: errors(&documentation) });
            }
        }
        if !code.starts_with('#') {
            documentation.clear();
        }
    }
}

/// The codes that stand in backticks after `Errors:`.
fn errors(documentation: &str) -> Vec<Code> {
    let Some((_, errors)) = documentation.split_once("Errors:") else { return Vec::new() };
    let named = errors.split('`').skip(1).step_by(2);
    named.filter_map(|name| Code::ALL.iter().find(|code| code.as_str() == name).copied()).collect()
}
