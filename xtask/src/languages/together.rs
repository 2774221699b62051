//! Two languages at once, on one SQLite file.

use super::{Language, node, python};
use crate::{generated::path, steps::Steps};

pub(super) const TOGETHER: Language = Language { name: "Python and Node together", missing, test };

fn missing() -> Option<String> {
    python::PYTHON.missing().or_else(|| node::NODE.missing())
}

/// After the tests of both, which build them.
fn test(steps: &mut Steps) -> Result<(), String> {
    steps.program("", path(python::PROGRAM), &["tests/languages/run.py", "target/two-languages", "60"])
}
