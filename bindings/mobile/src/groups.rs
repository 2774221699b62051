//! The table of operations as objects, one for each group.

use std::sync::Arc;

use blocking::unblock;
use handfast_contract::{mobile::HandfastError, *};

use crate::{callback::Progress, open::Handfast, special::telling};

macro_rules! bind {
    ($($group:ident $Group:ident $about:literal {
        $(#[doc = $doc:literal]
        $kind:ident $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*] -> $Result:ty,
            who $who:ident, refuses [$($code:ident)*];)+
    })+) => {
        #[uniffi::export]
        impl Handfast {
            $(
                #[doc = $about]
                pub fn $group(&self) -> Arc<$Group> {
                    Arc::new($Group(self.handle()))
                }
            )+
        }

        $(
            #[doc = $about]
            #[derive(uniffi::Object)]
            pub struct $Group(pub(crate) Arc<Handle>);

            $(bind! { @$kind $group $Group $doc $verb($($arg: $Arg),*) [$($may: $May),*] -> $Result })+
        )+
    };
    (@special $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) [$($may:ident: $May:ty),*]
        -> $Result:ty) => {};
    (@bulk $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*) [] -> $Result:ty) => {
        #[uniffi::export]
        impl $Group {
            #[doc = $doc]
            ///
            /// `progress` hears, as rows are done, how many are, of how many; when it throws, the rest is done all the
            /// same, and the call ends with `internal` and what it said.
            #[uniffi::method(default(progress = None))]
            pub async fn $verb(
                &self,
                $($arg: $Arg,)*
                progress: Option<Arc<dyn Progress>>,
            ) -> Result<$Result, HandfastError> {
                let handle = self.0.clone();
                let work = move |tell: &dyn Fn(u32, u32)| handle.$group().$verb($($arg,)* tell);
                Ok(unblock(move || telling(progress, work)).await?)
            }
        }
    };
    (@$kind:ident $group:ident $Group:ident $doc:literal $verb:ident($($arg:ident: $Arg:ty),*)
        [$($may:ident: $May:ty),*] -> $Result:ty) => {
        #[uniffi::export]
        impl $Group {
            #[doc = $doc]
            #[uniffi::method(default($($may = None),*))]
            pub async fn $verb(&self, $($arg: $Arg,)* $($may: Option<$May>),*) -> Result<$Result, HandfastError> {
                let handle = self.0.clone();
                Ok(unblock(move || handle.$group().$verb($($arg,)* $($may),*)).await?)
            }
        }
    };
}

handfast_contract::operations!(bind);
