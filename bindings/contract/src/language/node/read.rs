//! Values from JavaScript.

use std::ffi::CStr;

use napi::{
    JsValue, Unknown, ValueType,
    bindgen_prelude::{JsObjectValue, Object},
};

use super::Unfit;

/// A value that is taken from JavaScript.
pub trait FromJs: Sized {
    /// The value. What is undefined or null is nothing, where nothing is allowed.
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit>;
}

/// An object whose properties are read.
#[allow(missing_debug_implementations, reason = "the engine's values have none")]
pub struct Reading<'env>(Object<'env>);

impl<'env> Reading<'env> {
    /// Begins with any object but an array.
    pub fn begin(value: Unknown<'env>) -> Result<Self, Unfit> {
        match value.get_type()? == ValueType::Object && !value.is_array()? {
            true => Ok(Reading(value.coerce_to_object()?)),
            false => Err(Unfit::other_type("an object", value)),
        }
    }

    /// A property.
    pub fn get<T: FromJs>(&self, key: &CStr) -> Result<T, Unfit> {
        let value = self.0.get_c_named_property_unchecked::<Unknown<'_>>(key)?;
        T::from_js(value).map_err(|unfit| unfit.inside(key.to_string_lossy()))
    }

    /// All properties of its own, by name.
    pub(super) fn entries<T: FromJs>(&self) -> Result<impl Iterator<Item = Result<(String, T), Unfit>>, Unfit> {
        let names = Object::keys(&self.0)?;
        Ok(names.into_iter().map(|name| {
            let value = self.0.get_named_property_unchecked::<Unknown<'_>>(&name)?;
            let value = T::from_js(value).map_err(|unfit| unfit.inside(&*name))?;
            Ok((name, value))
        }))
    }
}

/// Reads a value if it is of a type of JavaScript.
pub(super) fn of_type<'env>(
    value: Unknown<'env>,
    ty: ValueType,
    expected: &'static str,
) -> Result<Unknown<'env>, Unfit> {
    match value.get_type()? == ty {
        true => Ok(value),
        false => Err(Unfit::other_type(expected, value)),
    }
}

impl FromJs for String {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        let text = of_type(value, ValueType::String, "a string")?;
        Ok(text.coerce_to_string()?.into_utf8()?.into_owned()?)
    }
}

impl FromJs for bool {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        Ok(of_type(value, ValueType::Boolean, "a boolean")?.coerce_to_bool()?)
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        match value.get_type()? {
            ValueType::Undefined | ValueType::Null => Ok(None),
            _ => T::from_js(value).map(Some),
        }
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: Unknown<'_>) -> Result<Self, Unfit> {
        if !value.is_array()? {
            return Err(Unfit::other_type("an array", value));
        }
        let list = value.coerce_to_object()?;
        let item = |at: u32| {
            let item = list.get_element::<Unknown<'_>>(at)?;
            T::from_js(item).map_err(|unfit| unfit.inside(at.to_string()))
        };
        (0..list.get_array_length_unchecked()?).map(item).collect()
    }
}
