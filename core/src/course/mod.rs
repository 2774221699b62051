//! stub
mod cache;
mod certificate_number;
mod certificates;
mod certify;
mod definition;
mod fields;
mod fields_of;
mod judge;
mod key;
mod move_on;
mod ops;
mod pages;
mod publish;
mod rebuild;
mod record;
mod signals;
mod stub;
mod tandem;
mod texts;

pub use certificate_number::CertificateNumber;
pub use certificates::{CertificateView, VerifiedCertificate};
pub use definition::*;
pub use fields::*;
pub use key::*;
pub use ops::Courses;
pub use pages::{CanCertify, CoursePage, Directive, ItemView, MissingTask, SectionView, TandemView, TaskState};
pub use publish::PublishedCourse;
pub use rebuild::Rebuilt;
pub use record::{Account, Certificate, Completed, CourseVersion, Done, Progress, Published, Signal, TaskKeys};
pub use signals::{SignalInput, SignalRow, Signalled};
pub use stub::*;
pub use tandem::TaskCount;
pub use texts::*;

pub(crate) use cache::CourseCache;
pub(crate) use judge::{begin, note};
pub(crate) use tandem::{counts, part};
