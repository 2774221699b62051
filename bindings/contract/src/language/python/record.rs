use pyo3::{
    prelude::*,
    types::{PyDict, PyTuple, PyType},
};

use super::plain;
use crate::shape::{Field, RecordType, Shape};

/// For a record: its constructor and its fields, and what a person and `pickle` ask of it.
macro_rules! record {
    ($Name:ident [$($($doc:literal)+ | $field:ident: $T:ty),*] [$($($may_doc:literal)+ | $may:ident: $May:ty),*]) => {
        #[allow(clippy::wrong_self_convention, reason = "a getter has the name of its field")]
        #[pyo3::pymethods]
        impl $Name {
            #[new]
            #[pyo3(signature = (*, $($field,)* $($may = None,)*))]
            #[allow(clippy::too_many_arguments, reason = "all are named in Python")]
            fn python_new(
                $(#[pyo3(from_py_with = $crate::language::python::take)] $field: $T,)*
                $(#[pyo3(from_py_with = $crate::language::python::take)] $may: Option<$May>,)*
            ) -> Self {
                $Name { $($field,)* $($may,)* }
            }

            $($(#[doc = $doc])+
            #[getter]
            fn $field<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::language::python::Cross::give(self.$field.clone(), py)
            })*

            $($(#[doc = $may_doc])+
            #[getter]
            fn $may<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::language::python::Cross::give(self.$may.clone(), py)
            })*

            fn __repr__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                $crate::language::python::repr(slf.as_any(), &$Name::TYPE)
            }

            fn __hash__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<isize> {
                $crate::language::python::hash(slf.as_any(), &$Name::TYPE)
            }

            /// The same as plain data: dictionaries, lists and the values of the fields.
            fn to_dict<'py>(slf: &pyo3::Bound<'py, Self>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyDict>> {
                $crate::language::python::to_dict(slf.as_any(), &$Name::TYPE)
            }

            /// The record of plain data: what `to_dict` gives, or the same as it came from JSON, with times in RFC 3339.
            #[classmethod]
            fn from_dict<'py>(
                class: &pyo3::Bound<'py, pyo3::types::PyType>,
                data: &pyo3::Bound<'py, pyo3::types::PyDict>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::language::python::from_dict(class, data, &$Name::TYPE)
            }

            fn __getnewargs_ex__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                $crate::language::python::constructor_arguments(slf.as_any(), &$Name::TYPE)
            }
        }

        impl $crate::language::python::Cross for $Name {
            fn give(self, py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::PyAny>> {
                Ok(pyo3::Bound::new(py, self)?.into_any())
            }

            fn take(value: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                Ok(value.cast::<$Name>()?.get().clone())
            }
        }
    };
}

/// For a page of a list.
macro_rules! page {
    ($Page:ident) => {
        impl $crate::language::python::Pages for $Page {
            fn parts(self, py: pyo3::Python<'_>) -> pyo3::PyResult<(pyo3::Bound<'_, pyo3::PyAny>, Option<String>)> {
                Ok(($crate::language::python::Cross::give(self.items, py)?, self.next))
            }
        }
    };
}

pub(crate) use {page, record};

fn fields<'a, 'py>(
    record: &'a Bound<'py, PyAny>,
    ty: &'static RecordType,
) -> impl Iterator<Item = PyResult<(&'static Field, Bound<'py, PyAny>)>> + 'a {
    ty.fields.iter().map(|field| Ok((field, record.getattr(field.name)?)))
}

/// `Customer(id='…', state=<CustomerState.ACTIVE: 'active'>, ...)`, without secrets.
pub(crate) fn repr(record: &Bound<'_, PyAny>, ty: &'static RecordType) -> PyResult<String> {
    let shown = fields(record, ty).map(|field| {
        let (Field { name, shape, .. }, value) = field?;
        Ok(match shape {
            _ if value.is_none() => format!("{name}=None"),
            Shape::Secret | Shape::Optional(Shape::Secret) => format!("{name}='…'"),
            Shape::List(Shape::Secret) | Shape::Optional(Shape::List(Shape::Secret)) => format!("{name}=(…)"),
            // long, and a picture of a secret is one
            Shape::Bytes | Shape::Optional(Shape::Bytes) => format!("{name}=b'…'"),
            _ => format!("{name}={}", value.repr()?),
        })
    });
    Ok(format!("{}({})", ty.name, shown.collect::<PyResult<Vec<_>>>()?.join(", ")))
}

/// The hash of the fields; a record that holds a dictionary has none, as in all of Python.
pub(crate) fn hash(record: &Bound<'_, PyAny>, ty: &'static RecordType) -> PyResult<isize> {
    let values = fields(record, ty).map(|field| field.map(|(_, value)| value)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(record.py(), values)?.hash()
}

/// A record as plain data, all the way down.
pub(crate) fn to_dict<'py>(record: &Bound<'py, PyAny>, ty: &'static RecordType) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(record.py());
    for field in fields(record, ty) {
        let (field, value) = field?;
        dict.set_item(field.name, plain::plain(value)?)?;
    }
    Ok(dict)
}

/// A record of plain data. What is missing, and what the record has not, the constructor tells.
pub(crate) fn from_dict<'py>(
    class: &Bound<'py, PyType>,
    data: &Bound<'py, PyDict>,
    ty: &'static RecordType,
) -> PyResult<Bound<'py, PyAny>> {
    let named = PyDict::new(class.py());
    for (name, value) in data {
        let field = ty.fields.iter().find(|field| name.eq(field.name).unwrap_or(false));
        let value = field.map_or_else(|| Ok(value.clone()), |field| plain::typed(&value, &field.shape))?;
        named.set_item(name, value)?;
    }
    class.call((), Some(&named))
}

/// What `pickle` and `copy` make the same record from.
pub(crate) fn constructor_arguments<'py>(
    record: &Bound<'py, PyAny>,
    ty: &'static RecordType,
) -> PyResult<Bound<'py, PyTuple>> {
    let named = PyDict::new(record.py());
    for field in fields(record, ty) {
        let (field, value) = field?;
        named.set_item(field.name, value)?;
    }
    (PyTuple::empty(record.py()), named).into_pyobject(record.py())
}
