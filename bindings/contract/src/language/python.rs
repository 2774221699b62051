//! Python: texts cross as `str`, choices as members of an `enum.StrEnum` of the package, records as frozen classes.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyList, PyTuple},
};

/// For a type that is a text outside.
macro_rules! text {
    ($Name:ident) => {
        impl<'py> pyo3::IntoPyObject<'py> for $Name {
            type Target = pyo3::types::PyString;
            type Output = pyo3::Bound<'py, Self::Target>;
            type Error = std::convert::Infallible;
            fn into_pyobject(self, py: pyo3::Python<'py>) -> Result<Self::Output, Self::Error> {
                Ok(pyo3::types::PyString::new(py, &String::from(self)))
            }
        }

        impl<'a, 'py> pyo3::FromPyObject<'a, 'py> for $Name {
            type Error = pyo3::PyErr;
            fn extract(value: pyo3::Borrowed<'a, 'py, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                Ok(String::extract(value)?.into())
            }
        }
    };
}

/// For an enum of choices: the members of the class of the same name in `handfast`.
macro_rules! choice {
    ($Name:ident) => {
        impl<'py> pyo3::IntoPyObject<'py> for $Name {
            type Target = pyo3::PyAny;
            type Output = pyo3::Bound<'py, pyo3::PyAny>;
            type Error = pyo3::PyErr;
            fn into_pyobject(self, py: pyo3::Python<'py>) -> pyo3::PyResult<Self::Output> {
                static MEMBERS: $crate::language::python::Members = $crate::language::python::Members::new();
                MEMBERS.member(py, stringify!($Name), self as usize)
            }
        }

        impl<'a, 'py> pyo3::FromPyObject<'a, 'py> for $Name {
            type Error = pyo3::PyErr;
            fn extract(value: pyo3::Borrowed<'a, 'py, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                let text = value.extract::<std::borrow::Cow<'_, str>>()?;
                let known = $Name::ALL.iter().find(|choice| choice.as_str() == text);
                known.copied().ok_or_else(|| {
                    $crate::language::python::refused(value.py(), &$crate::Failure::unknown_choice(&$Name::TYPE))
                })
            }
        }
    };
}

/// For a record: its constructor, and what a person and `pickle` ask of it.
macro_rules! record {
    ($Name:ident [$($field:ident: $T:ty),*] [$($may:ident: $May:ty),*]) => {
        #[pyo3::pymethods]
        impl $Name {
            #[new]
            #[pyo3(signature = (*, $($field,)* $($may = None,)*))]
            #[allow(clippy::too_many_arguments, reason = "all are named in Python")]
            fn python_new($($field: $T,)* $($may: Option<$May>,)*) -> Self {
                $Name { $($field,)* $($may,)* }
            }

            #[classattr]
            fn __match_args__(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, [$(stringify!($field),)* $(stringify!($may),)*])
            }

            fn __repr__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                $crate::language::python::repr(slf.as_any(), &$Name::TYPE)
            }

            /// The same as plain data: dictionaries, lists and the values of the fields.
            fn to_dict<'py>(slf: &pyo3::Bound<'py, Self>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyDict>> {
                $crate::language::python::to_dict(slf.as_any(), &$Name::TYPE)
            }

            fn __getnewargs_ex__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                $crate::language::python::constructor_arguments(slf.as_any(), &$Name::TYPE)
            }
        }
    };
}

use crate::shape::{RecordType, Shape};
pub(crate) use {choice, record, text};

/// The members of one of the package's enums, looked up once.
pub(crate) struct Members(PyOnceLock<Vec<Py<PyAny>>>);

impl Members {
    pub(crate) const fn new() -> Self {
        Members(PyOnceLock::new())
    }

    pub(crate) fn member<'py>(&self, py: Python<'py>, class: &str, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let members = self.0.get_or_try_init(py, || {
            let class = py.import("handfast._choices")?.getattr(class)?;
            class.try_iter()?.map(|member| Ok(member?.unbind())).collect::<PyResult<Vec<_>>>()
        })?;
        let missing = || pyo3::exceptions::PyRuntimeError::new_err("the package's enums are not those of this library");
        members.get(at).map(|member| member.bind(py).clone()).ok_or_else(missing)
    }
}

/// The exception of a failure: the package's own class for its category.
pub fn refused(py: Python<'_>, failure: &crate::Failure) -> PyErr {
    let made = || -> PyResult<Bound<'_, PyAny>> {
        let faults = PyList::empty(py);
        for fault in &failure.faults {
            faults.append((&fault.field, &fault.code, &fault.message))?;
        }
        let make = py.import("handfast._errors")?.getattr("_made")?;
        let (code, category) = (failure.code.as_str(), failure.category.as_str());
        make.call1((code, category, failure.retryable, &failure.message, faults, failure.retry_after_seconds()))
    };
    match made() {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

fn fields<'a, 'py>(
    record: &'a Bound<'py, PyAny>,
    ty: &'static RecordType,
) -> impl Iterator<Item = PyResult<(&'static crate::shape::Field, Bound<'py, PyAny>)>> + 'a {
    ty.fields.iter().map(|field| Ok((field, record.getattr(field.name)?)))
}

/// `Customer(id='…', state=<CustomerState.ACTIVE: 'active'>, ...)`, without secrets.
pub(crate) fn repr(record: &Bound<'_, PyAny>, ty: &'static RecordType) -> PyResult<String> {
    let shown = fields(record, ty).map(|field| {
        let (field, value) = field?;
        match field.shape {
            Shape::Secret => Ok(format!("{}='…'", field.name)),
            _ => Ok(format!("{}={}", field.name, value.repr()?)),
        }
    });
    Ok(format!("{}({})", ty.name, shown.collect::<PyResult<Vec<_>>>()?.join(", ")))
}

/// A record as plain data, all the way down.
pub(crate) fn to_dict<'py>(record: &Bound<'py, PyAny>, ty: &'static RecordType) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(record.py());
    for field in fields(record, ty) {
        let (field, value) = field?;
        dict.set_item(field.name, plain(value)?)?;
    }
    Ok(dict)
}

fn plain(value: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    if let Ok(list) = value.cast::<PyList>() {
        let items = list.iter().map(plain).collect::<PyResult<Vec<_>>>()?;
        return PyList::new(value.py(), items).map(Bound::into_any);
    }
    match value.getattr_opt("to_dict")? {
        Some(to_dict) => to_dict.call0(),
        None => Ok(value),
    }
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
