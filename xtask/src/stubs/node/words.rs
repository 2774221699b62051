//! How TypeScript writes types and comments.

use std::fmt::Write;

use handfast_contract::shape::Shape;

pub(super) fn ts(shape: Shape, is_input: bool) -> String {
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

pub(super) fn union<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.map(|text| format!("'{text}'")).collect();
    let line = format!("export type {name} = {};\n", texts.join(" | "));
    match line.len() <= 120 {
        true => line,
        false => format!("export type {name} =\n  | {};\n", texts.join("\n  | ")),
    }
}

/// A comment: a text, wrapped, and lines behind it.
pub(super) fn doc(indent: &str, about: &str, lines: &[String]) -> String {
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
