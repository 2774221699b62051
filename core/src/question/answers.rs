use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AnswerForm, AnswerKind, Choice, Question, QuestionEdition, asked::asked, input::LONGEST};
use crate::{
    clock::Timestamp,
    company::Department,
    error::{Code, Error, Faults, Result},
    id::Id,
    invite::{refuse_unasked, yes_or_no},
    store::json_field,
    value::{Date, Number, Text},
};

/// What was answered at one checkout, each with the edition of the questions it answers: questions that change later
/// change no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(Vec<Answer>);

json_field!(Answers);

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The edition that the question stands in, which knows its place.
    pub edition: Id<QuestionEdition>,
    /// The question's name.
    pub key: String,
    /// The answer.
    pub value: AnswerValue,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// A text.
    Text(Text<LONGEST>),
    /// The key of the choice that was taken.
    Choice(String),
    /// The keys of those that were taken, in the order of the question.
    Choices(Vec<String>),
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(Number),
    /// A day.
    Date(Date),
}

/// An answer with its question, as a person reads both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// The department that asked; `None` for the company as a whole.
    pub department: Option<Id<Department>>,
    /// The question's name.
    pub key: String,
    /// The question.
    pub label: String,
    /// The answer.
    pub value: AnswerValue,
    /// The answer as text.
    pub printed: String,
}

/// The same as [`check`], every fault under `answers.` and the key of its question.
pub(crate) fn check_all(editions: &[QuestionEdition], at: Timestamp, given: &Map<String, Value>) -> Result<Answers> {
    let mut faults = Faults::default();
    let answers = faults.check("answers", check(editions, at, given));
    faults.made(|| answers)
}

/// Checks answers by the names of their questions, to what the `editions` ask at a moment. A blank text and an empty list
/// are no answer.
///
/// Errors: `invalid_input` with every fault at once: `required`, `unknown_field`, `invalid_input` (another kind of
/// answer), `unknown_choice`, `duplicate_entry`, `too_long`, `forbidden_character`, `not_a_decimal`, `not_a_date`,
/// `out_of_range`.
pub(super) fn check(editions: &[QuestionEdition], at: Timestamp, given: &Map<String, Value>) -> Result<Answers> {
    let (mut faults, mut answers) = (Faults::default(), Vec::new());
    let asked = asked(editions, at);
    refuse_unasked(&mut faults, given, |key| asked.iter().any(|(_, question)| question.key == key));
    for (edition, question) in asked {
        let value = faults.check(&question.key, question.answer(given.get(&question.key))).flatten();
        answers.extend(value.map(|value| Answer { edition: edition.id, key: question.key.clone(), value }));
    }
    faults.made(|| Some(Answers(answers)))
}

impl Answers {
    /// The answers, in the order of the questions.
    pub fn all(&self) -> &[Answer] {
        &self.0
    }

    /// The editions that they answer, at most two: what [`readable`](Answers::readable) needs.
    pub fn editions(&self) -> BTreeSet<Id<QuestionEdition>> {
        self.0.iter().map(|answer| answer.edition).collect()
    }

    /// The answers as they are read in the first of `languages` that there is. One whose edition is not given has its key
    /// for a label.
    pub fn readable(&self, editions: &[QuestionEdition], languages: &[&str]) -> Vec<AnswerView> {
        let view = |answer: &Answer| {
            let edition = editions.iter().find(|edition| edition.id == answer.edition);
            let question = edition.and_then(|edition| edition.questions.get(&answer.key));
            let label = question.map_or(answer.key.as_str(), |question| question.label.in_first_of(languages));
            AnswerView {
                department: edition.and_then(QuestionEdition::department),
                key: answer.key.clone(),
                label: label.to_owned(),
                value: answer.value.clone(),
                printed: answer.value.printed(question, languages),
            }
        };
        self.0.iter().map(view).collect()
    }
}

impl AnswerValue {
    fn printed(&self, question: Option<&Question>, languages: &[&str]) -> String {
        let label = |key: &String| {
            let choices = question.map(|question| question.kind.choices()).unwrap_or_default();
            let choice = choices.iter().find(|choice| choice.key == *key);
            choice.map_or_else(|| key.clone(), |choice| choice.label.in_first_of(languages).to_owned())
        };
        match self {
            AnswerValue::Text(text) => text.to_string(),
            AnswerValue::Choice(key) => label(key),
            AnswerValue::Choices(keys) => keys.iter().map(label).collect::<Vec<_>>().join(", "),
            AnswerValue::YesNo(yes) => {
                let language = languages.first().and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
                yes_or_no(language, *yes).to_owned()
            }
            AnswerValue::Number(number) => number.to_string(),
            AnswerValue::Date(date) => date.to_string(),
        }
    }
}

