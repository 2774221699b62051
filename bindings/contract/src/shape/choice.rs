//! Choices of the contract: the core's enums, as every language has them.

/// Declares an enum with the choices of one of the core's, or with texts of its own. A choice that the core has and this
/// has not does not compile.
macro_rules! choice {
    ($(#[doc = $about:literal])+ pub enum $Name:ident of $Core:ty {
        $($(#[doc = $each:literal])+ $Choice:ident,)+
    }) => {
        $crate::shape::choice! {
            @declare $($about)+ | $Name | $($($each)+ | $Choice | <$Core>::$Choice.as_str(),)+
        }

        impl $crate::shape::Outward<$Name> for $Core {
            fn outward(self) -> $Name {
                match self {
                    $(<$Core>::$Choice => $Name::$Choice,)+
                }
            }
        }

        impl $crate::shape::Fits<$Core> for $Name {
            fn fit(self) -> handfast::Result<$Core> {
                Ok(match self { $($Name::$Choice => <$Core>::$Choice,)+ })
            }
        }

        impl $crate::shape::Argument for $Name {
            type Core = $Core;
            fn core(self) -> handfast::Result<$Core> {
                $crate::shape::Fits::fit(self)
            }
        }

        $crate::shape::by_value!($Core, Option<$Core>);
    };
    ($(#[doc = $about:literal])+ pub enum $Name:ident {
        $($(#[doc = $each:literal])+ $Choice:ident = $text:literal,)+
    }) => {
        $crate::shape::choice! { @declare $($about)+ | $Name | $($($each)+ | $Choice | $text,)+ }
    };
    (@declare $($about:literal)+ | $Name:ident | $($($each:literal)+ | $Choice:ident | $text:expr,)+) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "mobile", derive(uniffi::Enum))]
        pub enum $Name { $($(#[doc = $each])+ $Choice,)+ }

        impl $Name {
            /// What it is, and its choices.
            pub const TYPE: $crate::shape::ChoiceType = $crate::shape::ChoiceType {
                name: stringify!($Name),
                module: module_path!(),
                about: concat!($($about),+),
                choices: &[$($crate::shape::Choice {
                    name: stringify!($Choice),
                    about: concat!($($each),+),
                    text: || $Name::$Choice.as_str(),
                }),+],
            };
            /// Every choice, in order.
            pub const ALL: &[$Name] = &[$($Name::$Choice),+];

            /// The choice as it is written everywhere outside Rust.
            pub const fn as_str(self) -> &'static str {
                match self { $($Name::$Choice => $text,)+ }
            }
        }

        impl $crate::shape::Described for $Name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Choice(stringify!($Name));
        }

        $crate::language::choice!($Name);
    };
}

pub(crate) use choice;
