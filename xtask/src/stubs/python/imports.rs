//! What a file imports: the names that its body uses, each from where it stands.

use handfast_contract::IDS;

use super::{all_choices, all_records};

/// The names that we use of the standard library.
const STANDARD: &[(&str, &[&str])] = &[
    ("collections.abc", &["Callable", "Mapping", "Sequence"]),
    ("datetime", &["datetime", "timedelta"]),
    ("decimal", &["Decimal"]),
    ("functools", &["partial"]),
    ("os", &["PathLike"]),
    ("typing", &["Any", "Self", "final"]),
];

/// Of the standard library.
pub(super) fn standard(body: &str) -> String {
    let lines = STANDARD.iter().filter_map(|(module, names)| {
        let used: Vec<_> = used(names.iter().copied(), body).collect();
        (!used.is_empty()).then(|| format!("from {module} import {}\n", used.join(", ")))
    });
    lines.collect()
}

/// The choices, from the package that these `dots` lead to.
pub(super) fn choices(dots: &str, body: &str) -> String {
    import(&format!("{dots}_choices"), used(all_choices().map(|choice| choice.name), body))
}

/// The ids, from the package that these `dots` lead to.
pub(super) fn ids(dots: &str, body: &str) -> String {
    import(&format!("{dots}_ids"), used(IDS.iter().map(|id| id.name), body))
}

/// The records and who acts, from the module that has them all.
pub(super) fn types(module: &str, body: &str) -> String {
    let names = all_records().map(|record| record.name).chain(["Actor", "ManualClock"]);
    // what the body declares it need not import
    let declared = |name: &&'static str| body.contains(&format!("\nclass {name}:"));
    import(module, used(names.filter(|name| !declared(name)), body))
}

/// The names that a text uses, outside its documentation.
pub(super) fn used(names: impl Iterator<Item = &'static str>, body: &str) -> impl Iterator<Item = &'static str> {
    let code: String = body.split("\"\"\"").step_by(2).collect();
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    names.filter(move |name| code.split(|letter| !is_part(letter)).any(|word| word == *name))
}

/// `from module import (..)`, sorted, a line for each name; nothing without names.
pub(super) fn import(module: &str, names: impl Iterator<Item = &'static str>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let lines: String = names.iter().map(|name| format!("    {name},\n")).collect();
    if lines.is_empty() { lines } else { format!("from {module} import (\n{lines})\n") }
}

/// `__all__ = [..]`.
pub(super) fn all(mut names: Vec<&'static str>) -> String {
    names.sort_unstable();
    let lines: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    format!("\n__all__ = [\n{lines}]\n")
}

/// A module that has only what others declare: each module beside it with its names.
pub(super) fn gathered(modules: Vec<(String, Vec<&'static str>)>) -> String {
    let mut modules = modules;
    modules.sort();
    let imports: String =
        modules.iter().map(|(module, names)| import(&format!(".{module}"), names.iter().copied())).collect();
    imports + &all(modules.into_iter().flat_map(|(_, names)| names).collect())
}
