//! The table of operations as methods: `hf.invites.submit(..)`.

use std::sync::Arc;

use handfast_contract::{python::take, *};
use pyo3::prelude::*;

use crate::{call::call, callback::Listener, handle::Handfast, page::first};

macro_rules! bind {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {
        $(
            #[doc = $about]
            #[pyclass(frozen, module = "handfast")]
            pub(crate) struct $Group {
                pub(crate) handle: Arc<Handle>,
            }

            #[pymethods]
            impl Handfast {
                #[doc = $about]
                #[getter]
                fn $group(&self) -> $Group {
                    $Group { handle: self.handle.clone() }
                }
            }

            $(bind! { @$kind $group $Group $doc $verb($($arg: $Arg),*) [] $($may: $May,)* })+
        )+

        /// Adds the class of every group to the native module.
        pub(crate) fn add_groups(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $(module.add_class::<$Group>()?;)+
            Ok(())
        }
    };
    (@special $($by_hand:tt)*) => {};
    (@bulk $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) []) => {
        #[pymethods]
        impl $Group {
            #[doc = $doc]
            ///
            /// `progress` hears, as rows are done, how many are, of how many; what it raises cuts the call short.
            #[pyo3(signature = ($($arg,)* *, progress = None))]
            fn $verb(
                &self,
                py: Python<'_>,
                $(#[pyo3(from_py_with = take)] $arg: $Arg,)*
                progress: Option<Py<PyAny>>,
            ) -> PyResult<Py<PyAny>> {
                let listener = Listener::of(py, progress)?;
                let tell = |done, total| listener.tell(done, total);
                call(py, || self.handle.$group().$verb($($arg,)* &tell))
            }
        }
    };
    (@list $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty,)*] paging: $Paging:ty,) => {
        #[pymethods]
        impl $Group {
            #[doc = $doc]
            #[pyo3(signature = ($($arg,)* *, $($may = None,)* cursor = None, limit = None))]
            fn $verb(
                &self,
                py: Python<'_>,
                $(#[pyo3(from_py_with = take)] $arg: $Arg,)*
                $(#[pyo3(from_py_with = take)] $may: Option<$May>,)*
                #[pyo3(from_py_with = take)] cursor: Option<String>,
                #[pyo3(from_py_with = take)] limit: Option<u32>,
            ) -> PyResult<Py<PyAny>> {
                let handle = self.handle.clone();
                first(py, Paging { cursor, limit }, move |paging| {
                    handle.$group().$verb($($arg.clone(),)* $($may.clone(),)* Some(paging))
                })
            }
        }
    };
    (@list $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty,)*] $next:ident: $Next:ty, $($rest:tt)*) => {
        bind! { @list $group $Group $doc $verb($($arg: $Arg),*) [$($may: $May,)* $next: $Next,] $($rest)* }
    };
    (@read $($told:tt)*) => {
        bind! { @reading $($told)* }
    };
    // a page of text is asked for as a page of a list is
    (@reading $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty,)*] paging: $Paging:ty,) => {
        #[pymethods]
        impl $Group {
            #[doc = $doc]
            #[pyo3(signature = ($($arg,)* *, $($may = None,)* cursor = None, limit = None))]
            fn $verb(
                &self,
                py: Python<'_>,
                $(#[pyo3(from_py_with = take)] $arg: $Arg,)*
                $(#[pyo3(from_py_with = take)] $may: Option<$May>,)*
                #[pyo3(from_py_with = take)] cursor: Option<String>,
                #[pyo3(from_py_with = take)] limit: Option<u32>,
            ) -> PyResult<Py<PyAny>> {
                call(py, || self.handle.$group().$verb($($arg,)* $($may,)* Some(Paging { cursor, limit })))
            }
        }
    };
    (@reading $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty,)*] $next:ident: $Next:ty, $($rest:tt)*) => {
        bind! { @reading $group $Group $doc $verb($($arg: $Arg),*) [$($may: $May,)* $next: $Next,] $($rest)* }
    };
    (@reading $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty,)*]) => {
        bind! { @plain $group $Group $doc $verb($($arg: $Arg),*) [] $($may: $May,)* }
    };
    (@$kind:ident $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) []) => {
        #[pymethods]
        impl $Group {
            #[doc = $doc]
            #[pyo3(signature = ($($arg,)*))]
            fn $verb(
                &self,
                py: Python<'_>,
                $(#[pyo3(from_py_with = take)] $arg: $Arg,)*
            ) -> PyResult<Py<PyAny>> {
                call(py, || self.handle.$group().$verb($($arg,)*))
            }
        }
    };
    // what may be left out is given by its name
    (@$kind:ident $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [] $($may:ident: $May:ty,)+) => {
        #[pymethods]
        impl $Group {
            #[doc = $doc]
            #[pyo3(signature = ($($arg,)* *, $($may = None,)+))]
            fn $verb(
                &self,
                py: Python<'_>,
                $(#[pyo3(from_py_with = take)] $arg: $Arg,)*
                $(#[pyo3(from_py_with = take)] $may: Option<$May>,)+
            ) -> PyResult<Py<PyAny>> {
                call(py, || self.handle.$group().$verb($($arg,)* $($may),+))
            }
        }
    };
}

handfast_contract::operations!(bind);
