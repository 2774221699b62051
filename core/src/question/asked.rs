use serde::Serialize;

use super::{AnswerKind, Question, QuestionEdition};
use crate::{clock::Timestamp, company::Department, id::Id};

/// A question as it is asked now, in the language of who is to answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedQuestion {
    /// The department that asks it; `None` for the company as a whole.
    pub department: Option<Id<Department>>,
    /// The edition of that place's questions.
    pub edition: i64,
    /// Its name in the answers.
    pub key: String,
    /// What is asked.
    pub label: String,
    /// What helps to answer it.
    pub help: Option<String>,
    /// How it is answered.
    pub kind: AnswerKind<String>,
    /// Whether it must be answered.
    pub required: bool,
}

/// What is asked at a moment, in order: the questions of each edition in turn. Of two with one key the later counts, so
/// that a department can ask in its own way what the company asks.
pub(super) fn asked(editions: &[QuestionEdition], at: Timestamp) -> Vec<(&QuestionEdition, &Question)> {
    let every = editions.iter().flat_map(|edition| edition.questions.all().iter().map(move |one| (edition, one)));
    let asked: Vec<_> = every.filter(|(_, question)| question.is_asked(at)).collect();
    let last = |key: &str| asked.iter().rposition(|(_, question)| question.key == key);
    let counts = asked.iter().enumerate().filter(|(at, (_, question))| last(&question.key) == Some(*at));
    counts.map(|(_, asked)| *asked).collect()
}

impl AskedQuestion {
    pub(super) fn of(edition: &QuestionEdition, question: &Question, languages: &[&str]) -> Self {
        AskedQuestion {
            department: edition.department(),
            edition: edition.number,
            key: question.key.clone(),
            label: question.label.in_first_of(languages).to_owned(),
            help: question.help.as_ref().map(|help| help.in_first_of(languages).to_owned()),
            kind: question.kind.read_in(languages),
            required: question.required,
        }
    }
}
