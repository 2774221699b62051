//! One mail in one language: compiled and checked once, filled in for each recipient.

use std::sync::Arc;

use minijinja::Value;
use serde_json::Map;

use super::{
    brand::Brand,
    kind::MailKind,
    link,
    phrases::{Compiled, Phrase, Phrases, Used, only, refuse},
    placeholder::{Need, Placeholder, folded},
    source::{Block, Shape, Source},
};
use crate::error::{Code, Error, Result};

/// Longer subjects are cut. RFC 5322 allows 998 bytes a line; mail programs show 40 to 150.
const LONGEST_SUBJECT: usize = 150;

/// The values that every template and footer may use besides those of its kind.
pub(super) const ALWAYS: [&str; 2] = ["product_name", "base_url"];

/// A compiled template.
#[derive(Clone)]
pub(super) struct Template {
    phrases: Phrases,
    subject: Arc<Compiled>,
    blocks: Arc<[Block<Compiled>]>,
}

/// A mail as plain text in its parts; the text form and the layout show it.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) subject: String,
    pub(super) blocks: Vec<Shape<String>>,
}

impl Template {
    /// Reads and compiles a source. [`Code::BadTemplate`] tells line and reason.
    pub(super) fn new(kind: MailKind, source: &str) -> Result<Template> {
        let Source { subject, blocks } = Source::parse(source)?;
        let mut phrases = Phrases::new();
        let subject = phrases.compile(&subject, |used| public(kind, used))?;
        let blocks: Vec<_> = blocks.iter().map(|block| compile(&mut phrases, kind, block)).collect::<Result<_>>()?;
        Ok(Template { phrases, subject: subject.into(), blocks: blocks.into() })
    }

    /// Fills the template with sample values, with and without the optional ones: what minijinja
    /// finds only then (an unknown filter) is found here and not at a delivery.
    pub(super) fn try_out(&self, kind: MailKind) -> Result<()> {
        let mut sample = kind.sample();
        self.fill(&values(kind, &sample, &Brand::sample())?)?;
        for value in kind.values().iter().filter(|value| value.need == Need::Optional) {
            sample.remove(value.name);
        }
        self.fill(&values(kind, &sample, &Brand::sample())?).map(drop)
    }

    /// The mail with the values in it. Blocks whose condition is not met, or that are empty, are left out.
    pub(super) fn fill(&self, values: &Value) -> Result<Filled> {
        let subject = self.phrases.fill(&self.subject, values)?;
        let subject = shortened(folded(&subject));
        if subject.is_empty() {
            return Err(refuse(1, "the subject is empty"));
        }
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in self.blocks.iter().filter(|block| shown(block, values)) {
            let mut shape = block.shape.map(|phrase| self.phrases.fill(phrase, values))?;
            tidy(&mut shape);
            if let Shape::Button { link, .. } = &shape {
                link::checked(link)
                    .map_err(|error| Error::because(Code::Internal, format!("a button {}", error.message())))?;
            }
            if !blank(&shape) {
                blocks.push(shape);
            }
        }
        Ok(Filled { subject, blocks })
    }
}

/// The values of a mail as its template sees them. One that is required and not there is an error: a
/// mail with a hole in it is not sent.
pub(super) fn values(kind: MailKind, given: &Map<String, serde_json::Value>, brand: &Brand) -> Result<Value> {
    let mut values = Vec::with_capacity(kind.values().len() + 1 + ALWAYS.len());
    for value in kind.values() {
        match (value.read(given.get(value.name)), value.need) {
            (Some(read), _) => values.push((value.name, read)),
            (None, Need::Optional) => values.push((value.name, Value::from(""))),
            (None, _) => {
                let message = format!("the mail `{kind}` has no value `{}`", value.name);
                return Err(Error::because(Code::Internal, message));
            }
        }
    }
    if !kind.is_of_company() {
        // the footer asks for it
        values.push(("company", Value::from("")));
    }
    values.push(("product_name", Value::from(brand.product_name())));
    values.push(("base_url", Value::from(brand.base_url())));
    Ok(Value::from_pairs(values))
}

fn known(kind: MailKind) -> Vec<&'static str> {
    kind.values().iter().map(|value| value.name).chain(ALWAYS).collect()
}

/// What a subject may use: no secret (invariant 40).
fn public(kind: MailKind, used: &Used) -> Result<(), String> {
    only(&known(kind), used)?;
    match kind.values().iter().find(|value| value.need == Need::Secret && used.contains(value.name)) {
        Some(secret) => Err(format!("`{}` is a secret and cannot stand in the subject", secret.name)),
        None => Ok(()),
    }
}

fn compile(phrases: &mut Phrases, kind: MailKind, block: &Block<Phrase>) -> Result<Block<Compiled>> {
    let known = known(kind);
    if let Some((line, name)) = &block.condition
        && !known.contains(&name.as_str())
    {
        return Err(refuse(*line, &format!("there is no value `{name}` here, only `{}`", known.join("`, `"))));
    }
    if let Shape::Button { link, .. } = &block.shape {
        let value = single(&link.text).filter(|name| known.contains(name));
        let Some(value) = value else {
            return Err(refuse(link.line, "the link of a button is one value and nothing else: `[Open]({{ link }})`"));
        };
        if !leads_somewhere(kind, value) {
            return Err(refuse(link.line, &format!("`{value}` is not a link")));
        }
    }
    let shape = block.shape.map(|phrase| phrases.compile(phrase, |used| only(&known, used)))?;
    Ok(Block { condition: block.condition.clone(), shape })
}

fn single(text: &str) -> Option<&str> {
    Some(text.strip_prefix("{{")?.strip_suffix("}}")?.trim())
}

fn leads_somewhere(kind: MailKind, name: &str) -> bool {
    let sample = kind.values().iter().find(|value| value.name == name).map(Placeholder::sample);
    // Of the values that every mail has, one is a link.
    sample.map_or(name == "base_url", |sample| sample.as_str().is_some_and(|sample| link::checked(sample).is_ok()))
}

fn shown(block: &Block<Compiled>, values: &Value) -> bool {
    let is_there = |name: &str| values.get_attr(name).is_ok_and(|value| value.as_str() != Some(""));
    block.condition.as_ref().is_none_or(|(_, name)| is_there(name))
}

/// Puts each text on one line; only a quote keeps the line breaks of its value.
fn tidy(shape: &mut Shape<String>) {
    match shape {
        Shape::Heading(text) | Shape::Paragraph(text) | Shape::Code(text) => *text = folded(text),
        Shape::Quote(text) => *text = text.trim().lines().map(folded).collect::<Vec<_>>().join("\n"),
        Shape::Button { label, .. } => *label = folded(label),
        Shape::List(_, entries) => {
            entries.iter_mut().for_each(|entry| *entry = folded(entry));
            entries.retain(|entry| !entry.is_empty());
        }
    }
}

fn blank(shape: &Shape<String>) -> bool {
    match shape {
        Shape::Heading(text) | Shape::Paragraph(text) | Shape::Code(text) | Shape::Quote(text) => text.is_empty(),
        Shape::Button { label, .. } => label.is_empty(),
        Shape::List(_, entries) => entries.is_empty(),
    }
}

fn shortened(subject: String) -> String {
    match subject.char_indices().nth(LONGEST_SUBJECT) {
        None => subject,
        Some(_) => subject.chars().take(LONGEST_SUBJECT - 1).chain(['…']).collect(),
    }
}
