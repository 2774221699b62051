use handfast::course as core;

use super::CompanyId;
use crate::{
    scalar::Timestamp,
    shape::{choice, record},
};

choice! {
    /// How a course is written.
    pub enum CourseFormat of core::CourseFormat {
        /// TOML 1.0.
        Toml,
        /// JSON (RFC 8259).
        Json,
    }
}

choice! {
    /// The account in which a task is done.
    pub enum Side of core::Side {
        /// The certified partner's own.
        Partner,
        /// The commerce account that works in tandem with it.
        Commerce,
    }
}

choice! {
    /// Whether a course can be finished without a task.
    pub enum TaskNeed of core::TaskNeed {
        /// It cannot.
        Required,
        /// It can.
        Optional,
    }
}

choice! {
    /// How a task stands, as its tag says.
    pub enum TaskState of core::TaskState {
        /// There is something to do.
        Task,
        /// It is done.
        Completed,
    }
}

record! {
    /// The course that is published.
    pub struct PublishedCourse from core::PublishedCourse {
        /// The course's key.
        key: String,
        /// The version that counts.
        version: i64,
        /// SHA-256 of what it says, in hexadecimal.
        digest: String,
        /// When it was published.
        published: Timestamp,
        /// Tasks of partners.
        partner_tasks: u32,
        /// Tasks of commerce accounts.
        commerce_tasks: u32,
    }
}

record! {
    /// How many tasks there are, and how many are completed.
    pub struct TaskCount from core::TaskCount {
        /// Completed.
        completed: u32,
        /// All.
        total: u32,
    }
}

record! {
    /// A course as one account sees it: the partner's e-Course page, or the commerce account's Onboarding page.
    pub struct CoursePage from core::CoursePage {
        /// The course's title.
        title: String,
        /// The version of the course.
        version: i64,
        /// The sections, in order.
        sections: Vec<SectionView>,
        /// How many of the tasks on this page are completed.
        tasks: TaskCount,
        /// The client that the partner completes the course in tandem with; none on an onboarding page.
        tandem: Option<TandemView>,
    }
}

record! {
    /// The client that a partner completes the course with.
    pub struct TandemView from core::TandemView {
        /// The commerce account.
        company: CompanyId,
        /// How it is called.
        name: String,
    }
}

record! {
    /// One section of a page.
    pub struct SectionView from core::SectionView {
        /// What names it in the course.
        key: String,
        /// Its title.
        title: String,
        /// Its items, in order.
        items: Vec<ItemView>,
        /// What stands in the square at the bottom: what is to be done for each task of the section.
        directives: Vec<Directive>,
    }
}

record! {
    /// One item of a section.
    pub struct ItemView from core::ItemView {
        /// What names it, and its task, in the course.
        key: String,
        /// Its title.
        title: String,
        /// What is to be read.
        text: Option<String>,
        /// The tag; none where there is nothing to do.
        state: Option<TaskState>,
        /// Whose task it is.
        side: Option<Side>,
        /// Whether the certification waits for it.
        need: Option<TaskNeed>,
        /// When it was completed.
        completed: Option<Timestamp>,
    }
}

record! {
    /// One line of the square at the bottom of a section.
    pub struct Directive from core::Directive {
        /// The task.
        task: String,
        /// What is to be done.
        text: String,
        /// Whether it is.
        state: TaskState,
    }
}

record! {
    /// Whether a partner is, or can be, certified, and what is missing if not.
    pub struct CanCertify from core::CanCertify {
        /// Whether every required task is completed; certified is who was that once.
        yes: bool,
        /// The required tasks that are not, in the order of the course.
        missing: Vec<MissingTask>,
    }
}

record! {
    /// A required task that is not completed.
    pub struct MissingTask from core::MissingTask {
        /// The task.
        task: String,
        /// Whose it is.
        side: Side,
    }
}

record! {
    /// A certificate as its partner sees it.
    pub struct CertificateView from core::CertificateView {
        /// What it is verified by.
        number: String,
        /// Where anyone can verify it: on the host's base address.
        url: String,
        /// The partner's name on that day.
        name: String,
        /// The course's title.
        course: String,
        /// The version of the course.
        version: i64,
        /// When it was issued.
        issued: Timestamp,
        /// SHA-256 of what was completed, when and by what, in hexadecimal.
        digest: String,
    }
}

record! {
    /// What anyone learns of a certificate who has its number.
    pub struct VerifiedCertificate from core::VerifiedCertificate {
        /// Its number.
        number: String,
        /// Who was certified.
        name: String,
        /// In what.
        course: String,
        /// When.
        issued: Timestamp,
    }
}
