//! Single values: numbers, times, decimals, bytes, JSON, and what went wrong.

use handfast::{Code, Error};
use napi::{
    Env, JsValue, Unknown, ValueType,
    bindgen_prelude::{BufferSlice, FromNapiValue, JsObjectValue, Object, ToNapiValue, Uint8Array},
};

use super::{FromJs, Reading, ToJs, Unfit, Why, Writing, read::of_type};
use crate::{
    Failure, FieldFault,
    scalar::{AnswerValue, Answers, Bytes, Columns, Decimal, Duration, Texts, Timestamp},
};

/// The greatest whole number up to which every whole number is exact: `Number.MAX_SAFE_INTEGER`.
const GREATEST: f64 = 9_007_199_254_740_991.0;

super::text!(Decimal);

fn whole_number(value: Unknown<'_>) -> Result<i64, Unfit> {
    let number = of_type(value, ValueType::Number, "a whole number")?.coerce_to_number()?.get_double()?;
    match number.fract() == 0.0 && number.abs() <= GREATEST {
        true => Ok(number as i64),
        false => Err(Why::OtherType { expected: "a whole number", got: number.to_string() }.into()),
    }
}

fn out_of_range(message: &str) -> Unfit {
    Failure::from(Error::because(Code::OutOfRange, message)).into()
}

impl ToJs for i64 {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        Ok(env.create_int64(*self)?.to_unknown())
    }
}

impl FromJs for i64 {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        whole_number(value)
    }
}

impl ToJs for u32 {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        Ok(env.create_uint32(*self)?.to_unknown())
    }
}

impl FromJs for u32 {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        u32::try_from(whole_number(value)?).map_err(|_| out_of_range("must lie between 0 and 4294967295"))
    }
}

impl ToJs for Timestamp {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        Ok(env.create_date(self.0 as f64)?.to_unknown())
    }
}

impl FromJs for Timestamp {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        if !value.is_date()? {
            return Err(Unfit::other_type("a Date", value));
        }
        let millis = value.coerce_to_number()?.get_double()?;
        match millis.is_nan() {
            true => Err(out_of_range("is an invalid Date")),
            false => Ok(Timestamp(millis as i64)),
        }
    }
}

impl ToJs for Duration {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        self.0.to_js(env)
    }
}

impl FromJs for Duration {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        whole_number(value).map(Duration)
    }
}

impl ToJs for Bytes {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        BufferSlice::copy_from(env, &self.0)?.into_unknown(env)
    }
}

impl FromJs for Bytes {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        if !value.is_typedarray()? {
            return Err(Unfit::other_type("a Uint8Array", value));
        }
        Ok(Bytes(Uint8Array::from_unknown(value)?.to_vec()))
    }
}

impl ToJs for Columns {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        (&self.0).into_unknown(env)
    }
}

impl FromJs for Columns {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        let object = of_type(value, ValueType::Object, "an object")?;
        Ok(Columns(Env::from_raw(object.value().env).from_js_value(object)?))
    }
}

/// Values by name.
macro_rules! maps {
    ($($Map:ident),+) => {$(
        impl ToJs for $Map {
            fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
                let mut object = Object::new(env)?;
                for (name, value) in &self.0 {
                    object.set_named_property(name, value.to_js(env)?)?;
                }
                Ok(object.to_unknown())
            }
        }

        impl FromJs for $Map {
            fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
                Reading::begin(value)?.entries()?.collect::<Result<_, Unfit>>().map($Map)
            }
        }
    )+};
}
maps!(Texts, Answers);

impl ToJs for AnswerValue {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        match self {
            AnswerValue::Flag(flag) => flag.to_js(env),
            AnswerValue::Text(text) => text.to_js(env),
            AnswerValue::Several(several) => several.to_js(env),
        }
    }
}

impl FromJs for AnswerValue {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        match value.get_type()? {
            ValueType::Boolean => bool::from_js(value).map(AnswerValue::Flag),
            ValueType::String => String::from_js(value).map(AnswerValue::Text),
            ValueType::Object if value.is_array()? => Vec::from_js(value).map(AnswerValue::Several),
            _ => Err(Unfit::other_type("a string, a boolean or an array of strings", value)),
        }
    }
}

impl ToJs for FieldFault {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        let mut fault = Writing::begin(env)?;
        fault.set(c"field", &self.field)?;
        fault.set(c"code", &self.code)?;
        fault.set(c"message", &self.message)?;
        Ok(fault.done())
    }
}

impl ToJs for Failure {
    fn to_js<'env>(&self, env: &'env Env) -> napi::Result<Unknown<'env>> {
        let mut failure = Writing::begin(env)?;
        failure.set(c"code", &self.code.as_str().to_owned())?;
        failure.set(c"category", &self.category.as_str().to_owned())?;
        failure.set(c"retryable", &self.retryable)?;
        failure.set(c"message", &self.message)?;
        failure.set(c"faults", &self.faults)?;
        failure.set(c"retryAfter", &self.retry_after)?;
        Ok(failure.done())
    }
}
