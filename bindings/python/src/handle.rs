//! The open library as Python holds it.

use std::sync::Arc;

use handfast_contract::{BrandInput, Handle, Hashing, PolicyInput, Secret, Settings, python::take};
use pyo3::prelude::*;

use crate::{
    call::{call, guarded},
    callback::Listener,
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

    /// Copies all that the library holds to another database: a file, or `postgres://user@host/shop`. It must be empty or
    /// an earlier copy, of which what differs is written, so a copy that was cut short is called again. The library may be
    /// used meanwhile, the other database by nobody.
    ///
    /// With `live`, while others write, nothing is verified. Once they have stopped, call it again without: both databases
    /// are compared in the end, row by row. Open the copy with the same root key: it is in neither database.
    ///
    /// `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read.
    ///
    /// Raises `InvalidError` (`not_a_database`), `ConflictError` (`not_a_copy`, `copy_differs`), `UnavailableError`.
    #[pyo3(signature = (url, *, live = false, progress = None))]
    fn copy_to(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = address)] url: String,
        #[pyo3(from_py_with = take)] live: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let listener = Listener::of(py, progress)?;
        let tell = |done, total| listener.tell(done, total);
        call(py, || self.handle.copy_to(&url, live, &tell))
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

/// The address of a database; a path, which is no text, is that of a file.
fn address(url: &Bound<'_, PyAny>) -> PyResult<String> {
    match url.hasattr("__fspath__")? {
        true => Ok(format!("sqlite:{}", url.call_method0("__fspath__")?.extract::<String>()?)),
        false => take(url),
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