impl Question {
    fn answer(&self, given: Option<&Value>) -> Result<Option<AnswerValue>> {
        let answer = match given {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.trim().is_empty() => None,
            Some(Value::Array(several)) if several.is_empty() => None,
            Some(given) => Some(self.kind.read(given)?),
        };
        match answer {
            None if self.required => Err(Error::new(Code::Required)),
            answer => Ok(answer),
        }
    }
}

impl AnswerKind {
    fn read(&self, given: &Value) -> Result<AnswerValue> {
        match (self, given) {
            (AnswerKind::Text { longest }, Value::String(text)) => short(text, *longest).map(AnswerValue::Text),
            (AnswerKind::Choice { choices }, Value::String(key)) => known(choices, key).map(AnswerValue::Choice),
            (AnswerKind::Choices { choices, at_least, at_most }, Value::Array(keys)) => {
                several(choices, keys, (*at_least, *at_most)).map(AnswerValue::Choices)
            }
            (AnswerKind::YesNo, Value::Bool(yes)) => Ok(AnswerValue::YesNo(*yes)),
            (AnswerKind::Number { lowest, highest, decimals }, given) => {
                let number = match given {
                    Value::String(text) => Number::parse(text)?,
                    // a whole number of JSON was no float
                    Value::Number(number) if number.is_i64() => Number::parse(&number.to_string())?,
                    _ => return Err(mistaken(self.form())),
                };
                if number.decimal().scale() > *decimals {
                    return Err(Error::because(Code::OutOfRange, format!("has more than {decimals} decimals")));
                }
                inside(number, *lowest, *highest).map(AnswerValue::Number)
            }
            (AnswerKind::Date { earliest, latest }, Value::String(text)) => {
                inside(Date::parse(text)?, *earliest, *latest).map(AnswerValue::Date)
            }
            _ => Err(mistaken(self.form())),
        }
    }
}

fn mistaken(form: AnswerForm) -> Error {
    let wanted = match form {
        AnswerForm::Text => "a text",
        AnswerForm::Choice => "the key of a choice",
        AnswerForm::Choices => "a list of the keys of choices",
        AnswerForm::YesNo => "true or false",
        AnswerForm::Number => "a number, as a text",
        AnswerForm::Date => "a date, as a text",
    };
    Error::because(Code::InvalidInput, format!("must be {wanted}"))
}

fn short(text: &str, longest: u32) -> Result<Text<LONGEST>> {
    let text = Text::parse(text)?;
    match text.as_str().chars().nth(usize::try_from(longest).unwrap_or(LONGEST)) {
        Some(_) => Err(Error::because(Code::TooLong, format!("is longer than {longest} characters"))),
        None => Ok(text),
    }
}

fn known(choices: &[Choice], key: &str) -> Result<String> {
    let known = choices.iter().find(|choice| choice.key == key);
    known.map(|choice| choice.key.clone()).ok_or_else(|| Error::new(Code::UnknownChoice))
}

/// The keys, in the order of the choices.
fn several(choices: &[Choice], keys: &[Value], (at_least, at_most): (u32, u32)) -> Result<Vec<String>> {
    let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    if !(at_least..=at_most).contains(&count) {
        let message = match at_least == at_most {
            true => format!("takes {at_least} of the choices"),
            false => format!("takes {at_least} to {at_most} of the choices"),
        };
        return Err(Error::because(Code::OutOfRange, message));
    }
    let (mut faults, mut taken) = (Faults::default(), BTreeSet::new());
    for (at, key) in keys.iter().enumerate() {
        let key = key.as_str().ok_or_else(|| mistaken(AnswerForm::Choice)).and_then(|key| known(choices, key));
        if faults.check(&at.to_string(), key).is_some_and(|key| !taken.insert(key)) {
            faults.add(&at.to_string(), Code::DuplicateEntry);
        }
    }
    faults.finish()?;
    let keys = choices.iter().map(|choice| &choice.key);
    Ok(keys.filter(|key| taken.contains(*key)).cloned().collect())
}

fn inside<T: PartialOrd + std::fmt::Display>(value: T, least: Option<T>, most: Option<T>) -> Result<T> {
    let refused = |how: &str, bound: T| Err(Error::because(Code::OutOfRange, format!("{how} {bound}")));
    match (least, most) {
        (Some(least), _) if value < least => refused("lies before", least),
        (_, Some(most)) if value > most => refused("lies beyond", most),
        _ => Ok(value),
    }
}
