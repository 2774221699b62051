//! The table of operations: each takes its arguments from JavaScript here, and does its work later on any thread.

use handfast_contract::{
    node::{FromJs, ToJs, Unfit},
    shape::camel_case,
    *,
};
use napi::bindgen_prelude::{Array, JsObjectValue, Unknown};

/// What came of a call.
pub(crate) type Outcome = Result<Box<dyn ToJs + Send>, Failure>;

/// What a call with many rows tells after each: how many are done, of how many.
pub(crate) type Tell<'a> = &'a dyn Fn(u32, u32);

/// What a call does, boxed: what carries it out is compiled once and not for every operation.
type Work = Box<dyn FnOnce(&Handle, Tell<'_>) -> Outcome + Send>;

/// A call with its arguments.
pub(crate) struct Call(Work);

impl Call {
    fn single<T: ToJs + Send + 'static>(work: impl FnOnce(&Handle) -> Result<T, Failure> + Send + 'static) -> Self {
        Call(Box::new(move |handle, _| Ok(Box::new(work(handle)?))))
    }

    fn bulk<T: ToJs + Send + 'static>(
        work: impl FnOnce(&Handle, Tell<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Self {
        Call(Box::new(move |handle, tell| Ok(Box::new(work(handle, tell)?))))
    }

    /// Carries it out; only a call with many rows tells how far it has come.
    pub(crate) fn carry_out(self, handle: &Handle, tell: Tell<'_>) -> Outcome {
        (self.0)(handle, tell)
    }
}

/// The arguments of a call, in the order of the table.
pub(crate) struct Arguments<'a> {
    given: &'a Array<'a>,
    taken: u32,
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(given: &'a Array<'a>) -> Self {
        Arguments { given, taken: 0 }
    }

    /// The next argument; its name is for who gave a wrong one.
    pub(crate) fn next<T: FromJs>(&mut self, name: &str) -> Result<T, Unfit> {
        let value = self.given.get_element::<Unknown<'_>>(self.taken)?;
        self.taken += 1;
        T::from_js(value).map_err(|unfit| unfit.inside(camel_case(name)))
    }
}

macro_rules! bind {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {
        /// The call of an operation by its name; nothing when there is none. That of a mailer is not
        /// among them.
        pub(crate) fn asked(operation: &str, mut arguments: Arguments<'_>) -> Result<Option<Call>, Unfit> {
            match operation {
                $($(concat!(stringify!($group), ".", stringify!($verb)) =>
                    bind!(@$kind arguments $group $verb($($arg: $Arg),*) [$($may: $May),*]),)+)+
                _ => Ok(None),
            }
        }
    };
    (@special $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*]) => {
        Ok(None)
    };
    (@bulk $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*) []) => {{
        $(let $arg: $Arg = $arguments.next(stringify!($arg))?;)*
        Ok(Some(Call::bulk(move |handle, tell| handle.$group().$verb($($arg,)* tell))))
    }};
    (@$kind:ident $arguments:ident $group:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*]) => {{
        $(let $arg: $Arg = $arguments.next(stringify!($arg))?;)*
        $(let $may: Option<$May> = $arguments.next(stringify!($may))?;)*
        Ok(Some(Call::single(move |handle| handle.$group().$verb($($arg,)* $($may),*))))
    }};
}

handfast_contract::operations!(bind);
