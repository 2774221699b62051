//! handfast for Python: the native half of the package `handfast`.
#![deny(unsafe_code)]

mod call;
mod callback;
mod clock;
mod handle;
mod logger;
mod page;
mod verbs;

use pyo3::prelude::*;

/// The native half of handfast.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    handfast_contract::python::add_types(module)?;
    verbs::add_groups(module)?;
    module.add_class::<handle::Handfast>()?;
    module.add_class::<clock::ManualClock>()?;
    module.add_function(wrap_pyfunction!(handle::open, module)?)
}
