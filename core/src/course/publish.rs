use serde::Serialize;

use super::{Course, CourseFormat, CourseKey, CourseVersion, Courses, Progress, Published, Side, record::PLACE};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    store::Unique,
};

/// What is published now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedCourse {
    /// The course's key.
    pub key: CourseKey,
    /// The version that counts.
    pub version: i64,
    /// SHA-256 of what it says, in hexadecimal.
    pub digest: String,
    /// When it was published.
    pub published: Timestamp,
    /// Tasks of partners.
    pub partner_tasks: u32,
    /// Tasks of commerce accounts.
    pub commerce_tasks: u32,
}

impl Courses<'_> {
    /// Publishes a course, or a newer version of the one that is published: an installation has one course. What was
    /// completed stays completed, and a certification stays (invariant 26). Who is in the middle moves on at the next
    /// signal or look at a page, keeps what still exists, and gets what the new version asks for and was done before. The
    /// same version again changes nothing. The format stands in docs/courses.md. The host's own verb.
    ///
    /// Errors: `not_a_course` with line and reason, `older_course` (another key, or no newer version).
    pub fn publish(&self, source: &str, format: CourseFormat) -> Result<PublishedCourse> {
        let course = Course::parse(source, format)?;
        let (number, digest) = (i64::from(course.version), course.digest());
        self.0.change(|work| {
            let place: Unique<Published> = Published::by_place(PLACE);
            let (head, same) = work.get((place, CourseVersion::by_number(number)))?;
            if let (Some(head), Some(same)) = (&head, &same)
                && (head.edition, same.digest.as_str()) == (number, digest.as_str())
            {
                return Ok(PublishedCourse::of(&course, same));
            }
            let fits = |head: &Published| head.key == *course.key() && head.edition < number;
            if same.is_some() || head.as_ref().is_some_and(|head| !fits(head)) {
                return Err(Error::new(Code::OlderCourse));
            }
            let version = CourseVersion {
                id: work.new_id()?,
                number,
                previous: head.as_ref().map_or(0, |head| head.edition),
                course: course.clone(),
                digest: digest.clone(),
                published: work.now(),
            };
            work.insert(&version);
            let (current, published) = (version.id, version.published);
            match head {
                Some(head) => work.put(&Published { edition: number, current, published, ..head }),
                None => {
                    let (id, place, key) = (work.new_id()?, PLACE.to_owned(), course.key().clone());
                    work.insert(&Published { id, place, key, edition: number, current, published, begun: published });
                }
            }
            Ok(PublishedCourse::of(&course, &version))
        })
    }

    /// The course that is published. Errors: `not_found` (none is).
    pub fn published(&self) -> Result<PublishedCourse> {
        self.0.view(|work| {
            let Some(head) = work.get(Published::by_place(PLACE))? else { return super::record::no_course() };
            let version = work.need(head.current)?;
            Ok(PublishedCourse::of(&version.course, &version))
        })
    }
}

impl PublishedCourse {
    fn of(course: &Course, version: &CourseVersion) -> Self {
        PublishedCourse {
            key: course.key().clone(),
            version: version.number,
            digest: version.digest.clone(),
            published: version.published,
            partner_tasks: Progress::tasks_of(Side::Partner, course),
            commerce_tasks: Progress::tasks_of(Side::Commerce, course),
        }
    }
}
