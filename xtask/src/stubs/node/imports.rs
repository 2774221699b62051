//! What a file of types imports.

use handfast_contract::{IDS, shape::TypeName};

use super::{choices, records};

/// Written by hand, in the package's own types.
const BY_HAND: &[&str] = &["Mailer", "Pages", "Paging", "Progress", "SyncPage"];
/// Of the file of values.
const VALUES: &[&str] = &["Actor", "AnswerValue", "Decimal", "DecimalInput"];

/// The names that a text uses and does not declare, each from where it stands.
pub(super) fn imports(body: &str) -> String {
    let types = records().map(|record| record.name).chain(choices().map(|choice| choice.name));
    let types = types.chain(IDS.iter().map(|id| id.name)).chain(VALUES.iter().copied());
    let lines =
        [import(types, "../contract.js", body), import(BY_HAND.iter().copied(), "../../index.js", body)].concat();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn import(names: impl Iterator<Item = TypeName>, file: &str, body: &str) -> String {
    // every second part is a comment
    let code: String = body.split("/**").flat_map(|part| part.rsplit("*/").next()).collect();
    let words: Vec<_> = code.split(|letter: char| !letter.is_alphanumeric()).collect();
    let declared =
        |name: &str| ["interface", "type"].iter().any(|kind| body.contains(&format!("export {kind} {name} ")));
    let mut names: Vec<_> = names.filter(|name| words.contains(name) && !declared(name)).collect();
    names.sort_unstable();
    let line = format!("import type {{ {} }} from '{file}';\n", names.join(", "));
    match names.len() {
        0 => String::new(),
        _ if line.len() <= 121 => line,
        _ => format!("import type {{\n  {},\n}} from '{file}';\n", names.join(",\n  ")),
    }
}
