use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    AnswerView, AskedQuestion, Question, QuestionEdition, QuestionInput, QuestionList, QuestionPlace,
    answers::check_all, asked::asked, record::place,
};
use crate::{
    actor::Actor,
    company::{Company, Department, Permission},
    error::Result,
    event::EventKind,
    handfast::Handfast,
    id::Id,
    store::Record,
    work::Work,
};

/// The verbs of the questions at checkout: `handfast.questions()`.
///
/// Each takes the department whose questions are meant, or `None` for those of the company as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Questions<'a>(&'a Handfast);

impl Handfast {
    /// The questions at checkout.
    pub fn questions(&self) -> Questions<'_> {
        Questions(self)
    }
}

/// The questions of one place, as those see them who set them up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Questionnaire {
    /// The department; `None` for the company as a whole.
    pub department: Option<Id<Department>>,
    /// How often they were changed so far; 0 where there never were any.
    pub edition: i64,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

impl Questions<'_> {
    /// Adds a question at the end: 50 a place, and 256 KiB of them together. It is asked at every order from then on, or
    /// in its period. Who may: Admin, Full Access, if they work in the whole company.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the department, the host's company),
    /// `already_there` (the key, in this place), `too_many`.
    pub fn add(
        &self,
        actor: Actor,
        question: &QuestionInput,
        department: Option<Id<Department>>,
    ) -> Result<Questionnaire> {
        self.changed(actor, department, |company, questions| questions.with(question.check(&company.locale)?))
    }

    /// Replaces the question of the same key; it keeps its place in the order. What was answered before stays as it was
    /// asked. Who may: as for `add`.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the question, the department, the
    /// host's company).
    pub fn update(
        &self,
        actor: Actor,
        question: &QuestionInput,
        department: Option<Id<Department>>,
    ) -> Result<Questionnaire> {
        self.changed(actor, department, |company, questions| questions.changed(question.check(&company.locale)?))
    }

    /// Removes a question, which is asked no longer. What was answered stays readable. Who may: as for `add`.
    ///
    /// Errors: `role_too_low`, `not_found` (the question, the department, the host's company).
    pub fn remove(&self, actor: Actor, key: &str, department: Option<Id<Department>>) -> Result<Questionnaire> {
        self.changed(actor, department, |_, questions| questions.without(key))
    }

    /// Puts the questions of a place in the order of `keys`, which names each once; a fault stands under `keys` and the
    /// position. Who may: as for `add`.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the department, the host's company).
    pub fn reorder(&self, actor: Actor, keys: &[String], department: Option<Id<Department>>) -> Result<Questionnaire> {
        self.changed(actor, department, |_, questions| questions.ordered(keys))
    }

    /// The questions of a place, those included that are not asked now. Who may: every role; who is limited to departments
    /// sees theirs, and the company's.
    ///
    /// Errors: `role_too_low`, `not_found` (the department).
    pub fn get(&self, actor: Actor, department: Option<Id<Department>>) -> Result<Questionnaire> {
        self.0.view(|work| {
            visible(work, actor, department)?;
            let (head, questions) = current(work, actor.company(), department)?;
            Ok(Questionnaire::of(department, head.map_or(0, |head| head.edition), questions))
        })
    }

    /// The questions of a place as they were in an earlier edition. Who may: as for `get`.
    ///
    /// Errors: `role_too_low`, `not_found` (the department, the edition).
    pub fn edition(&self, actor: Actor, edition: u32, department: Option<Id<Department>>) -> Result<Questionnaire> {
        self.0.view(|work| {
            visible(work, actor, department)?;
            let (company, number) = (actor.company(), i64::from(edition));
            let edition = work.need(QuestionEdition::by_number(company, place(company, department), number))?;
            Ok(Questionnaire::of(department, edition.number, edition.questions))
        })
    }

    /// What is asked now at an order in a department, or of one that belongs to none: the company's questions, then the
    /// department's own. Where both have a question of the same key, the department's takes its place. Texts are in
    /// `language` where they are there, otherwise in the company's. Who may: as for `get`.
    ///
    /// Errors: `role_too_low`, `not_found` (the department, the host's company).
    pub fn asked(
        &self,
        actor: Actor,
        department: Option<Id<Department>>,
        language: Option<&str>,
    ) -> Result<Vec<AskedQuestion>> {
        self.0.view(|work| {
            let company = visible(work, actor, department)?;
            let editions = QuestionEdition::of_order(work, company.id, department)?;
            let languages = company.languages(language);
            let asked = asked(&editions, work.now()).into_iter();
            Ok(asked.map(|(edition, question)| AskedQuestion::of(edition, question, &languages)).collect())
        })
    }

    /// Checks answers, by the keys of their questions, as they are checked when an order is recorded, and gives them back
    /// as people read them. Notes nothing. An answer is a text (a number and a date, too), true or false, the key of a
    /// choice, or a list of those. A fault stands under `answers.<key>`: `required`, `unknown_field`, `invalid_input`
    /// (another kind of answer), `unknown_choice`, `duplicate_entry`, `too_long`, `forbidden_character`, `not_a_decimal`,
    /// `not_a_date`, `out_of_range`. Who may: as for `get`.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the department, the host's company).
    pub fn check(
        &self,
        actor: Actor,
        answers: &Map<String, Value>,
        department: Option<Id<Department>>,
        language: Option<&str>,
    ) -> Result<Vec<AnswerView>> {
        self.0.view(|work| {
            let company = visible(work, actor, department)?;
            let editions = QuestionEdition::of_order(work, company.id, department)?;
            let answers = check_all(&editions, work.now(), answers)?;
            Ok(answers.readable(&editions, &company.languages(language)))
        })
    }

    /// Makes a new edition of the questions of a place, if they differ.
    fn changed(
        &self,
        actor: Actor,
        department: Option<Id<Department>>,
        change: impl Fn(&Company, QuestionList) -> Result<QuestionList>,
    ) -> Result<Questionnaire> {
        self.0.change(|work| {
            let what = (actor.company(), department);
            let (company, found) = work.authorised(actor, Permission::SetUpCompany, what)?;
            found.iter().try_for_each(|found| found.must_be_of(company.id))?;
            let (head, old) = current(work, company.id, department)?;
            let new = change(&company, old.clone())?;
            let edition = head.as_ref().map_or(0, |head| head.edition);
            if new == old {
                return Ok(Questionnaire::of(department, edition, old));
            }
            publish(work, actor, (head, place(company.id, department)), &new)?;
            Ok(Questionnaire::of(department, edition + 1, new))
        })
    }
}

