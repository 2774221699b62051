use pyo3::{exceptions::PyRuntimeError, prelude::*, sync::PyOnceLock};

/// For an enum of choices: the members of the class of the same name in `handfast`.
macro_rules! choice {
    ($Name:ident) => {
        impl $crate::language::python::Cross for $Name {
            fn give(self, py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::PyAny>> {
                static MEMBERS: $crate::language::python::Members = $crate::language::python::Members::new();
                MEMBERS.member(py, stringify!($Name), self as usize)
            }

            fn take(value: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                let text = <String as $crate::language::python::Cross>::take(value)?;
                let known = $Name::ALL.iter().find(|choice| choice.as_str() == text);
                known.copied().ok_or_else(|| {
                    $crate::language::python::refused(value.py(), $crate::Failure::unknown_choice(&$Name::TYPE))
                })
            }
        }
    };
}

pub(crate) use choice;

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
        let missing = || PyRuntimeError::new_err("the package's enums are not those of this library");
        members.get(at).map(|member| member.bind(py).clone()).ok_or_else(missing)
    }
}
