use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error, Faults, Result},
    store::json_field,
    value::Line,
};

/// Questions of one company at most.
const MOST_QUESTIONS: usize = 30;
/// Choices of one question at most.
const MOST_CHOICES: usize = 100;

/// What a company asks visitors beyond the usual.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestForm(Vec<Question>);

json_field!(RequestForm);

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in the answers: small letters, digits and `_`, at most 40.
    pub key: String,
    /// What the visitor reads.
    pub label: Line<200>,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: QuestionKind,
    /// Whether it must be answered; a checkbox that must be is to be checked.
    pub required: bool,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuestionKind {
    /// With a text of at most 2,000 characters.
    Text,
    /// With one of these.
    Choice {
        /// The choices, as the visitor reads them.
        choices: Vec<Line<120>>,
    },
    /// With yes or no.
    Checkbox,
}

/// A question, not yet checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionInput {
    /// Its name in the answers: small letters, digits and `_`, at most 40.
    pub key: String,
    /// What the visitor reads: one line of at most 200 characters.
    pub label: String,
    /// `text`, `choice` or `checkbox`.
    pub kind: String,
    /// Between 2 and 100 choices of at most 120 characters, for `choice`.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
}

impl RequestForm {
    /// Checks a form: questions, at most 30. Errors: `invalid_input` with every fault at once, each under
    /// `questions.<position>`.
    pub fn parse(input: &[QuestionInput]) -> Result<Self> {
        let mut faults = Faults::default();
        if input.len() > MOST_QUESTIONS {
            let error = Error::because(Code::TooMany, format!("has more than {MOST_QUESTIONS} questions"));
            faults.check::<()>("questions", Err(error));
            return faults.made(|| None);
        }
        let mut questions: Vec<Question> = Vec::new();
        for (at, input) in input.iter().enumerate() {
            let field = format!("questions.{at}");
            let Some(question) = faults.check(&field, Question::parse(input)) else { continue };
            if questions.iter().any(|known| known.key == question.key) {
                faults.add(&format!("{field}.key"), Code::DuplicateEntry);
            }
            questions.push(question);
        }
        faults.made(|| Some(RequestForm(questions)))
    }

    /// The questions, in order.
    pub fn questions(&self) -> &[Question] {
        &self.0
    }
}

impl Question {
    fn parse(input: &QuestionInput) -> Result<Self> {
        let mut faults = Faults::default();
        let key = faults.check("key", key(&input.key));
        let label = faults.check("label", Line::parse(&input.label));
        let kind = match input.kind.as_str() {
            "text" => Some(QuestionKind::Text),
            "checkbox" => Some(QuestionKind::Checkbox),
            "choice" => choices(&input.choices, &mut faults),
            _ => {
                let message = "is none of `text`, `choice`, `checkbox`";
                faults.check("kind", Err(Error::because(Code::UnknownChoice, message)))
            }
        };
        faults.made(|| Some(Question { key: key?, label: label?, kind: kind?, required: input.required }))
    }
}

/// Checks the name of a question. Errors: `required`, `too_long`, `forbidden_character`.
pub(crate) fn key(text: &str) -> Result<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match text.len() {
        0 => Err(Error::new(Code::Required)),
        41.. => Err(Error::because(Code::TooLong, "is longer than 40 characters")),
        _ if text.bytes().all(plain) => Ok(text.to_owned()),
        _ => Err(Error::because(Code::ForbiddenCharacter, "holds more than small letters, digits and `_`")),
    }
}

fn choices(input: &[String], faults: &mut Faults) -> Option<QuestionKind> {
    if !(2..=MOST_CHOICES).contains(&input.len()) {
        let message = format!("must be between 2 and {MOST_CHOICES}");
        return faults.check("choices", Err(Error::because(Code::OutOfRange, message)));
    }
    let parsed = input.iter().enumerate().map(|(at, text)| faults.check(&format!("choices.{at}"), Line::parse(text)));
    parsed.collect::<Option<Vec<_>>>().map(|choices| QuestionKind::Choice { choices })
}
