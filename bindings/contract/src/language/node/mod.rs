//! Node: records cross as plain objects with names in camelCase, choices and ids as texts, times as `Date`s.
//!
//! Written by hand rather than derived: a value of the wrong type is told with the path that leads to it, a text that is
//! none of the choices is refused with a code, and what is nothing is `null`.

mod actor;
mod construct;
pub(crate) mod key;
mod read;
mod scalar;
mod unfit;
mod write;

pub(crate) use construct::Constructing;
pub(crate) use key::key;
pub use read::{FromJs, Reading};
pub use unfit::{Unfit, Why};
pub use write::{ToJs, Writing};

/// For a type that is a text outside.
macro_rules! text {
    ($Name:ident) => {
        impl $crate::language::node::ToJs for $Name {
            fn to_js<'env>(&self, env: &'env napi::Env) -> napi::Result<napi::Unknown<'env>> {
                String::from(self.clone()).to_js(env)
            }
        }

        impl $crate::language::node::FromJs for $Name {
            fn from_js(value: napi::Unknown<'_>) -> Result<Self, $crate::language::node::Unfit> {
                String::from_js(value).map($Name::from)
            }
        }
    };
}

/// For an enum of choices: their texts.
macro_rules! choice {
    ($Name:ident) => {
        impl $crate::language::node::ToJs for $Name {
            fn to_js<'env>(&self, env: &'env napi::Env) -> napi::Result<napi::Unknown<'env>> {
                self.as_str().to_js(env)
            }
        }

        impl $crate::language::node::FromJs for $Name {
            fn from_js(value: napi::Unknown<'_>) -> Result<Self, $crate::language::node::Unfit> {
                let text = String::from_js(value)?;
                let known = $Name::ALL.iter().find(|choice| choice.as_str() == text);
                known.copied().ok_or_else(|| $crate::Failure::unknown_choice(&$Name::TYPE).into())
            }
        }
    };
}

/// For a record: an object with a property for each field.
macro_rules! record {
    ($Name:ident [$($field:ident: $T:ty),*] [$($may:ident: $May:ty),*]) => {
        impl $crate::language::node::ToJs for $Name {
            fn to_js<'env>(&self, env: &'env napi::Env) -> napi::Result<napi::Unknown<'env>> {
                let keys = &[$($crate::language::node::key!($field),)* $($crate::language::node::key!($may),)*];
                let mut record = $crate::language::node::Constructing::begin(env, stringify!($Name), keys)?;
                $(record.give(&self.$field)?;)*
                $(record.give(&self.$may)?;)*
                record.done()
            }
        }

        impl $crate::language::node::FromJs for $Name {
            fn from_js(value: napi::Unknown<'_>) -> Result<Self, $crate::language::node::Unfit> {
                let object = $crate::language::node::Reading::begin(value)?;
                Ok($Name {
                    $($field: object.get($crate::language::node::key!($field))?,)*
                    $($may: object.get($crate::language::node::key!($may))?,)*
                })
            }
        }
    };
}

pub(crate) use {choice, record, text};
