//! One call from Python: without the interpreter's lock, and with what its callbacks raised.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use handfast_contract::{
    Failure,
    python::{Cross, refused},
};
use pyo3::prelude::*;

thread_local! {
    /// What a callback of the call under way on this thread raised, if it is not the library's to answer.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// Calls the library, so that other threads of Python go on meanwhile, and gives what comes of it.
pub(crate) fn call<T: Cross + Send>(
    py: Python<'_>,
    ask: impl FnOnce() -> Result<T, Failure> + Send,
) -> PyResult<Py<PyAny>> {
    ended(py, py.detach(ask))?.give(py).map(Bound::unbind)
}

/// The same for what panics are not caught in yet.
pub(crate) fn guarded<T: Send>(py: Python<'_>, ask: impl FnOnce() -> Result<T, Failure> + Send) -> PyResult<T> {
    let ask = || catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|payload| Err(Failure::panicked(&*payload)));
    ended(py, py.detach(ask))
}

/// What the callbacks raised comes before what the library says.
pub(crate) fn ended<T>(py: Python<'_>, result: Result<T, Failure>) -> PyResult<T> {
    match RAISED.take() {
        Some(raised) => Err(raised),
        None => result.map_err(|failure| refused(py, failure)),
    }
}

/// Keeps an exception for the end of the call.
pub(crate) fn keep(raised: PyErr) {
    RAISED.with_borrow_mut(|first| {
        first.get_or_insert(raised);
    });
}

/// Ends the call at once with an exception; what is not committed yet never is.
pub(crate) fn cut_short(raised: PyErr) -> ! {
    keep(raised);
    // quietly, for it is no panic of the library's; the handle takes it for one
    resume_unwind(Box::new("a callback raised an exception"))
}
