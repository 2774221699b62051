use handfast::question as core;

use super::DepartmentId;
use crate::{
    scalar::{AnswerValue, Decimal, Texts, Timestamp},
    shape::{Fits, Outward, choice, record},
};

choice! {
    /// How a question at checkout is answered.
    pub enum AnswerForm of core::AnswerForm {
        /// With a text on any number of lines.
        Text,
        /// With one of several choices.
        Choice,
        /// With some of several choices.
        Choices,
        /// With yes or no; either is an answer.
        YesNo,
        /// With an exact decimal number.
        Number,
        /// With a day of the calendar.
        Date,
    }
}

record! {
    /// What bounds an answer; only what is of use for the kind of question may be there.
    pub struct AnswerLimits by hand {
    } optional {
        /// The most characters of a text, 1 to 2,000; 2,000 unless told.
        longest: u32,
        /// How many of several choices are taken at least; 1 unless told. No choice at all is no answer.
        at_least: u32,
        /// How many of several choices are taken at most; all unless told.
        at_most: u32,
        /// The least number.
        lowest: Decimal,
        /// The highest number.
        highest: Decimal,
        /// How many decimals a number has at most, 0 to 4; 0 unless told.
        decimals: u32,
        /// The first day: `2026-11-22`.
        earliest: String,
        /// The last day.
        latest: String,
    }
}

impl Fits<core::AnswerLimits> for Option<AnswerLimits> {
    fn fit(self) -> handfast::Result<core::AnswerLimits> {
        let nothing = core::AnswerLimits::default();
        let Some(limits) = self else { return Ok(nothing) };
        let AnswerLimits { longest, at_least, at_most, lowest, highest, decimals, earliest, latest } = limits;
        let (lowest, highest) = (lowest.fit()?, highest.fit()?);
        Ok(core::AnswerLimits { longest, at_least, at_most, lowest, highest, decimals, earliest, latest })
    }
}

impl Outward<AnswerLimits> for core::AnswerLimits {
    fn outward(self) -> AnswerLimits {
        let core::AnswerLimits { longest, at_least, at_most, lowest, highest, decimals, earliest, latest } = self;
        let (lowest, highest) = (lowest.map(Decimal), highest.map(Decimal));
        AnswerLimits { longest, at_least, at_most, lowest, highest, decimals, earliest, latest }
    }
}

record! {
    /// One of several choices, not yet checked.
    pub struct ChoiceInput into core::ChoiceInput {
        /// Its name in the answers: small letters, digits and `_`, at most 40.
        key: String,
        /// What is read, by language (`en`, `es-MX`): one line of at most 120 characters, in the company's language at least.
        label: Texts,
    }
}

record! {
    /// A question at checkout, not yet checked.
    pub struct CheckoutQuestionInput into core::QuestionInput {
        /// Its name in the answers: small letters, digits and `_`, at most 40.
        key: String,
        /// How it is answered.
        kind: AnswerForm,
        /// What is asked, by language (`en`, `es-MX`): one line of at most 200 characters, in the company's language at least.
        label: Texts,
    } optional {
        /// What helps to answer it, by language in the same way: at most 1,000 characters.
        help: Texts,
        /// Between 2 and 100 choices, for `choice` and `choices`.
        choices: Vec<ChoiceInput>,
        /// What bounds an answer.
        limits: AnswerLimits,
        /// Whether it must be answered; not unless told.
        required: bool,
        /// From when on it is asked; at once unless told.
        since: Timestamp,
        /// From when on it is asked no longer; for good unless told.
        until: Timestamp,
    }
}

impl Fits<Vec<core::ChoiceInput>> for Option<Vec<ChoiceInput>> {
    fn fit(self) -> handfast::Result<Vec<core::ChoiceInput>> {
        self.unwrap_or_default().fit()
    }
}

record! {
    /// One of several choices, in every language it has.
    pub struct QuestionChoice from core::Choice {
        /// Its name in the answers.
        key: String,
        /// What is read, by language.
        label: Texts,
    }
}

record! {
    /// A question at checkout, in every language it has.
    pub struct CheckoutQuestion by hand {
        /// Its name in the answers.
        key: String,
        /// How it is answered.
        kind: AnswerForm,
        /// What is asked, by language.
        label: Texts,
        /// What helps to answer it, by language.
        help: Option<Texts>,
        /// The choices, in order; none for other kinds.
        choices: Vec<QuestionChoice>,
        /// What bounds an answer.
        limits: AnswerLimits,
        /// Whether it must be answered.
        required: bool,
        /// From when on it is asked.
        since: Option<Timestamp>,
        /// From when on it is asked no longer.
        until: Option<Timestamp>,
    }
}

impl Outward<CheckoutQuestion> for core::Question {
    fn outward(self) -> CheckoutQuestion {
        CheckoutQuestion {
            key: self.key,
            kind: self.kind.form().outward(),
            label: self.label.outward(),
            help: self.help.outward(),
            choices: self.kind.choices().to_vec().outward(),
            limits: self.kind.limits().outward(),
            required: self.required,
            since: self.since.outward(),
            until: self.until.outward(),
        }
    }
}

record! {
    /// The questions of a company, or of one of its departments, as those see them who set them up.
    pub struct Questionnaire from core::Questionnaire {
        /// The department; none for the company as a whole.
        department: Option<DepartmentId>,
        /// How often they were changed so far; 0 where there never were any.
        edition: i64,
        /// The questions, in order.
        questions: Vec<CheckoutQuestion>,
    }
}

record! {
    /// One of several choices, in the language of who is to choose.
    pub struct AskedChoice from core::Choice<String> {
        /// Its name in the answers.
        key: String,
        /// What is read.
        label: String,
    }
}

record! {
    /// A question as it is asked now, in the language of who is to answer it.
    pub struct AskedQuestion by hand {
        /// The department that asks it; none for the company as a whole.
        department: Option<DepartmentId>,
        /// The edition of that place's questions.
        edition: i64,
        /// Its name in the answers.
        key: String,
        /// How it is answered.
        kind: AnswerForm,
        /// What is asked.
        label: String,
        /// What helps to answer it.
        help: Option<String>,
        /// The choices, in order; none for other kinds.
        choices: Vec<AskedChoice>,
        /// What bounds an answer.
        limits: AnswerLimits,
        /// Whether it must be answered.
        required: bool,
    }
}

impl Outward<AskedQuestion> for core::AskedQuestion {
    fn outward(self) -> AskedQuestion {
        AskedQuestion {
            department: self.department.outward(),
            edition: self.edition,
            key: self.key,
            kind: self.kind.form().outward(),
            label: self.label,
            help: self.help,
            choices: self.kind.choices().to_vec().outward(),
            limits: self.kind.limits().outward(),
            required: self.required,
        }
    }
}

record! {
    /// An answer given at checkout, with its question as it was asked.
    pub struct CheckoutAnswer from core::AnswerView {
        /// The department that asked; none for the company as a whole.
        department: Option<DepartmentId>,
        /// The question's name.
        key: String,
        /// The question.
        label: String,
        /// The answer: a text, yes or no, the key of a choice, or a list of those. A number and a day are a text.
        value: AnswerValue,
        /// The answer as people read it.
        printed: String,
    }
}
