//! Ids of the contract: a type for each, a text outside.

/// Declares ids, each of a record of the core, and the list of them all.
macro_rules! ids {
    ($($(#[doc = $about:literal])+ $Name:ident of $Core:ty;)+) => {
        /// All ids.
        pub const IDS: &[$crate::shape::IdType] =
            &[$($crate::shape::IdType { name: stringify!($Name), about: concat!($($about),+) }),+];
        $(
            $(#[doc = $about])+
            ///
            /// What is no id is told when it is used: `not_an_id`.
            #[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(from = "String", into = "String")]
            pub struct $Name(Result<handfast::Id<$Core>, Box<str>>);

            impl From<String> for $Name {
                fn from(text: String) -> Self {
                    $Name(text.parse().map_err(|_| text.into()))
                }
            }

            impl From<$Name> for String {
                fn from(id: $Name) -> String {
                    id.to_string()
                }
            }

            impl From<handfast::Id<$Core>> for $Name {
                fn from(id: handfast::Id<$Core>) -> Self {
                    $Name(Ok(id))
                }
            }

            impl std::fmt::Display for $Name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    match &self.0 {
                        Ok(id) => id.fmt(f),
                        Err(text) => text.fmt(f),
                    }
                }
            }

            impl std::fmt::Debug for $Name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    std::fmt::Display::fmt(self, f)
                }
            }

            impl $crate::shape::Described for $Name {
                const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Id(stringify!($Name));
            }

            impl $crate::shape::Outward<$Name> for handfast::Id<$Core> {
                fn outward(self) -> $Name {
                    $Name(Ok(self))
                }
            }

            impl $crate::shape::Fits<handfast::Id<$Core>> for $Name {
                fn fit(self) -> handfast::Result<handfast::Id<$Core>> {
                    self.0.map_err(|_| handfast::Error::new(handfast::Code::NotAnId))
                }
            }

            impl $crate::shape::Argument for $Name {
                type Core = handfast::Id<$Core>;
                fn core(self) -> handfast::Result<Self::Core> {
                    $crate::shape::Fits::fit(self)
                }
            }

            $crate::language::text!($Name);
        )+
    };
}

pub(crate) use ids;
