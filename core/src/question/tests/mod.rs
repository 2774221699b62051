//! The rules of questions and answers, without a store.

mod checked;
mod defined;
mod exported;

use std::collections::BTreeMap;

use super::{AnswerForm, ChoiceInput, Question, QuestionEdition, QuestionInput, QuestionList};
use crate::{
    clock::Timestamp,
    error::{Code, Result},
    id::Id,
    value::Locale,
};

const COMPANY: i64 = 1;
const DEPARTMENT: i64 = 2;

fn id<T>(number: i64) -> Id<T> {
    Id::new(Timestamp::from_millis(number), 0, [0; 8])
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn texts(texts: &[(&str, &str)]) -> BTreeMap<String, String> {
    texts.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect()
}

fn input(key: &str, kind: AnswerForm) -> QuestionInput {
    QuestionInput { key: key.into(), kind, label: texts(&[("es", &format!("¿{key}?"))]), ..QuestionInput::default() }
}

fn choice(key: &str) -> ChoiceInput {
    ChoiceInput { key: key.into(), label: texts(&[("es", &format!("la {key}")), ("en", &format!("the {key}"))]) }
}

/// A company that reads Spanish as one does in Ecuador.
fn checked(input: &QuestionInput) -> Result<Question> {
    input.check(&Locale::parse("es-EC").unwrap())
}

/// What is wrong, by field.
fn faults<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, Code)> {
    let error = result.unwrap_err();
    assert_eq!(error.code(), Code::InvalidInput);
    error.faults().iter().map(|fault| (fault.field.clone(), fault.code)).collect()
}

fn told(faults: &[(&str, Code)]) -> Vec<(String, Code)> {
    faults.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
}

/// An edition of a place: of the company itself, or of a department.
fn edition(place: i64, number: i64, questions: impl IntoIterator<Item = QuestionInput>) -> QuestionEdition {
    let asked = questions.into_iter().map(|question| checked(&question).unwrap());
    let questions = asked.fold(QuestionList::default(), |list, question| list.with(question).unwrap());
    let edition = id(place * 100 + number);
    QuestionEdition { id: edition, company: id(COMPANY), place: id(place), number, questions, created: at(0) }
}
