//! Clocks: one that a test sets, and one that the host writes.

use handfast_contract::{
    Duration, Timestamp,
    python::{Cross, take},
};
use pyo3::prelude::*;

use crate::call::cut_short;

/// A clock that stands still until it is set: for tests.
#[pyclass(frozen, module = "handfast")]
#[derive(Clone)]
pub(crate) struct ManualClock(handfast_contract::ManualClock);

#[pymethods]
impl ManualClock {
    #[new]
    fn new(#[pyo3(from_py_with = take)] at: Timestamp) -> Self {
        ManualClock(handfast_contract::ManualClock::new(at))
    }

    /// What it shows.
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.now().give(py)
    }

    /// Sets it. A handle does not believe a clock that goes back.
    fn set(&self, #[pyo3(from_py_with = take)] at: Timestamp) {
        self.0.set(at);
    }

    /// Lets time pass.
    fn advance(&self, #[pyo3(from_py_with = take)] by: Duration) {
        self.0.advance(by);
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("ManualClock({})", self.now(py)?.repr()?))
    }
}

/// What tells the time.
pub(crate) enum Clock {
    Manual(ManualClock),
    Callable(Py<PyAny>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Clock {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(clock) = value.cast::<ManualClock>() {
            return Ok(Clock::Manual(clock.get().clone()));
        }
        match value.is_callable() {
            true => Ok(Clock::Callable(value.to_owned().unbind())),
            false => Err(pyo3::exceptions::PyTypeError::new_err("must be a ManualClock or callable")),
        }
    }
}

impl handfast::Clock for Clock {
    fn now(&self) -> handfast::Timestamp {
        let clock = match self {
            Clock::Manual(clock) => return handfast::Clock::now(&clock.0),
            Clock::Callable(clock) => clock,
        };
        let told = Python::attach(|py| Timestamp::take(&clock.bind(py).call0()?));
        // without the time nothing can be decided
        handfast::Timestamp::from_millis(told.unwrap_or_else(|raised| cut_short(raised)).0)
    }
}
