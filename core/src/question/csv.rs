//! Answers of many orders as CSV (RFC 4180): a line an order, a column a question.

use std::{borrow::Cow, iter};

use super::{AnswerValue, AnswerView, QuestionEdition};
use crate::{clock::Timestamp, error::Result};

/// The answers of one order, as [`Answers::readable`](super::Answers::readable) gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredOrder {
    /// The order's number.
    pub order: String,
    /// When it was placed.
    pub placed: Timestamp,
    /// The answers.
    pub answers: Vec<AnswerView>,
}

/// The keys of all questions of these editions, the newest edition's first: the columns of a file that has a place for
/// every answer to them.
pub fn columns<'a>(editions: impl IntoIterator<Item = &'a QuestionEdition>) -> Vec<String> {
    let mut editions: Vec<_> = editions.into_iter().collect();
    // the company's ask first, and of each place the newest
    editions.sort_by_key(|edition| (edition.department(), -edition.number));
    let mut columns: Vec<String> = Vec::new();
    for question in editions.iter().flat_map(|edition| edition.questions.all()) {
        if !columns.contains(&question.key) {
            columns.push(question.key.clone());
        }
    }
    columns
}

/// The lines of a CSV file, each with its end: the names of the columns, then a line for each order. However many there
/// are, one is held at a time.
///
/// The columns are `order`, `placed` (RFC 3339, UTC), each of `columns`, and `other` with what has no column of its own
/// (`key: answer`, one a line): so no answer is ever left out. A text that a spreadsheet would take for a formula, for it
/// begins with `=`, `+`, `-`, `@` or a tab, has an apostrophe in front.
pub fn lines<'a>(
    columns: &'a [String],
    orders: impl IntoIterator<Item = Result<AnsweredOrder>> + 'a,
) -> impl Iterator<Item = Result<String>> + 'a {
    let names = ["order", "placed"].into_iter().chain(columns.iter().map(String::as_str)).chain(["other"]);
    let header = line(names.map(Cow::Borrowed));
    iter::once(Ok(header)).chain(orders.into_iter().map(|order| order.map(|order| answered(columns, &order))))
}

fn answered(columns: &[String], order: &AnsweredOrder) -> String {
    let of = |column: &String| {
        let found = order.answers.iter().find(|answer| answer.key == *column);
        found.map_or(Cow::Borrowed(""), |answer| answer.cell())
    };
    let others = order.answers.iter().filter(|answer| !columns.contains(&answer.key));
    let others: Vec<_> = others.map(|answer| format!("{}: {}", answer.key, answer.printed)).collect();
    let own = [harmless(&order.order), Cow::Owned(order.placed.to_string())];
    line(own.into_iter().chain(columns.iter().map(of)).chain([Cow::Owned(others.join("\n"))]))
}

impl AnswerView {
    fn cell(&self) -> Cow<'_, str> {
        match self.value {
            // a number may be negative
            AnswerValue::Number(_) => Cow::Borrowed(&self.printed),
            _ => harmless(&self.printed),
        }
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

fn line<'a>(fields: impl Iterator<Item = Cow<'a, str>>) -> String {
    let quoted = |field: Cow<'a, str>| match field.contains([',', '"', '\n', '\r']) {
        true => Cow::Owned(format!("\"{}\"", field.replace('"', "\"\""))),
        false => field,
    };
    let mut line = fields.map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}
