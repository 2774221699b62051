//! What every language has: texts, numbers, lists.

use handfast::{Code, Error};
use pyo3::{
    IntoPyObjectExt,
    exceptions::{PyOverflowError, PyTypeError},
    prelude::*,
    types::{PyBool, PyDict, PyString, PyTuple},
};

use super::{Cross, refused};

/// A value of another type than wanted.
pub(super) fn wrong_type(wanted: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let found = value.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("must be {wanted}, not {found}"))
}

/// For a type that is a text outside.
macro_rules! text {
    ($Name:ident) => {
        impl $crate::language::python::Cross for $Name {
            fn give(self, py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::PyAny>> {
                $crate::language::python::Cross::give(String::from(self), py)
            }

            fn take(value: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                <String as $crate::language::python::Cross>::take(value).map(Self::from)
            }
        }
    };
}

pub(crate) use text;

impl Cross for () {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(py.None().into_bound(py))
    }

    fn take(_: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(())
    }
}

impl<T: Cross> Cross for Option<T> {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.map_or_else(|| ().give(py), |value| value.give(py))
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_none() { Ok(None) } else { T::take(value).map(Some) }
    }
}

impl<T: Cross> Cross for Vec<T> {
    /// A tuple: what holds it is frozen.
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let items = self.into_iter().map(|item| item.give(py)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, items).map(Bound::into_any)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyString>() || value.is_instance_of::<PyDict>() {
            return Err(wrong_type("a sequence", value));
        }
        value.try_iter()?.map(|item| T::take(&item?)).collect()
    }
}

impl Cross for String {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>().map_err(|_| wrong_type("a str", value))?;
        // half of a surrogate pair is no character: JSON can bring one
        text.extract().map_err(|_: PyErr| refused(value.py(), Error::new(Code::ForbiddenCharacter).into()))
    }
}

impl Cross for bool {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.cast::<PyBool>().map(|flag| flag.is_true()).map_err(|_| wrong_type("a bool", value))
    }
}

macro_rules! numbers {
    ($($Number:ty),+) => {$(
        impl Cross for $Number {
            fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                self.into_bound_py_any(py)
            }

            fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                let number: PyResult<Self> = value.extract();
                number.map_err(|error| match error.is_instance_of::<PyOverflowError>(value.py()) {
                    true => {
                        let bounds = format!("must lie between {} and {}", <$Number>::MIN, <$Number>::MAX);
                        refused(value.py(), Error::because(Code::OutOfRange, bounds).into())
                    }
                    false => wrong_type("an int", value),
                })
            }
        }
    )+};
}
numbers!(u32, i64);
