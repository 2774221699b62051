//! What each language asks of the contract's types. A type declared by the macros of `shape` gets all of it.

#[cfg(feature = "mobile")]
pub mod mobile;
#[cfg(feature = "node")]
pub mod node;
#[cfg(feature = "python")]
pub mod python;

/// For a type that is a text outside: `From<String>`, and `String: From`.
macro_rules! text {
    ($Name:ident) => {
        #[cfg(feature = "python")]
        $crate::language::python::text!($Name);
        #[cfg(feature = "node")]
        $crate::language::node::text!($Name);
        #[cfg(feature = "mobile")]
        uniffi::custom_type!($Name, String, { lower: |value| value.into(), try_lift: |text| Ok(text.into()) });
    };
}

/// For an enum of choices; the phones derive theirs.
macro_rules! choice {
    ($Name:ident) => {
        #[cfg(feature = "python")]
        $crate::language::python::choice!($Name);
        #[cfg(feature = "node")]
        $crate::language::node::choice!($Name);
    };
}

/// For a record; the phones derive theirs.
macro_rules! record {
    ($Name:ident [$($($doc:literal)+ | $field:ident: $T:ty),*] [$($($may_doc:literal)+ | $may:ident: $May:ty),*]) => {
        #[cfg(feature = "python")]
        $crate::language::python::record!($Name [$($($doc)+ | $field: $T),*] [$($($may_doc)+ | $may: $May),*]);
        #[cfg(feature = "node")]
        $crate::language::node::record!($Name [$($field: $T),*] [$($may: $May),*]);
    };
}

pub(crate) use {choice, record, text};
