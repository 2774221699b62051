//! TOML, whose reader knows where each value stands.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{DEEPEST, Kind, Lines, Node, Unreadable, too_deep};

/// Reads TOML 1.0.
pub(in super::super) fn toml(source: &str) -> Result<Node, Unreadable> {
    let lines = Lines::of(source);
    let table = DeTable::parse(source).map_err(|error| Unreadable {
        line: error.span().map_or(1, |span| lines.line(span.start)),
        message: error.message().lines().collect::<Vec<_>>().join(", "),
    })?;
    let at = table.span();
    node(Spanned::new(at, DeValue::Table(table.into_inner())), &lines, 0)
}

fn node(value: Spanned<DeValue<'_>>, lines: &Lines, depth: usize) -> Result<Node, Unreadable> {
    let line = lines.line(value.span().start);
    if depth > DEEPEST {
        return Err(too_deep(line));
    }
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Boolean(yes) => Kind::Bool(yes),
        DeValue::Float(_) => Kind::Other("a number with a fraction"),
        DeValue::Datetime(_) => Kind::Other("a date"),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Kind::Other("a number beyond 64 bits"), Kind::Integer),
        DeValue::Array(list) => {
            Kind::List(list.into_iter().map(|value| node(value, lines, depth + 1)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => {
            let named =
                |(name, value): (Spanned<_>, _)| Ok((String::from(name.into_inner()), node(value, lines, depth + 1)?));
            Kind::Table(table.into_iter().map(named).collect::<Result<_, _>>()?)
        }
    };
    Ok(Node { line, kind })
}