/// Notes the next edition of a place.
fn publish(
    work: &mut Work<'_>,
    actor: Actor,
    (head, place): (Option<QuestionPlace>, Id<()>),
    questions: &QuestionList,
) -> Result<()> {
    let (company, number) = (actor.company(), head.as_ref().map_or(0, |head| head.edition) + 1);
    let (current, created, questions) = (work.new_id()?, work.now(), questions.clone());
    work.insert(&QuestionEdition { id: current, company, place, number, questions, created });
    let new = QuestionPlace {
        id: head.as_ref().map_or_else(|| work.new_id(), |head| Ok(head.id))?,
        company,
        place,
        edition: number,
        current,
    };
    match head {
        Some(_) => work.put(&new),
        None => work.insert(&new),
    }
    work.changed(company, actor, EventKind::QuestionsChanged, &new)
}

/// The company, to who may see the questions of a department of it, or of the company as a whole. A department that the
/// actor does not work in is not there (invariant 37). Errors: `role_too_low`, `not_found`.
fn visible(work: &mut Work<'_>, actor: Actor, department: Option<Id<Department>>) -> Result<Company> {
    let what = (actor.company(), department);
    let (company, found) = work.authorised(actor, Permission::ReadCustomers, what)?;
    found.iter().try_for_each(|found| found.must_be_of(company.id))?;
    match department {
        Some(_) if !work.scope(actor)?.includes(department) => Department::missing(),
        _ => Ok(company),
    }
}

/// The questions of a place that count now, none where there never were any.
fn current(
    work: &mut Work<'_>,
    company: Id<Company>,
    department: Option<Id<Department>>,
) -> Result<(Option<QuestionPlace>, QuestionList)> {
    let head = work.get(QuestionPlace::of(company, department))?;
    let edition = work.need(head.as_ref().map(|head| head.current))?;
    Ok((head, edition.map(|edition| edition.questions).unwrap_or_default()))
}

impl Company {
    /// What a reader of `language` is shown, and the company's own where there is none of it.
    pub(crate) fn languages<'a>(&'a self, language: Option<&'a str>) -> Vec<&'a str> {
        language.into_iter().chain([self.locale.as_str()]).collect()
    }
}

impl Questionnaire {
    fn of(department: Option<Id<Department>>, edition: i64, questions: QuestionList) -> Self {
        Questionnaire { department, edition, questions: questions.into() }
    }
}
