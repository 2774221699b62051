//! Every operation by its name, with JSON in and out: for scenarios and tools. Bindings do not go this way.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{failure::Failure, handle::Handle, scalar::*, types::*};

/// What came of a call by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// It was done.
    Done(Value),
    /// It was refused.
    Refused(Failure),
    /// It could not be asked: no such operation, or none with such arguments.
    Wrong(String),
}

type Arguments = Map<String, Value>;

macro_rules! door {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {
        /// The names of all operations.
        pub fn operation_names() -> impl Iterator<Item = &'static str> {
            [$($(concat!(stringify!($group), ".", stringify!($verb)),)+)+].into_iter()
        }

        impl Handle {
            /// Does the operation of a name, `invites.submit`, with arguments by name. Those that take a callback
            /// are not among them.
            pub fn ask(&self, operation: &str, mut arguments: Arguments) -> Asked {
                match operation {
                    $($(concat!(stringify!($group), ".", stringify!($verb)) =>
                        door!(@$kind self arguments $group $verb($($arg: $Arg),*) [$($may: $May),*]),)+)+
                    _ => Asked::Wrong("there is no such operation".to_owned()),
                }
            }
        }
    };
    (@special $handle:ident $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty),*]) => {{
        $arguments.clear();
        Asked::Wrong("it takes a callback, which JSON cannot hold".to_owned())
    }};
    (@bulk $handle:ident $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*) []) => {{
        let mut ask = || {
            $(let $arg: $Arg = taken(&mut $arguments, stringify!($arg))?;)*
            nothing_left(&$arguments)?;
            Ok(answered($handle.$group().$verb($($arg,)* &|_, _| {})))
        };
        ask().unwrap_or_else(Asked::Wrong)
    }};
    (@$kind:ident $handle:ident $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty),*]) => {{
        #[allow(unused_mut, reason = "not where nothing is taken")]
        let mut ask = || {
            $(let $arg: $Arg = taken(&mut $arguments, stringify!($arg))?;)*
            $(let $may: Option<$May> = taken(&mut $arguments, stringify!($may))?;)*
            nothing_left(&$arguments)?;
            Ok(answered($handle.$group().$verb($($arg,)* $($may),*)))
        };
        ask().unwrap_or_else(Asked::Wrong)
    }};
}

crate::operations!(door);

/// One argument; one that is left out is `null`.
fn taken<T: DeserializeOwned>(arguments: &mut Arguments, name: &str) -> Result<T, String> {
    match arguments.remove(name) {
        Some(value) => {
            let shown = value.to_string();
            serde_json::from_value(value).map_err(|error| format!("`{name}`: {error}, got {shown}"))
        }
        None => serde_json::from_value(Value::Null).map_err(|_| format!("needs the argument `{name}`")),
    }
}

/// An argument that is not looked at would be a mistake that nobody notices.
fn nothing_left(arguments: &Arguments) -> Result<(), String> {
    arguments.keys().next().map_or(Ok(()), |name| Err(format!("has no argument `{name}`")))
}

fn answered(result: Result<impl Serialize, Failure>) -> Asked {
    match result.map(serde_json::to_value) {
        Ok(Ok(value)) => Asked::Done(value),
        Ok(Err(error)) => Asked::Wrong(format!("the result cannot be shown: {error}")),
        Err(failure) => Asked::Refused(failure),
    }
}
