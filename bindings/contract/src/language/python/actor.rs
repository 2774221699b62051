use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyType},
};

use super::{Cross, refused, take};
use crate::{
    Failure,
    types::{Actor, CompanyId, DelegationId, IdentityId, LoginId, PartnerId, SessionId},
};

/// The name under which plain data tell the kind of an actor.
const KIND: &str = "as";

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

    /// A Certified Partner in a client's account, as `sessions.resolve` gave it: manages everything but passwords,
    /// two-factor, staff, the partner's number and billing. The ids are no authority: that the client still designates the
    /// partner, and all else it rests on, is read again in every change.
    #[staticmethod]
    fn partner(
        #[pyo3(from_py_with = take)] session: SessionId,
        #[pyo3(from_py_with = take)] identity: IdentityId,
        #[pyo3(from_py_with = take)] login: LoginId,
        #[pyo3(from_py_with = take)] partner: PartnerId,
        #[pyo3(from_py_with = take)] delegation: DelegationId,
        #[pyo3(from_py_with = take)] company: CompanyId,
    ) -> PythonActor {
        PythonActor(Actor::Partner { session, identity, login, partner, delegation, company })
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
            Actor::Staff { login, .. } | Actor::Session { login, .. } | Actor::Partner { login, .. } => {
                login.clone().give(py)
            }
            Actor::Host { .. } => Ok(py.None().into_bound(py)),
        }
    }

    /// The company.
    #[getter]
    fn company<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (Actor::Staff { company, .. }
        | Actor::Session { company, .. }
        | Actor::Partner { company, .. }
        | Actor::Host { company }) = &self.0;
        company.clone().give(py)
    }

    fn __repr__(&self) -> String {
        let (kind, ids) = self.parts();
        let ids: Vec<_> = ids.into_iter().map(|(_, id)| format!("'{id}'")).collect();
        format!("Actor.{kind}({})", ids.join(", "))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.__repr__().into_pyobject(py)?.hash()
    }

    /// The same as plain data: what kind of actor it is (`as`), and the ids.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (kind, ids) = self.parts();
        let dict = PyDict::new(py);
        dict.set_item(KIND, kind)?;
        ids.into_iter().try_for_each(|(name, id)| dict.set_item(name, id))?;
        Ok(dict)
    }

    /// The actor of plain data: what `to_dict` gives.
    #[classmethod]
    fn from_dict<'py>(class: &Bound<'py, PyType>, data: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let ids = data.copy()?;
        let kind = data.get_item(KIND)?.ok_or_else(|| PyTypeError::new_err(format!("an actor needs `{KIND}`")))?;
        ids.del_item(KIND)?;
        let kind = String::take(&kind)?;
        match Actor::KINDS.choices.iter().any(|known| (known.text)() == kind) {
            true => class.call_method(&*kind, (), Some(&ids)),
            false => Err(refused(class.py(), Failure::unknown_choice(&Actor::KINDS))),
        }
    }

    /// What `pickle` and `copy` make the same actor from.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        Ok((slf.get_type().getattr("from_dict")?, (slf.get().to_dict(slf.py())?,)))
    }
}

impl PythonActor {
    /// The kind, and the ids by name, as the constructor of that kind takes them.
    fn parts(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match &self.0 {
            Actor::Staff { login, company } => {
                ("staff", vec![("login", login.to_string()), ("company", company.to_string())])
            }
            Actor::Session { session, identity, login, company } => (
                "session",
                vec![
                    ("session", session.to_string()),
                    ("identity", identity.to_string()),
                    ("login", login.to_string()),
                    ("company", company.to_string()),
                ],
            ),
            Actor::Partner { session, identity, login, partner, delegation, company } => (
                "partner",
                vec![
                    ("session", session.to_string()),
                    ("identity", identity.to_string()),
                    ("login", login.to_string()),
                    ("partner", partner.to_string()),
                    ("delegation", delegation.to_string()),
                    ("company", company.to_string()),
                ],
            ),
            Actor::Host { company } => ("host", vec![("company", company.to_string())]),
        }
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
