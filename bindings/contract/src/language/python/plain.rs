//! Records as plain data and back.

use pyo3::{
    prelude::*,
    types::{PyDict, PyInt, PyList, PyString, PyTuple},
};

use super::Cross;
use crate::{scalar::Duration, shape::Shape};

/// A value without records and tuples in it.
pub(super) fn plain(value: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    if let Ok(items) = value.cast::<PyTuple>() {
        let items = items.iter().map(plain).collect::<PyResult<Vec<_>>>()?;
        return PyList::new(value.py(), items).map(Bound::into_any);
    }
    match value.getattr_opt("to_dict")? {
        Some(to_dict) => to_dict.call0(),
        None => Ok(value),
    }
}

/// The value of a shape: texts become times, dictionaries records. What does not fit stays as it is, for the
/// constructor to refuse.
pub(super) fn typed<'py>(value: &Bound<'py, PyAny>, shape: &Shape) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    match shape {
        Shape::Optional(shape) if !value.is_none() => typed(value, shape),
        Shape::List(shape) if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() => {
            let items = value.try_iter()?.map(|item| typed(&item?, shape)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items).map(Bound::into_any)
        }
        Shape::Record(name) if value.is_instance_of::<PyDict>() => {
            py.import("handfast._native")?.getattr(*name)?.call_method1("from_dict", (value,))
        }
        Shape::Actor if value.is_instance_of::<PyDict>() => {
            py.import("handfast._native")?.getattr("Actor")?.call_method1("from_dict", (value,))
        }
        Shape::Timestamp if value.is_instance_of::<PyString>() => {
            py.import("datetime")?.getattr("datetime")?.call_method1("fromisoformat", (value,))
        }
        Shape::Duration if value.is_instance_of::<PyInt>() => Duration(value.extract()?).give(py),
        _ => Ok(value.clone()),
    }
}
