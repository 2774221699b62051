use serde::{Deserialize, Serialize};

use super::AnswerLimits;
use crate::{
    clock::Timestamp,
    error::{Code, Error, Faults, Result},
    store::json_field,
    value::{Date, Number, Texts, choices},
};

choices! {
    /// How a question is answered.
    #[derive(Default)]
    pub enum AnswerForm {
        /// With a text on any number of lines.
        #[default]
        Text = "text",
        /// With one of several choices.
        Choice = "choice",
        /// With some of several choices.
        Choices = "choices",
        /// With yes or no; either is an answer.
        YesNo = "yes_no",
        /// With an exact decimal number.
        Number = "number",
        /// With a day of the calendar.
        Date = "date",
    }
}

/// What is asked, with its texts in the language of one reader (`String`) or in all that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerKind<L = Texts> {
    /// A text.
    Text {
        /// The most characters of an answer, 1 to 2,000.
        longest: u32,
    },
    /// One of these.
    Choice {
        /// 2 to 100 choices, in order.
        choices: Vec<Choice<L>>,
    },
    /// Some of these.
    Choices {
        /// 2 to 100 choices, in order.
        choices: Vec<Choice<L>>,
        /// How many an answer names at least, 1 or more. No choice at all is no answer.
        at_least: u32,
        /// How many it names at most.
        at_most: u32,
    },
    /// Yes or no.
    YesNo,
    /// A number.
    Number {
        /// The least that it can be.
        lowest: Option<Number>,
        /// The most that it can be.
        highest: Option<Number>,
        /// How many decimals it has at most, 0 to 4.
        decimals: u32,
    },
    /// A day.
    Date {
        /// The first that it can be.
        earliest: Option<Date>,
        /// The last that it can be.
        latest: Option<Date>,
    },
}

/// One of several choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice<L = Texts> {
    /// Its name in the answers, which no other choice of the question has.
    pub key: String,
    /// What is read.
    pub label: L,
}

/// A question that is asked at checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in the answers, which no other question of its place has: small letters, digits and `_`, at most 40.
    pub key: String,
    /// What is asked: one line of at most 200 characters, in the company's language at least.
    pub label: Texts,
    /// What helps to answer it: at most 1,000 characters.
    pub help: Option<Texts>,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: AnswerKind,
    /// Whether it must be answered.
    pub required: bool,
    /// From when on it is asked; at once when `None`.
    pub since: Option<Timestamp>,
    /// From when on it is asked no longer; for good when `None`.
    pub until: Option<Timestamp>,
}

/// The questions of one place, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionList(Vec<Question>);

json_field!(QuestionList);

impl<L> AnswerKind<L> {
    /// Its name.
    pub const fn form(&self) -> AnswerForm {
        match self {
            AnswerKind::Text { .. } => AnswerForm::Text,
            AnswerKind::Choice { .. } => AnswerForm::Choice,
            AnswerKind::Choices { .. } => AnswerForm::Choices,
            AnswerKind::YesNo => AnswerForm::YesNo,
            AnswerKind::Number { .. } => AnswerForm::Number,
            AnswerKind::Date { .. } => AnswerForm::Date,
        }
    }

    /// The choices, of a question that has some.
    pub fn choices(&self) -> &[Choice<L>] {
        match self {
            AnswerKind::Choice { choices } | AnswerKind::Choices { choices, .. } => choices,
            AnswerKind::Text { .. } | AnswerKind::YesNo | AnswerKind::Number { .. } | AnswerKind::Date { .. } => &[],
        }
    }

    /// What bounds an answer, as it is given to [`add`](super::Questions::add).
    pub fn limits(&self) -> AnswerLimits {
        let nothing = AnswerLimits::default();
        match self {
            AnswerKind::Text { longest } => AnswerLimits { longest: Some(*longest), ..nothing },
            AnswerKind::Choice { .. } | AnswerKind::YesNo => nothing,
            AnswerKind::Choices { at_least, at_most, .. } => {
                AnswerLimits { at_least: Some(*at_least), at_most: Some(*at_most), ..nothing }
            }
            AnswerKind::Number { lowest, highest, decimals } => AnswerLimits {
                lowest: lowest.map(Into::into),
                highest: highest.map(Into::into),
                decimals: Some(*decimals),
                ..nothing
            },
            AnswerKind::Date { earliest, latest } => {
                AnswerLimits { earliest: earliest.map(Into::into), latest: latest.map(Into::into), ..nothing }
            }
        }
    }
}

