//! Questions as they come from outside, and everything that can be wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AnswerForm, AnswerKind, Choice, Question, QuestionList};
use crate::{
    clock::Timestamp,
    error::{Checked, Code, Error, Faults, Result},
    invite::question_key,
    value::{Date, Line, Locale, Number, Text, Texts},
};

/// Choices of one question at most.
const MOST_CHOICES: usize = 100;
/// Characters of an answer at most.
pub(super) const LONGEST: usize = 2_000;
/// Decimals of a number at most.
const MOST_DECIMALS: u32 = 4;

/// A question, not yet checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuestionInput {
    /// Its name in the answers: small letters, digits and `_`, at most 40. Required.
    pub key: String,
    /// How it is answered; with a text unless told.
    pub kind: AnswerForm,
    /// What is asked, by language (`en`, `es-MX`): one line of at most 200 characters, in the company's language at least.
    pub label: BTreeMap<String, String>,
    /// What helps to answer it, by language in the same way: at most 1,000 characters. None when empty.
    pub help: BTreeMap<String, String>,
    /// Between 2 and 100 choices, for `choice` and `choices`.
    pub choices: Vec<ChoiceInput>,
    /// What bounds an answer.
    pub limits: AnswerLimits,
    /// Whether it must be answered.
    pub required: bool,
    /// From when on it is asked; at once unless told.
    pub since: Option<Timestamp>,
    /// From when on it is asked no longer; for good unless told.
    pub until: Option<Timestamp>,
}

/// One of several choices, not yet checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceInput {
    /// Its name in the answers: small letters, digits and `_`, at most 40.
    pub key: String,
    /// What is read, by language: one line of at most 120 characters, in the company's language at least.
    pub label: BTreeMap<String, String>,
}

/// What bounds an answer; only what is of use for the kind of question may be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerLimits {
    /// The most characters of a text, 1 to 2,000; 2,000 unless told.
    pub longest: Option<u32>,
    /// How many of several choices are taken at least; 1 unless told.
    pub at_least: Option<u32>,
    /// How many of several choices are taken at most; all unless told.
    pub at_most: Option<u32>,
    /// The least number.
    pub lowest: Option<String>,
    /// The highest number.
    pub highest: Option<String>,
    /// How many decimals a number has at most, 0 to 4; 0 unless told.
    pub decimals: Option<u32>,
    /// The first day.
    pub earliest: Option<String>,
    /// The last day.
    pub latest: Option<String>,
}

impl QuestionInput {
    /// Checks a question of a company that reads `language`. Errors: `invalid_input` with every fault at once.
    pub(super) fn check(&self, language: &Locale) -> Result<Question> {
        let mut faults = Faults::default();
        let key = faults.check("key", question_key(&self.key));
        let label = faults.check("label", texts(&self.label, Line::<200>::parse, language));
        let help = Some(&self.help).filter(|help| !help.is_empty());
        let help = faults.check_optional("help", help, |help| texts(help, Text::<1_000>::parse, language));
        self.refuse_unused(&mut faults);
        let kind = self.kind(&mut faults, language);
        if self.since.zip(self.until).is_some_and(|(since, until)| until <= since) {
            faults.check::<()>("until", Err(Error::because(Code::OutOfRange, "must be later than `since`")));
        }
        let (required, since, until) = (self.required, self.since, self.until);
        faults.made(|| Some(Question { key: key?, label: label?, help: help?, kind: kind?, required, since, until }))
    }

    fn kind(&self, faults: &mut Faults, language: &Locale) -> Checked<AnswerKind> {
        let limits = &self.limits;
        Some(match self.kind {
            AnswerForm::Text => {
                let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
                AnswerKind::Text { longest: faults.check("limits.longest", within(limits.longest, (1, most), most))? }
            }
            AnswerForm::Choice => AnswerKind::Choice { choices: self.choices(faults, language)? },
            AnswerForm::Choices => {
                let choices = self.choices(faults, language);
                let all = u32::try_from(self.choices.len().clamp(1, MOST_CHOICES)).unwrap_or(1);
                let least = faults.check("limits.at_least", within(limits.at_least, (1, all), 1));
                let bounds = (least.unwrap_or(1), all);
                let most = faults.check("limits.at_most", within(limits.at_most, bounds, all));
                AnswerKind::Choices { choices: choices?, at_least: least?, at_most: most? }
            }
            AnswerForm::YesNo => AnswerKind::YesNo,
            AnswerForm::Number => {
                let (lowest, highest) =
                    range(faults, ("lowest", &limits.lowest), ("highest", &limits.highest), Number::parse)?;
                let decimals = within(limits.decimals, (0, MOST_DECIMALS), 0);
                AnswerKind::Number { lowest, highest, decimals: faults.check("limits.decimals", decimals)? }
            }
            AnswerForm::Date => {
                let (earliest, latest) =
                    range(faults, ("earliest", &limits.earliest), ("latest", &limits.latest), Date::parse)?;
                AnswerKind::Date { earliest, latest }
            }
        })
    }

