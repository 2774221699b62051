use pyo3::{prelude::*, sync::PyOnceLock, types::PyList};

use super::Cross;
use crate::{failure::Failure, scalar::Duration};

/// The exception of a failure: the package's own class for its category.
pub fn refused(py: Python<'_>, failure: Failure) -> PyErr {
    exception(py, failure).map_or_else(|error| error, PyErr::from_value)
}

fn exception(py: Python<'_>, failure: Failure) -> PyResult<Bound<'_, PyAny>> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make =
        MAKE.get_or_try_init(py, || PyResult::Ok(py.import("handfast._errors")?.getattr("refused")?.unbind()))?;
    let faults = PyList::empty(py);
    for fault in failure.faults {
        faults.append((fault.field, fault.code, fault.message))?;
    }
    let retry_after = failure.retry_after.map(Duration).give(py)?;
    make.bind(py).call1((failure.code.as_str(), failure.retryable, failure.message, faults, retry_after))
}
