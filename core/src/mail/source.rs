//! A template's source, read into blocks before any value is filled in.

use super::phrases::{Phrase, refuse};
use crate::error::Result;

/// The source of one mail.
pub(super) struct Source {
    pub(super) subject: Phrase,
    pub(super) blocks: Vec<Block<Phrase>>,
}

/// One block, shown when there is no condition or the value that it names is there.
pub(super) struct Block<P> {
    pub(super) condition: Option<(usize, String)>,
    pub(super) shape: Shape<P>,
}

/// What a block is. `P` is its text: as written, as compiled, or as filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape<P> {
    Heading(P),
    Paragraph(P),
    Quote(P),
    Code(P),
    List(Marker, Vec<P>),
    Button { label: P, link: P },
}

/// What stands before the entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Dash,
    Number,
}

impl Source {
    pub(super) fn parse(source: &str) -> Result<Source> {
        let mut lines = source.lines().enumerate().map(|(index, text)| (index + 1, text.trim_end()));
        let subject = match lines.next().and_then(|(_, first)| first.strip_prefix("subject: ")) {
            Some(subject) => Phrase { line: 1, text: subject.to_owned() },
            None => return Err(refuse(1, "a template begins with `subject: `")),
        };
        if let Some((line, text)) = lines.next()
            && !text.is_empty()
        {
            return Err(refuse(line, "a blank line stands after the subject"));
        }
        let lines: Vec<_> = lines.collect();
        let blocks: Vec<_> = lines
            .split(|(_, text)| text.is_empty())
            .filter(|block| !block.is_empty())
            .map(block)
            .collect::<Result<_>>()?;
        if blocks.is_empty() {
            Err(refuse(1, "there is nothing below the subject"))
        } else {
            Ok(Source { subject, blocks })
        }
    }
}

type Line<'a> = (usize, &'a str);

fn block(lines: &[Line<'_>]) -> Result<Block<Phrase>> {
    match lines {
        [(line, first), rest @ ..] if first.starts_with("? ") => {
            if rest.is_empty() {
                return Err(refuse(*line, "the block that this condition is for stands on the next line"));
            }
            let condition = first.trim_start_matches("? ").trim().to_owned();
            Ok(Block { condition: Some((*line, condition)), shape: shape(rest)? })
        }
        _ => Ok(Block { condition: None, shape: shape(lines)? }),
    }
}

fn shape(lines: &[Line<'_>]) -> Result<Shape<Phrase>> {
    let Some(&(line, first)) = lines.first() else { return Err(refuse(0, "a block without a line")) };
    let phrase = |text: &str| Phrase { line, text: text.to_owned() };
    let alone = |what: &str| {
        let next = line + 1;
        if lines.len() == 1 {
            Ok(())
        } else {
            Err(refuse(next, &format!("{what} stands alone, with a blank line below")))
        }
    };
    if let Some(text) = first.strip_prefix("# ") {
        alone("a heading")?;
        return Ok(Shape::Heading(phrase(text)));
    }
    if let Some(text) = first.strip_prefix("code: ") {
        alone("a code")?;
        return Ok(Shape::Code(phrase(text)));
    }
    if let Some((label, link)) = button(first) {
        alone("a button")?;
        return Ok(Shape::Button { label: phrase(label), link: phrase(link) });
    }
    if first.starts_with("> ") {
        return Ok(Shape::Quote(quote(lines)?));
    }
    match entry(first) {
        Some((marker, _)) => list(marker, lines),
        None => Ok(Shape::Paragraph(Phrase { line, text: joined(lines.iter().map(|&(_, text)| text)) })),
    }
}

fn button(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.strip_suffix(')')?.rsplit_once("](")
}

fn quote(lines: &[Line<'_>]) -> Result<Phrase> {
    let mut quoted = Vec::with_capacity(lines.len());
    for &(line, text) in lines {
        let Some(text) = text.strip_prefix('>') else {
            return Err(refuse(line, "every line of a quote begins with `> `"));
        };
        quoted.push(text.strip_prefix(' ').unwrap_or(text));
    }
    Ok(Phrase { line: lines.first().map_or(0, |first| first.0), text: joined(quoted) })
}

/// The marker and the text of a list's line: `- text` or `1. text`.
fn entry(line: &str) -> Option<(Marker, &str)> {
    if let Some(text) = line.strip_prefix("- ") {
        return Some((Marker::Dash, text));
    }
    let (number, text) = line.split_once(". ")?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some((Marker::Number, text))
}

fn list(marker: Marker, lines: &[Line<'_>]) -> Result<Shape<Phrase>> {
    let mut entries: Vec<Phrase> = Vec::new();
    for &(line, text) in lines {
        match (entry(text), entries.last_mut()) {
            (Some((its, text)), _) if its == marker => entries.push(Phrase { line, text: text.to_owned() }),
            (None, Some(last)) if text.starts_with("  ") => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            _ => return Err(refuse(line, "every line of a list begins like the first, or with two spaces to go on")),
        }
    }
    Ok(Shape::List(marker, entries))
}

fn joined<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

impl<P> Shape<P> {
    /// The same block with every text turned into something else.
    pub(super) fn map<Q>(&self, mut turn: impl FnMut(&P) -> Result<Q>) -> Result<Shape<Q>> {
        Ok(match self {
            Shape::Heading(text) => Shape::Heading(turn(text)?),
            Shape::Paragraph(text) => Shape::Paragraph(turn(text)?),
            Shape::Quote(text) => Shape::Quote(turn(text)?),
            Shape::Code(text) => Shape::Code(turn(text)?),
            Shape::List(marker, entries) => Shape::List(*marker, entries.iter().map(turn).collect::<Result<_>>()?),
            Shape::Button { label, link } => Shape::Button { label: turn(label)?, link: turn(link)? },
        })
    }
}
