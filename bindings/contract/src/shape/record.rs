//! Records of the contract: plain data, made from the core's outputs and made into its inputs.

/// Declares a record. `from` one of the core's outputs, `into` one of its inputs, or crossing `by hand`; what may be
/// left out of an input stands last, under `optional`.
macro_rules! record {
    ($(#[doc = $about:literal])+ pub struct $Name:ident from $Core:ty {
        $($(#[doc = $doc:literal])+ $field:ident: $T:ty,)+
    }) => {
        $crate::shape::record! { @declare $($about)+ | $Name | [$($($doc)+ | $field: $T),+] [] }

        impl $crate::shape::Outward<$Name> for $Core {
            fn outward(self) -> $Name {
                $Name { $($field: $crate::shape::Outward::outward(self.$field),)+ }
            }
        }
    };
    ($(#[doc = $about:literal])+ pub struct $Name:ident into $Core:ty {
        $($(#[doc = $doc:literal])+ $field:ident: $T:ty,)*
    } $(optional {
        $($(#[doc = $may_doc:literal])+ $may:ident: $May:ty,)+
    })?) => {
        $crate::shape::record! {
            @declare $($about)+ | $Name |
            [$($($doc)+ | $field: $T),*] [$($($($may_doc)+ | $may: $May),+)?]
        }

        impl $crate::shape::Fits<$Core> for $Name {
            #[allow(clippy::useless_conversion, reason = "not for every field")]
            fn fit(self) -> handfast::Result<$Core> {
                let mut faults = handfast::Faults::default();
                $(let $field = faults.check(stringify!($field), $crate::shape::Fits::fit(self.$field));)*
                $($(let $may = faults.check(stringify!($may), $crate::shape::Fits::fit(self.$may));)+)?
                type Core = $Core;
                faults.made(|| Some(Core { $($field: $field?,)* $($($may: $may?,)+)? }))
            }
        }

        impl $crate::shape::Lend for $Core {
            type Lent<'a> = &'a $Core;
            fn lend(&self) -> &$Core {
                self
            }
        }

        impl $crate::shape::Argument for $Name {
            type Core = $Core;
            fn core(self) -> handfast::Result<$Core> {
                $crate::shape::Fits::fit(self)
            }
        }
    };
    ($(#[doc = $about:literal])+ pub struct $Name:ident by hand {
        $($(#[doc = $doc:literal])+ $field:ident: $T:ty,)*
    } $(optional {
        $($(#[doc = $may_doc:literal])+ $may:ident: $May:ty,)+
    })?) => {
        $crate::shape::record! {
            @declare $($about)+ | $Name |
            [$($($doc)+ | $field: $T),*] [$($($($may_doc)+ | $may: $May),+)?]
        }
    };
    (@declare $($about:literal)+ | $Name:ident |
        [$($($doc:literal)+ | $field:ident: $T:ty),*] [$($($may_doc:literal)+ | $may:ident: $May:ty),*]
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "python", pyo3::pyclass(frozen, eq, module = "handfast"))]
        #[cfg_attr(feature = "mobile", derive(uniffi::Record))]
        pub struct $Name {
            $($(#[doc = $doc])+ pub $field: $T,)*
            $($(#[doc = $may_doc])+ #[cfg_attr(feature = "mobile", uniffi(default = None))] pub $may: Option<$May>,)*
        }

        impl $Name {
            /// What it is, and its fields.
            pub const TYPE: $crate::shape::RecordType = $crate::shape::RecordType {
                name: stringify!($Name),
                module: module_path!(),
                about: concat!($($about),+),
                fields: &[
                    $($crate::shape::Field {
                        name: stringify!($field),
                        about: concat!($($doc),+),
                        shape: <$T as $crate::shape::Described>::SHAPE,
                        may_be_left_out: false,
                    },)*
                    $($crate::shape::Field {
                        name: stringify!($may),
                        about: concat!($($may_doc),+),
                        shape: <Option<$May> as $crate::shape::Described>::SHAPE,
                        may_be_left_out: true,
                    },)*
                ],
                #[cfg(feature = "python")]
                add_to: |module| pyo3::types::PyModuleMethods::add_class::<$Name>(module),
            };
        }

        impl $crate::shape::Described for $Name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Record(stringify!($Name));
        }

        $crate::language::record!($Name [$($($doc)+ | $field: $T),*] [$($($may_doc)+ | $may: $May),*]);
    };
}

pub(crate) use record;
