use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Question, QuestionKind, RequestForm};
use crate::{
    error::{Code, Error, Faults, Result},
    store::json_field,
    value::{Line, Text},
};

/// What a visitor answered, each with the question as it was asked: a form that changes later changes no answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(Vec<Answer>);

json_field!(Answers);

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's name.
    pub key: String,
    /// The question as the visitor read it.
    pub label: Line<200>,
    /// The answer.
    pub value: AnswerValue,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Yes or no.
    Flag(bool),
    /// A text, or the choice that was taken.
    Text(Text<2000>),
}

impl Answers {
    /// The answers, in the order of the questions.
    pub fn all(&self) -> &[Answer] {
        &self.0
    }

    /// A line for each answer, in Spanish or, for every other language, in English.
    pub(crate) fn lines(&self, language: &str) -> String {
        let line = |answer: &Answer| match &answer.value {
            AnswerValue::Flag(flag) => format!("{}: {}", answer.label, yes_or_no(language, *flag)),
            AnswerValue::Text(text) => format!("{}: {text}", answer.label),
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// An answer as people read it, in Spanish or, for every other language, in English.
pub(crate) fn yes_or_no(language: &str, flag: bool) -> &'static str {
    match (flag, language) {
        (true, "es") => "sí",
        (true, _) => "yes",
        (false, _) => "no",
    }
}

/// Notes every answer to what is not asked.
pub(crate) fn refuse_unasked(faults: &mut Faults, given: &Map<String, Value>, is_asked: impl Fn(&str) -> bool) {
    for key in given.keys().filter(|key| !is_asked(key)) {
        // the name comes from outside: it is shown only where it is short and plain
        let shown = Line::<40>::parse(key).map_or_else(|_| "?".to_owned(), |key| key.to_string());
        faults.add(&shown, Code::UnknownField);
    }
}

impl RequestForm {
    /// Checks answers, by the names of their questions. A blank text is no answer.
    ///
    /// Errors: `invalid_input` with every fault at once: `required`, `unknown_choice`, `unknown_field`, `too_long`,
    /// `forbidden_character`.
    pub fn check(&self, given: &Map<String, Value>) -> Result<Answers> {
        let mut faults = Faults::default();
        refuse_unasked(&mut faults, given, |key| self.questions().iter().any(|question| question.key == key));
        let mut answers = Vec::new();
        for question in self.questions() {
            let value = faults.check(&question.key, question.answer(given.get(&question.key)));
            let answer = |value| Answer { key: question.key.clone(), label: question.label.clone(), value };
            answers.extend(value.flatten().map(answer));
        }
        faults.made(|| Some(Answers(answers)))
    }
}

impl Question {
    fn answer(&self, given: Option<&Value>) -> Result<Option<AnswerValue>> {
        let answer = match (&self.kind, given) {
            (_, None | Some(Value::Null)) => None,
            (QuestionKind::Checkbox, Some(Value::Bool(flag))) => Some(AnswerValue::Flag(*flag)),
            (QuestionKind::Checkbox, Some(_)) => {
                return Err(Error::because(Code::UnknownChoice, "is none of `true`, `false`"));
            }
            (_, Some(Value::String(text))) if text.trim().is_empty() => None,
            (QuestionKind::Text, Some(Value::String(text))) => Some(AnswerValue::Text(Text::parse(text)?)),
            (QuestionKind::Choice { choices }, Some(Value::String(text))) => {
                let known = choices.iter().find(|choice| choice.as_str() == text);
                let known = known.ok_or_else(|| Error::new(Code::UnknownChoice))?;
                Some(AnswerValue::Text(Text::parse(known.as_str())?))
            }
            (_, Some(_)) => return Err(Error::because(Code::UnknownChoice, "is not a text")),
        };
        match answer {
            None | Some(AnswerValue::Flag(false)) if self.required => Err(Error::new(Code::Required)),
            answer => Ok(answer),
        }
    }
}
