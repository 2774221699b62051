use pyo3::{prelude::*, types::PyType};

use super::{Cross, take};
use crate::types::{Actor, CompanyId, IdentityId, LoginId, SessionId};

/// Who acts for a company. What the actor may do is read in the very change that it authorises, so an actor is a name
/// and not a permission.
#[pyclass(name = "Actor", frozen, eq, module = "handfast")]
#[derive(Clone, PartialEq)]
pub(super) struct PythonActor(Actor);

#[pymethods]
impl PythonActor {
    /// A member of the company's staff, whom the host has signed in and vouches for.
    #[staticmethod]
    fn staff(
        #[pyo3(from_py_with = take)] login: LoginId,
        #[pyo3(from_py_with = take)] company: CompanyId,
    ) -> PythonActor {
        PythonActor(Actor::Staff { login, company })
    }

    /// A member of the company's staff by a session's identity, as `sessions.resolve` gave it. The ids are no authority:
    /// session, identity, login and role are read again in every change.
    #[staticmethod]
    fn session(
        #[pyo3(from_py_with = take)] session: SessionId,
        #[pyo3(from_py_with = take)] identity: IdentityId,
        #[pyo3(from_py_with = take)] login: LoginId,
        #[pyo3(from_py_with = take)] company: CompanyId,
    ) -> PythonActor {
        PythonActor(Actor::Session { session, identity, login, company })
    }

    /// The host itself: its operators and its own jobs. May do everything.
    #[staticmethod]
    fn host(#[pyo3(from_py_with = take)] company: CompanyId) -> PythonActor {
        PythonActor(Actor::Host { company })
    }

    /// The person; none when it is the host.
    #[getter]
    fn login<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match &self.0 {
            Actor::Staff { login, .. } | Actor::Session { login, .. } => login.clone().give(py),
            Actor::Host { .. } => Ok(py.None().into_bound(py)),
        }
    }

    /// The company.
    #[getter]
    fn company<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (Actor::Staff { company, .. } | Actor::Session { company, .. } | Actor::Host { company }) = &self.0;
        company.clone().give(py)
    }

    fn __repr__(&self) -> String {
        match &self.0 {
            Actor::Staff { login, company } => format!("Actor.staff('{login}', '{company}')"),
            Actor::Session { session, identity, login, company } => {
                format!("Actor.session('{session}', '{identity}', '{login}', '{company}')")
            }
            Actor::Host { company } => format!("Actor.host('{company}')"),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.__repr__().into_pyobject(py)?.hash()
    }

    /// `Actor.staff(..)` or one of the others, said in the way that `pickle` can write down.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyType>,))> {
        let call = py.import("operator")?.getattr("methodcaller")?;
        let call = match &self.0 {
            Actor::Staff { .. } => call.call1(("staff", self.login(py)?, self.company(py)?))?,
            Actor::Session { session, identity, login, company } => {
                let (session, identity) = (session.clone().give(py)?, identity.clone().give(py)?);
                call.call1(("session", session, identity, login.clone().give(py)?, company.clone().give(py)?))?
            }
            Actor::Host { .. } => call.call1(("host", self.company(py)?))?,
        };
        Ok((call, (PyType::new::<PythonActor>(py),)))
    }
}

impl Cross for Actor {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, PythonActor(self))?.into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(value.cast::<PythonActor>()?.get().0.clone())
    }
}
