use crate::{handfast::Handfast, progress::Listener};

/// The verbs of the course: `handfast.courses()`.
#[derive(Clone, Copy, Debug)]
pub struct Courses<'a>(pub(super) &'a Handfast, pub(super) Listener<'a>);

impl Handfast {
    /// The e-course: publish it, report what happens, look at the pages, be certified.
    pub fn courses(&self) -> Courses<'_> {
        Courses(self, Listener::default())
    }
}
