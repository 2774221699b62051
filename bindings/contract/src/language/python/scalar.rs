//! Values with a class of their own in the standard library, and maps.

use std::collections::BTreeMap;

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyBytes, PyDict, PyInt, PyMapping, PyString},
};

use super::{Cross, basic::wrong_type};
use crate::scalar::{AnswerValue, Answers, Bytes, Columns, Decimal, Duration, Texts, Timestamp};

/// The epoch, the length of a millisecond, and the classes of the standard library that say what a value is.
struct Known {
    datetime: Py<PyAny>,
    timedelta: Py<PyAny>,
    decimal: Py<PyAny>,
    epoch: Py<PyAny>,
    millisecond: Py<PyAny>,
}

fn known(py: Python<'_>) -> PyResult<&Known> {
    static KNOWN: PyOnceLock<Known> = PyOnceLock::new();
    KNOWN.get_or_try_init(py, || {
        let module = py.import("datetime")?;
        let (datetime, timedelta) = (module.getattr("datetime")?, module.getattr("timedelta")?);
        let utc = module.getattr("timezone")?.getattr("utc")?;
        Ok(Known {
            epoch: datetime.call1((1970, 1, 1, 0, 0, 0, 0, utc))?.unbind(),
            millisecond: timedelta.call1((0, 0, 1_000))?.unbind(),
            decimal: py.import("decimal")?.getattr("Decimal")?.unbind(),
            datetime: datetime.unbind(),
            timedelta: timedelta.unbind(),
        })
    })
}

impl Cross for Timestamp {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        known(py)?.epoch.bind(py).add(Duration(self.0).give(py)?)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let known = known(value.py())?;
        if !value.is_instance(known.datetime.bind(value.py()))? {
            return Err(wrong_type("a datetime", value));
        }
        if value.call_method0("utcoffset")?.is_none() {
            return Err(PyTypeError::new_err(
                "must be an aware datetime: give it a time zone, as in `datetime.now(UTC)`",
            ));
        }
        Duration::take(&value.sub(&known.epoch)?).map(|since| Timestamp(since.0))
    }
}

impl Cross for Duration {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let (seconds, millis) = (self.0.div_euclid(1_000), self.0.rem_euclid(1_000));
        known(py)?.timedelta.bind(py).call1((0, seconds, millis * 1_000))
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let known = known(value.py())?;
        if !value.is_instance(known.timedelta.bind(value.py()))? {
            return Err(wrong_type("a timedelta", value));
        }
        Ok(Duration(value.floor_div(&known.millisecond)?.extract()?))
    }
}

impl Cross for Decimal {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        known(py)?.decimal.bind(py).call1((self.0,))
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if value.is_instance_of::<PyString>() {
            return String::take(value).map(Decimal);
        }
        let is_whole = value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
        if !is_whole && !value.is_instance(known(py)?.decimal.bind(py))? {
            return Err(wrong_type("a Decimal, a str or an int", value));
        }
        // `1E+3` is written out; what is far too long for that is refused by the core as it stands
        let written_out = match value.getattr_opt("adjusted")? {
            Some(adjusted) => adjusted.call0()?.extract::<i64>()?.abs() < 100,
            None => false,
        };
        let text = if written_out { value.call_method1("__format__", ("f",))? } else { value.str()?.into_any() };
        String::take(&text).map(Decimal)
    }
}

impl Cross for Bytes {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyBytes::new(py, &self.0).into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let bytes = value.cast::<PyBytes>().map_err(|_| wrong_type("bytes", value))?;
        Ok(Bytes(bytes.as_bytes().to_vec()))
    }
}

impl Cross for Columns {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let text = serde_json::to_string(&self.0).map_err(|error| PyTypeError::new_err(error.to_string()))?;
        py.import("json")?.call_method1("loads", (text,))
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = value.py().import("json")?.call_method1("dumps", (value,))?.extract()?;
        serde_json::from_str(&text).map(Columns).map_err(|_| wrong_type("a dict with str keys", value))
    }
}

impl Cross for AnswerValue {
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            AnswerValue::Flag(flag) => flag.give(py),
            AnswerValue::Text(text) => text.give(py),
            AnswerValue::Several(several) => several.give(py),
        }
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(flag) = value.cast::<PyBool>() {
            return Ok(AnswerValue::Flag(flag.is_true()));
        }
        let text = String::take(value).map(AnswerValue::Text);
        let answer = text.or_else(|_| Vec::take(value).map(AnswerValue::Several));
        answer.map_err(|_| wrong_type("a str, a bool or a list of str", value))
    }
}

fn give_map<T: Cross>(map: BTreeMap<String, T>, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let dict = PyDict::new(py);
    map.into_iter().try_for_each(|(name, value)| dict.set_item(name, value.give(py)?))?;
    Ok(dict.into_any())
}

fn take_map<T: Cross>(value: &Bound<'_, PyAny>) -> PyResult<BTreeMap<String, T>> {
    let mapping = value.cast::<PyMapping>().map_err(|_| wrong_type("a mapping", value))?;
    let entry = |entry: Bound<'_, PyAny>| {
        let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        Ok((String::take(&name)?, T::take(&value)?))
    };
    mapping.items()?.iter().map(entry).collect()
}

macro_rules! maps {
    ($($Map:ident),+) => {$(
        impl Cross for $Map {
            fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                give_map(self.0, py)
            }

            fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                take_map(value).map($Map)
            }
        }
    )+};
}
maps!(Texts, Answers);
