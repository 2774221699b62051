use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{CertificateNumber, Course, CourseKey, Fields, Side, SignalName, Tallies};
use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    partner::Partner,
    record,
    store::{choice_columns, json_field},
    value::Name,
};

choice_columns!(Side);

/// An account that completes tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A partner account.
    Partner(Id<Partner>),
    /// A commerce account.
    Commerce(Id<Company>),
}

impl Account {
    /// Whose tasks it completes.
    pub const fn side(self) -> Side {
        match self {
            Account::Partner(_) => Side::Partner,
            Account::Commerce(_) => Side::Commerce,
        }
    }

    /// The id of either.
    pub fn id(self) -> Id<()> {
        match self {
            Account::Partner(partner) => partner.cast(),
            Account::Commerce(company) => company.cast(),
        }
    }
}

/// When a task was completed, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// When.
    pub at: Timestamp,
    /// The signal that completed it; of what an account completed by moving on to a newer version, that moment.
    pub by: Id<Signal>,
    /// The commerce account that did it, of a commerce task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Id<Company>>,
}

/// The tasks that an account has completed. None is ever taken out (invariant 25).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Done(pub BTreeMap<CourseKey, Completed>);

/// Names of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskKeys(pub BTreeSet<CourseKey>);

json_field!(Done, TaskKeys);

/// The one place that a course is published at.
pub(super) const PLACE: &str = "certification";

record! {
    /// Which version of the course counts now. An installation has one course.
    #[derive(Serialize)]
    pub struct Published in "course" {
        /// The id.
        id: Id<Published>,
        /// What it is for; one course a place.
        place: String,
        /// The course's key.
        key: CourseKey,
        /// The version that counts.
        edition: i64,
        /// The same as a record.
        current: Id<CourseVersion>,
        /// When it was published.
        published: Timestamp,
        /// When the first version was: what happened from then on was reported as it happened.
        begun: Timestamp,
    }
    unique by_place(place: &str);
}

record! {
    /// One version of the course, as it was published; it never changes.
    pub struct CourseVersion in "course_version" {
        /// The id.
        id: Id<CourseVersion>,
        /// Its number.
        number: i64,
        /// The number of the version before; 0 for the first.
        previous: i64,
        /// What it says.
        course: Course,
        /// SHA-256 of what it says, in hexadecimal.
        digest: String,
        /// When it was published.
        published: Timestamp,
    }
    unique by_number(number: i64);
}

record! {
    /// How far an account has come in the course.
    #[derive(Serialize)]
    pub struct Progress in "progress" {
        /// The id.
        id: Id<Progress>,
        /// The account.
        account: Id<()>,
        /// Which kind of account.
        side: Side,
        /// The version of the course that it was judged by last; 0 for none.
        edition: i64,
        /// What it has completed.
        done: Done,
        /// What has been counted for tasks that ask for several.
        tallies: Tallies,
        /// The account that it works in tandem with: of a partner the commerce account whose tasks count, of a commerce
        /// account the partner they count for.
        tandem: Option<Id<()>>,
        /// Signals that came while it had not moved on to the present version. Each changes this row, so that moving on
        /// misses none.
        waiting: i64,
    }
    unique by_account(account: Id<()>);
}

record! {
    /// A fact about an account, as it was reported: by the host, or by the library of what happens in it.
    #[derive(Serialize)]
    pub struct Signal in "signal" {
        /// The id; ids sort by time.
        id: Id<Signal>,
        /// The account.
        account: Id<()>,
        /// Which kind of account.
        side: Side,
        /// What happened.
        name: SignalName,
        /// The details.
        fields: Fields,
        /// When it happened.
        occurred: Timestamp,
        /// When it was reported.
        received: Timestamp,
        /// The version of the course that counted then; 0 when there was none.
        edition: i64,
        /// The idempotency key, of a signal of the host's.
        key: Option<String>,
        /// The tasks that it completed.
        completed: TaskKeys,
    }
    unique by_key(account: Id<()>, key: &str);
    index of_account(account: Id<()>) by ();
}

record! {
    /// What a certified partner can show. One a partner, for good (invariant 26).
    #[derive(Serialize)]
    pub struct Certificate in "certificate" {
        /// The id.
        id: Id<Certificate>,
        /// What it is verified by.
        number: CertificateNumber,
        /// The partner.
        partner: Id<Partner>,
        /// The partner's name on that day.
        name: Name,
        /// The version of the course.
        edition: i64,
        /// When it was issued.
        issued: Timestamp,
        /// SHA-256 of what was completed, when and by what, in hexadecimal.
        digest: String,
    }
    unique by_number(number: &CertificateNumber);
    unique by_partner(partner: Id<Partner>);
}

impl Progress {
    /// The commerce account whose tasks count for this partner.
    pub(super) fn client(&self) -> Option<Id<Company>> {
        self.tandem.filter(|_| self.side == Side::Partner).map(Id::cast)
    }

    /// The partner for whom this commerce account's tasks count.
    pub(super) fn partner(&self) -> Option<Id<Partner>> {
        self.tandem.filter(|_| self.side == Side::Commerce).map(Id::cast)
    }

    pub(super) fn account(&self) -> Account {
        match self.side {
            Side::Partner => Account::Partner(self.account.cast()),
            Side::Commerce => Account::Commerce(self.account.cast()),
        }
    }
}

/// What to answer where no course is published. Errors: `not_found`, always.
pub(super) fn no_course<T>() -> Result<T> {
    Err(Error::because(Code::NotFound, "no course is published here"))
}