impl AnswerKind {
    /// The same as one reader sees it.
    pub(super) fn read_in(&self, languages: &[&str]) -> AnswerKind<String> {
        let read =
            |choice: &Choice| Choice { key: choice.key.clone(), label: choice.label.in_first_of(languages).to_owned() };
        let choices = self.choices().iter().map(read).collect();
        match *self {
            AnswerKind::Text { longest } => AnswerKind::Text { longest },
            AnswerKind::Choice { .. } => AnswerKind::Choice { choices },
            AnswerKind::Choices { at_least, at_most, .. } => AnswerKind::Choices { choices, at_least, at_most },
            AnswerKind::YesNo => AnswerKind::YesNo,
            AnswerKind::Number { lowest, highest, decimals } => AnswerKind::Number { lowest, highest, decimals },
            AnswerKind::Date { earliest, latest } => AnswerKind::Date { earliest, latest },
        }
    }
}

impl Question {
    /// Whether it is asked at this moment.
    pub fn is_asked(&self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at < until)
    }
}

impl QuestionList {
    /// The most questions of one place: each adds to what a customer fills in at every order.
    pub const MOST: usize = 50;
    /// The most bytes of all of them together, as JSON: they are read whenever an order is recorded.
    pub const MOST_BYTES: usize = 256 * 1024;

    /// The questions, in order.
    pub fn all(&self) -> &[Question] {
        &self.0
    }

    /// The question of a key.
    pub fn get(&self, key: &str) -> Option<&Question> {
        self.0.iter().find(|question| question.key == key)
    }

    /// The same with one more at the end. Errors: `already_there` (the key), `too_many`, `invalid_input`.
    pub(super) fn with(mut self, question: Question) -> Result<Self> {
        if self.get(&question.key).is_some() {
            return Err(Error::new(Code::AlreadyThere));
        }
        if self.0.len() >= QuestionList::MOST {
            return Err(Error::because(Code::TooMany, format!("there are {} questions already", QuestionList::MOST)));
        }
        self.0.push(question.clone());
        self.bounded(&question)
    }

    /// The same with another question in place of the one of its key. Errors: `not_found`, `invalid_input`.
    pub(super) fn changed(mut self, question: Question) -> Result<Self> {
        let old = self.0.iter_mut().find(|old| old.key == question.key).ok_or_else(unknown)?;
        *old = question.clone();
        self.bounded(&question)
    }

    /// The same without a question. Errors: `not_found`.
    pub(super) fn without(mut self, key: &str) -> Result<Self> {
        let at = self.0.iter().position(|question| question.key == key).ok_or_else(unknown)?;
        self.0.remove(at);
        Ok(self)
    }

    /// The same in the order of `keys`, which names each question once. Errors: `invalid_input` with every fault at once:
    /// `unknown_choice`, `duplicate_entry`, `required`.
    pub(super) fn ordered(mut self, keys: &[String]) -> Result<Self> {
        super::input::must_name_each(&self, keys)?;
        self.0.sort_by_key(|question| keys.iter().position(|key| *key == question.key));
        Ok(self)
    }

    /// Errors: `invalid_input` (`choices` or `help`: `too_many`), for only those make a question large.
    fn bounded(self, with: &Question) -> Result<Self> {
        let bytes = serde_json::to_string(&self).map_or(usize::MAX, |json| json.len());
        if bytes <= QuestionList::MOST_BYTES {
            return Ok(self);
        }
        let (most, mut faults) = (QuestionList::MOST_BYTES / 1024, Faults::default());
        let error = Error::because(Code::TooMany, format!("makes the questions of this place more than {most} KiB"));
        let large = if with.kind.choices().is_empty() { "help" } else { "choices" };
        faults.check::<()>(large, Err(error));
        faults.finish().map(|()| self)
    }
}

impl From<QuestionList> for Vec<Question> {
    fn from(list: QuestionList) -> Self {
        list.0
    }
}

fn unknown() -> Error {
    Error::because(Code::NotFound, "there is no such question here")
}
