//! The host's logger.

use handfast_contract::{LogRecord, Logger, python::Cross};
use pyo3::{exceptions::PyException, prelude::*, sync::PyOnceLock};

use crate::call::keep;

/// Hands every line to a callable, as the package's `LogRecord`.
pub(crate) struct PythonLogger(pub(crate) Py<PyAny>);

impl Logger for PythonLogger {
    fn log(&self, record: LogRecord) {
        Python::attach(|py| {
            let Err(raised) = self.tell(py, record) else { return };
            // a logger that fails fails no call, but whoever interrupts the program is heard
            match raised.is_instance_of::<PyException>(py) {
                true => raised.write_unraisable(py, Some(self.0.bind(py))),
                false => keep(raised),
            }
        });
    }
}

impl PythonLogger {
    fn tell(&self, py: Python<'_>, record: LogRecord) -> PyResult<()> {
        static RECORD: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let class =
            RECORD.get_or_try_init(py, || PyResult::Ok(py.import("handfast._log")?.getattr("LogRecord")?.unbind()))?;
        let record = class.bind(py).call1((record.level.give(py)?, record.target, record.message))?;
        self.0.bind(py).call1((record,)).map(drop)
    }
}
