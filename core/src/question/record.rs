use serde::Serialize;

use super::QuestionList;
use crate::{
    clock::Timestamp,
    company::{Company, Department},
    error::Result,
    id::Id,
    record,
    store::Unique,
    work::Work,
};

record! {
    /// A place that has questions of its own, a company or one of its departments: which edition of them counts now.
    #[derive(Serialize)]
    pub struct QuestionPlace in "question_place" {
        /// The id.
        id: Id<QuestionPlace>,
        /// The company.
        company: Id<Company>,
        /// The company, or the department.
        place: Id<()>,
        /// The number of the edition that counts.
        edition: i64,
        /// The same as a record.
        current: Id<QuestionEdition>,
    }
    unique by_place(company: Id<Company>, place: Id<()>);
}

record! {
    /// The questions of one place as they were from one change to the next. It never changes, so that every answer stays
    /// readable.
    #[derive(Serialize)]
    pub struct QuestionEdition in "question_edition" {
        /// The id.
        id: Id<QuestionEdition>,
        /// The company.
        company: Id<Company>,
        /// The company, or the department.
        place: Id<()>,
        /// Its number, from 1.
        number: i64,
        /// The questions, in order.
        questions: QuestionList,
        /// When it came to be.
        created: Timestamp,
    }
    unique by_number(company: Id<Company>, place: Id<()>, number: i64);
    index of_place(company: Id<Company>, place: Id<()>) by (number);
}

/// The place of a department's questions, or of the company's own.
pub(super) fn place(company: Id<Company>, department: Option<Id<Department>>) -> Id<()> {
    department.map_or(company.cast(), Id::cast)
}

impl QuestionPlace {
    /// The place, if it has questions.
    pub(super) fn of(company: Id<Company>, department: Option<Id<Department>>) -> Unique<Self> {
        QuestionPlace::by_place(company, place(company, department))
    }
}

impl QuestionEdition {
    /// The department whose questions these are; `None` for the company's own.
    pub fn department(&self) -> Option<Id<Department>> {
        Some(self.place.cast()).filter(|_| self.place != self.company.cast())
    }

    /// The editions that count for an order: the company's, then the department's. Two round trips, the second only where
    /// anything is asked. That a place has no questions is read, too: the first one makes the commit decide again.
    pub(crate) fn of_order(
        work: &mut Work<'_>,
        company: Id<Company>,
        department: Option<Id<Department>>,
    ) -> Result<Vec<Self>> {
        let own = department.map(|department| QuestionPlace::of(company, Some(department)));
        let (whole, own) = work.get((QuestionPlace::of(company, None), own))?;
        let current: Vec<_> = [whole, own.flatten()].into_iter().flatten().map(|place| place.current).collect();
        work.need(current)
    }
}
