//! Pages of lists: an object of the package's `Page`, which asks for the next one itself.

use std::sync::Arc;

use handfast_contract::{
    Failure, Paging,
    python::{Pages, take},
};
use pyo3::{prelude::*, sync::PyOnceLock};

use crate::call::ended;

type List<P> = dyn Fn(Paging) -> Result<P, Failure> + Send + Sync;
type Follow = dyn Fn(Python<'_>, String) -> PyResult<Py<PyAny>> + Send + Sync;

/// Lists a page that knows how to list the ones after it.
pub(crate) fn first<P: Pages + Send + 'static>(
    py: Python<'_>,
    paging: Paging,
    list: impl Fn(Paging) -> Result<P, Failure> + Send + Sync + 'static,
) -> PyResult<Py<PyAny>> {
    page(py, paging, Arc::new(list)).map(Bound::unbind)
}

fn page<P: Pages + Send + 'static>(py: Python<'_>, paging: Paging, list: Arc<List<P>>) -> PyResult<Bound<'_, PyAny>> {
    static PAGE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = PAGE.get_or_try_init(py, || PyResult::Ok(py.import("handfast._page")?.getattr("Page")?.unbind()))?;
    let limit = paging.limit;
    let (items, next) = ended(py, py.detach(|| list(paging)))?.parts(py)?;
    if next.is_none() {
        return class.bind(py).call1((items,));
    }
    let following = Following(Box::new(move |py, cursor| {
        page(py, Paging { cursor: Some(cursor), limit }, list.clone()).map(Bound::unbind)
    }));
    class.bind(py).call1((items, next, following))
}

/// What a page asks for the one after it.
#[pyclass(frozen, module = "handfast._native")]
struct Following(Box<Follow>);

#[pymethods]
impl Following {
    fn __call__(&self, py: Python<'_>, #[pyo3(from_py_with = take)] cursor: String) -> PyResult<Py<PyAny>> {
        (self.0)(py, cursor)
    }
}
