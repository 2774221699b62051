//! Node: values that cross as another one does.

/// For a type that crosses as `$As` does, which it is made from and makes.
macro_rules! through {
    ($Name:ident, $As:ty, $type_name:literal, $value_type:ident) => {
        impl napi::bindgen_prelude::TypeName for $Name {
            fn type_name() -> &'static str {
                $type_name
            }
            fn value_type() -> napi::ValueType {
                napi::ValueType::$value_type
            }
        }

        impl napi::bindgen_prelude::ValidateNapiValue for $Name {}

        #[allow(unsafe_code, reason = "the trait's own function is unsafe; it only hands the value on")]
        impl napi::bindgen_prelude::FromNapiValue for $Name {
            unsafe fn from_napi_value(env: napi::sys::napi_env, value: napi::sys::napi_value) -> napi::Result<Self> {
                // SAFETY: the caller's promise about `env` and `value` is the same for both types
                let crossed = unsafe { <$As as napi::bindgen_prelude::FromNapiValue>::from_napi_value(env, value)? };
                Ok(crossed.into())
            }
        }

        #[allow(unsafe_code, reason = "the trait's own function is unsafe; it only hands the value on")]
        impl napi::bindgen_prelude::ToNapiValue for $Name {
            unsafe fn to_napi_value(env: napi::sys::napi_env, value: Self) -> napi::Result<napi::sys::napi_value> {
                // SAFETY: the caller's promise about `env` is the same for both types
                unsafe { <$As as napi::bindgen_prelude::ToNapiValue>::to_napi_value(env, value.into()) }
            }
        }
    };
}

pub(crate) use through;