    fn choices(&self, faults: &mut Faults, language: &Locale) -> Checked<Vec<Choice>> {
        if !(2..=MOST_CHOICES).contains(&self.choices.len()) {
            let message = format!("must be between 2 and {MOST_CHOICES}");
            return faults.check("choices", Err(Error::because(Code::OutOfRange, message)));
        }
        let (mut known, mut choices) = (BTreeSet::new(), Vec::new());
        for (at, choice) in self.choices.iter().enumerate() {
            let key = faults.check(&format!("choices.{at}.key"), question_key(&choice.key));
            if key.as_ref().is_some_and(|key| !known.insert(key.clone())) {
                faults.add(&format!("choices.{at}.key"), Code::DuplicateEntry);
            }
            let label = texts(&choice.label, Line::<120>::parse, language);
            let label = faults.check(&format!("choices.{at}.label"), label);
            choices.extend(key.zip(label).map(|(key, label)| Choice { key, label }));
        }
        (choices.len() == self.choices.len()).then_some(choices)
    }

    /// What would bound nothing is a mistake, and is told.
    fn refuse_unused(&self, faults: &mut Faults) {
        let limits = &self.limits;
        let used: &[&str] = match self.kind {
            AnswerForm::Text => &["limits.longest"],
            AnswerForm::Choice => &["choices"],
            AnswerForm::Choices => &["choices", "limits.at_least", "limits.at_most"],
            AnswerForm::YesNo => &[],
            AnswerForm::Number => &["limits.lowest", "limits.highest", "limits.decimals"],
            AnswerForm::Date => &["limits.earliest", "limits.latest"],
        };
        let given = [
            ("choices", !self.choices.is_empty()),
            ("limits.longest", limits.longest.is_some()),
            ("limits.at_least", limits.at_least.is_some()),
            ("limits.at_most", limits.at_most.is_some()),
            ("limits.lowest", limits.lowest.is_some()),
            ("limits.highest", limits.highest.is_some()),
            ("limits.decimals", limits.decimals.is_some()),
            ("limits.earliest", limits.earliest.is_some()),
            ("limits.latest", limits.latest.is_some()),
        ];
        for (field, _) in given.into_iter().filter(|(field, given)| *given && !used.contains(field)) {
            let message = format!("is not asked for of a `{}`", self.kind);
            faults.check::<()>(field, Err(Error::because(Code::UnknownField, message)));
        }
    }
}

/// A text in several languages, one of which is the company's.
fn texts<T: Into<String>>(
    given: &BTreeMap<String, String>,
    parse: impl Fn(&str) -> Result<T>,
    language: &Locale,
) -> Result<Texts> {
    let texts = Texts::parse(given, parse)?;
    match texts.has(language) {
        true => Ok(texts),
        false => Err(Error::because(Code::Required, format!("lacks the company's language `{}`", language.language()))),
    }
}

/// A number within bounds, or what it is unless told.
fn within(given: Option<u32>, (least, most): (u32, u32), otherwise: u32) -> Result<u32> {
    match given.unwrap_or(otherwise) {
        number if (least..=most).contains(&number) => Ok(number),
        _ => Err(Error::because(Code::OutOfRange, format!("must be between {least} and {most}"))),
    }
}

/// Both ends of a range, each of which may be missing.
fn range<T: PartialOrd>(
    faults: &mut Faults,
    (from, least): (&str, &Option<String>),
    (to, most): (&str, &Option<String>),
    parse: impl Fn(&str) -> Result<T>,
) -> Checked<(Option<T>, Option<T>)> {
    let least = faults.check_optional(&format!("limits.{from}"), least.as_deref(), &parse);
    let most = faults.check_optional(&format!("limits.{to}"), most.as_deref(), &parse);
    let (least, most) = (least?, most?);
    if least.as_ref().zip(most.as_ref()).is_some_and(|(least, most)| most < least) {
        let message = format!("must not lie before `{from}`");
        return faults.check(&format!("limits.{to}"), Err(Error::because(Code::OutOfRange, message)));
    }
    Some((least, most))
}

/// Errors: `invalid_input` with every fault at once: `unknown_choice`, `duplicate_entry`, `required`.
pub(super) fn must_name_each(questions: &QuestionList, keys: &[String]) -> Result<()> {
    let (mut faults, mut named) = (Faults::default(), BTreeSet::new());
    // more than all of them, each wrong, need not be told
    for (at, key) in keys.iter().enumerate().take(QuestionList::MOST + 1) {
        match questions.get(key) {
            None => faults.add(&format!("keys.{at}"), Code::UnknownChoice),
            Some(_) if !named.insert(key) => faults.add(&format!("keys.{at}"), Code::DuplicateEntry),
            Some(_) => {}
        }
    }
    for left in questions.all().iter().filter(|question| !named.contains(&question.key)) {
        faults.check::<()>("keys", Err(Error::because(Code::Required, format!("lack `{}`", left.key))));
    }
    faults.finish()
}
