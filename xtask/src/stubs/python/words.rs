//! How Python names types and writes documentation.

use handfast_contract::shape::Shape;

use crate::parts::page_item;

/// Columns of a line.
pub(super) const WIDTH: usize = 120;

/// The type of what the library gives.
pub(super) fn given(shape: &Shape) -> String {
    match (shape, page_item(shape)) {
        (_, Some(item)) => format!("Page[{}]", given(&item)),
        (Shape::Optional(shape), _) => format!("{} | None", given(shape)),
        (Shape::List(shape), _) => format!("tuple[{}, ...]", given(shape)),
        (Shape::Map(shape), _) => format!("dict[str, {}]", given(shape)),
        _ => single(shape).to_owned(),
    }
}

/// The type of what the library takes: as wide as it can be.
pub(super) fn taken(shape: &Shape) -> String {
    match shape {
        Shape::Optional(shape) => format!("{} | None", taken(shape)),
        Shape::List(shape) => format!("Sequence[{}]", taken(shape)),
        Shape::Map(shape) => format!("Mapping[str, {}]", taken(shape)),
        Shape::Decimal => "Decimal | str | int".to_owned(),
        _ => single(shape).to_owned(),
    }
}

fn single(shape: &Shape) -> &'static str {
    match shape {
        Shape::Nothing => "None",
        Shape::Text | Shape::Secret => "str",
        Shape::Flag => "bool",
        Shape::Number => "int",
        Shape::Bytes => "bytes",
        Shape::Timestamp => "datetime",
        Shape::Duration => "timedelta",
        Shape::Decimal => "Decimal",
        Shape::Answer => "str | bool | list[str]",
        Shape::Actor => "Actor",
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) => name,
        Shape::Json | Shape::Optional(_) | Shape::List(_) | Shape::Map(_) => "dict[str, Any]",
    }
}

/// A documentation string, wrapped.
pub(super) fn doc(indent: usize, text: &str) -> String {
    let margin = " ".repeat(indent);
    let text = format!("\"\"\"{}", text.trim());
    // the closing quotes of a text of one line stand in it
    let (line, is_one) = (indent + text.chars().count(), !text.contains('\n'));
    if is_one && line + 3 <= WIDTH {
        return format!("{margin}{text}\"\"\"\n");
    }
    // a line that has room for all but the quotes is two, or the formatter would put them behind it all the same
    let width = if is_one && line <= WIDTH { WIDTH - 3 } else { WIDTH };
    let options = textwrap::Options::new(width)
        .initial_indent(&margin)
        .subsequent_indent(&margin)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines: Vec<_> = text.lines().map(|line| textwrap::fill(line, &options).trim_end().to_owned()).collect();
    format!("{}\n{margin}\"\"\"\n", lines.join("\n"))
}

/// `head(a, b) -> result:`, on one line or with a line for each argument.
pub(super) fn call(indent: usize, head: &str, arguments: &[String], tail: &str) -> String {
    let margin = " ".repeat(indent);
    let line = format!("{margin}{head}({}){tail}", arguments.join(", "));
    if line.chars().count() <= WIDTH {
        return line + "\n";
    }
    let inner = format!("{margin}    {}", arguments.join(", "));
    // a lone `*` at the end of the arguments takes no comma behind it
    if inner.chars().count() <= WIDTH {
        return format!("{margin}{head}(\n{inner}\n{margin}){tail}\n");
    }
    let each: String = arguments.iter().map(|argument| format!("{margin}    {argument},\n")).collect();
    format!("{margin}{head}(\n{each}{margin}){tail}\n")
}
