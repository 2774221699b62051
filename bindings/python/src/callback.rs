//! What calls the host back: its mailer, and who hears of progress.

use handfast_contract::{
    Message, Permanence, Rejection,
    python::{Cross, take},
};
use pyo3::{
    exceptions::{PyException, PyTypeError},
    prelude::*,
    sync::PyOnceLock,
};

use crate::{
    call::{call, cut_short},
    verbs::Mails,
};

#[pymethods]
impl Mails {
    /// Hands mails that are due to `mailer`, at most `limit` of them. Many workers may deliver at once. What `mailer`
    /// raises stands in `failures`, and the mail is tried again later, unless it is a `MailRejected` for good.
    #[pyo3(signature = (mailer, *, limit = 100))]
    fn deliver(
        &self,
        py: Python<'_>,
        mailer: Py<PyAny>,
        #[pyo3(from_py_with = take)] limit: u32,
    ) -> PyResult<Py<PyAny>> {
        callable("mailer", mailer.bind(py))?;
        let hand_over = |message: Message| {
            let taken = Python::attach(|py| hand_over(py, mailer.bind(py), message));
            taken.unwrap_or_else(|raised| cut_short(raised))
        };
        call(py, || self.handle.mails().deliver(&hand_over, limit))
    }
}

/// What the mailer says; what it raises that is no `Exception`, as `KeyboardInterrupt`, is not for the library.
fn hand_over(py: Python<'_>, mailer: &Bound<'_, PyAny>, message: Message) -> PyResult<Result<(), Rejection>> {
    match message.give(py).and_then(|message| mailer.call1((message,))) {
        Ok(given) => never_awaited(&given).map(Ok),
        Err(raised) if raised.is_instance_of::<PyException>(py) => rejection(py, &raised).map(Err),
        Err(raised) => Err(raised),
    }
}

fn callable(name: &str, callback: &Bound<'_, PyAny>) -> PyResult<()> {
    match callback.is_callable() {
        true => Ok(()),
        false => Err(PyTypeError::new_err(format!("`{name}` must be callable"))),
    }
}

/// A mail whose coroutine nobody awaits is not sent.
fn never_awaited(given: &Bound<'_, PyAny>) -> PyResult<()> {
    if given.is_none() || !given.hasattr("__await__")? {
        return Ok(());
    }
    if let Some(close) = given.getattr_opt("close")? {
        close.call0()?;
    }
    Err(PyTypeError::new_err("`mailer` is a coroutine function: `handfast.aio` awaits it"))
}

fn rejection(py: Python<'_>, raised: &PyErr) -> PyResult<Rejection> {
    static REJECTED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let rejected = || PyResult::Ok(py.import("handfast._errors")?.getattr("MailRejected")?.unbind());
    let (text, value) = (raised.value(py).str()?.to_string(), raised.value(py));
    if !value.is_instance(REJECTED.get_or_try_init(py, rejected)?.bind(py))? {
        let class = value.get_type().name()?;
        return Ok(Rejection { reason: format!("{class}: {text}"), permanence: Permanence::Temporary });
    }
    let permanence = match value.getattr("permanent")?.is_truthy()? {
        true => Permanence::Permanent,
        false => Permanence::Temporary,
    };
    Ok(Rejection { reason: text, permanence })
}

/// Who hears how far a call with many rows has come, if somebody does.
pub(crate) struct Listener(Option<Py<PyAny>>);

impl Listener {
    pub(crate) fn of(py: Python<'_>, progress: Option<Py<PyAny>>) -> PyResult<Self> {
        progress.as_ref().map_or(Ok(()), |progress| callable("progress", progress.bind(py)))?;
        Ok(Listener(progress))
    }

    /// Tells, with the interpreter's lock; what is raised ends the call.
    pub(crate) fn tell(&self, done: u32, total: u32) {
        let Some(progress) = &self.0 else { return };
        let heard = Python::attach(|py| progress.bind(py).call1((done, total)).map(drop));
        heard.unwrap_or_else(|raised| cut_short(raised));
    }
}
