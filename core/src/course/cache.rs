//! The versions of the course that this process has read.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Course, CourseVersion};
use crate::id::Id;

/// Versions that are kept: the present one, and a few that are on their way in and out.
const KEPT: usize = 4;

/// Versions of the course, so that not every fact reads and parses one. A version never changes, so none here is stale;
/// which of them counts is read in each decision.
#[derive(Debug, Default)]
pub(crate) struct CourseCache(RwLock<Vec<(Id<CourseVersion>, Arc<Course>)>>);

impl CourseCache {
    pub(super) fn get(&self, version: Id<CourseVersion>) -> Option<Arc<Course>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(id, _)| *id == version).map(|(_, course)| Arc::clone(course))
    }

    pub(super) fn keep(&self, version: Id<CourseVersion>, course: Course) -> Arc<Course> {
        let (mut known, course) = (self.0.write().unwrap_or_else(PoisonError::into_inner), Arc::new(course));
        if !known.iter().any(|(id, _)| *id == version) {
            known.insert(0, (version, Arc::clone(&course)));
            known.truncate(KEPT);
        }
        course
    }
}
