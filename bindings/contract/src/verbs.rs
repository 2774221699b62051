//! The table of operations as methods: `handle.invites().submit(..)`.

use crate::{
    failure::Failure,
    handle::Handle,
    scalar::*,
    shape::{Argument, Lend, Outward},
    types::*,
};

macro_rules! verbs {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {$(
        #[doc = $about]
        #[derive(Clone, Copy, Debug)]
        pub struct $Group<'a>(&'a Handle);

        impl Handle {
            #[doc = $about]
            pub fn $group(&self) -> $Group<'_> {
                $Group(self)
            }
        }

        impl<'a> $Group<'a> {
            #[allow(dead_code, reason = "for those with a verb that is written by hand")]
            pub(crate) fn handle(&self) -> &'a Handle {
                self.0
            }

            $(verbs! { @$kind $group $doc $verb($($arg: $Arg),*) [$($may: $May),*] -> $Result })+
        }
    )+};
    (@special $group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*]
        -> $Result:ty) => {};
    (@bulk $group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) [] -> $Result:ty) => {
        #[doc = $doc]
        ///
        /// `tell` hears, as rows are done, how many are, of how many.
        pub fn $verb(&self, $($arg: $Arg,)* tell: &dyn Fn(u32, u32)) -> Result<$Result, Failure> {
            self.0.call(concat!(stringify!($group), ".", stringify!($verb)), |handfast| {
                $(let $arg = $arg.of(stringify!($arg))?;)*
                let tell = |progress: handfast::Progress| tell(progress.done, progress.total);
                Ok(handfast.$group().telling(&tell).$verb($($arg.lend()),*)?.outward())
            })
        }
    };
    (@$kind:ident $group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*]
        -> $Result:ty) => {
        #[doc = $doc]
        pub fn $verb(&self, $($arg: $Arg,)* $($may: Option<$May>),*) -> Result<$Result, Failure> {
            self.0.call(concat!(stringify!($group), ".", stringify!($verb)), |handfast| {
                $(let $arg = $arg.of(stringify!($arg))?;)*
                $(let $may = $may.of(stringify!($may))?;)*
                Ok(handfast.$group().$verb($($arg.lend(),)* $($may.lend()),*)?.outward())
            })
        }
    };
}

crate::operations!(verbs);
