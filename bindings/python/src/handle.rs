//! The open library as Python holds it.

use std::sync::Arc;

use handfast_contract::{BrandInput, Handle, Hashing, PolicyInput, Secret, Settings, python::take};
use pyo3::prelude::*;

use crate::{
    call::{call, guarded},
    clock::Clock,
    logger::PythonLogger,
};

/// The library, open on a store. `with` closes it.
#[pyclass(frozen, module = "handfast")]
pub(crate) struct Handfast {
    pub(crate) handle: Arc<Handle>,
}

#[pymethods]
impl Handfast {
    /// Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing.
    fn close(&self, py: Python<'_>) {
        py.detach(|| self.handle.close());
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, py: Python<'_>, _exception: &Bound<'_, PyAny>) {
        self.close(py);
    }

    /// Panics inside, for a test that wants to see what comes of it: `internal`.
    fn _provoke_panic(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        call(py, || self.handle.provoke_panic())
    }
}

/// Opens the library: what `handfast.open` calls.
#[pyfunction]
#[pyo3(signature = (url, *, root_key, retired_root_keys, brand, policy, hashing, clock, logger))]
#[allow(clippy::too_many_arguments, reason = "all are named in Python")]
pub(crate) fn open(
    py: Python<'_>,
    #[pyo3(from_py_with = take)] url: String,
    #[pyo3(from_py_with = take)] root_key: Option<Secret>,
    #[pyo3(from_py_with = take)] retired_root_keys: Option<Vec<Secret>>,
    #[pyo3(from_py_with = take)] brand: Option<BrandInput>,
    #[pyo3(from_py_with = take)] policy: Option<PolicyInput>,
    #[pyo3(from_py_with = take)] hashing: Option<Hashing>,
    clock: Option<Clock>,
    logger: Option<Py<PyAny>>,
) -> PyResult<Handfast> {
    let settings = Settings { root_key, retired_root_keys, brand, policy, hashing };
    let logger = logger.map(|logger| Arc::new(PythonLogger(logger)) as _);
    let handle = guarded(py, || Handle::open_with(&url, settings, clock, logger))?;
    Ok(Handfast { handle: Arc::new(handle) })
}
