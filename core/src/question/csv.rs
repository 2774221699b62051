//! Answers of many orders as CSV (RFC 4180): a line an order, a column a question.

use std::{borrow::Cow, iter};

use super::{AnswerView, QuestionEdition};
use crate::{clock::Timestamp, csv::write, error::Result};

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
/// begins with `=`, `+`, `-` or `@`, has an apostrophe in front; a negative number has none.
pub fn lines<'a>(
    columns: &'a [String],
    orders: impl IntoIterator<Item = Result<AnsweredOrder>> + 'a,
) -> impl Iterator<Item = Result<String>> + 'a {
    let names = ["order", "placed"].into_iter().chain(columns.iter().map(String::as_str)).chain(["other"]);
    let header = line(names);
    iter::once(Ok(header)).chain(orders.into_iter().map(|order| order.map(|order| answered(columns, &order))))
}

fn answered(columns: &[String], order: &AnsweredOrder) -> String {
    let of = |column: &String| {
        let found = order.answers.iter().find(|answer| answer.key == *column);
        found.map_or(Cow::Borrowed(""), |answer| Cow::Borrowed(answer.printed.as_str()))
    };
    let others = order.answers.iter().filter(|answer| !columns.contains(&answer.key));
    let others: Vec<_> = others.map(|answer| format!("{}: {}", answer.key, answer.printed)).collect();
    let own = [Cow::Borrowed(order.order.as_str()), Cow::Owned(order.placed.to_string())];
    line(own.into_iter().chain(columns.iter().map(of)).chain([Cow::Owned(others.join("\n"))]))
}

fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = String::new();
    write(&mut line, cells);
    line
}
