//! Python: texts cross as `str`, choices as members of an `enum.StrEnum` of the package, records as frozen classes.

mod actor;
mod basic;
mod choice;
mod failure;
mod plain;
mod record;
mod scalar;

use pyo3::{prelude::*, types::PyModule};

use crate::{
    describe::{Kind, OPERATIONS},
    open::{BrandInput, PolicyInput},
    shape::{RecordType, Shape},
    types::{Paging, RECORDS},
};

pub(crate) use basic::text;
pub(crate) use choice::{Members, choice};
pub use failure::refused;
pub(crate) use record::{constructor_arguments, from_dict, hash, page, record, repr, to_dict};

/// A value that goes to Python, or comes from there.
pub trait Cross: Sized {
    /// The same as an object of Python.
    fn give(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;

    /// The value of an object. Errors: `TypeError` for one of another type, `InvalidError` for a text or a number that
    /// cannot be.
    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self>;
}

/// [`Cross::take`], as a function that `from_py_with` can name.
pub fn take<T: Cross>(value: &Bound<'_, PyAny>) -> PyResult<T> {
    T::take(value)
}

/// A page of a list, taken apart: Python has one generic class for all of them.
pub trait Pages {
    /// The items, as a tuple, and the cursor of the next page.
    fn parts(self, py: Python<'_>) -> PyResult<(Bound<'_, PyAny>, Option<String>)>;
}

/// Whether Python has a class for it: paging is two arguments there, and all pages are of one generic class.
fn has_class(record: &RecordType) -> bool {
    let lists = OPERATIONS.iter().filter(|operation| operation.kind == Kind::List);
    record.name != Paging::TYPE.name && !lists.into_iter().any(|list| list.result == Shape::Record(record.name))
}

/// Adds every record and the actor to the package's native module.
pub fn add_types(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<actor::PythonActor>()?;
    let records = RECORDS.iter().chain(&[BrandInput::TYPE, PolicyInput::TYPE]);
    records.filter(|record| has_class(record)).try_for_each(|record| (record.add_to)(module))
}
