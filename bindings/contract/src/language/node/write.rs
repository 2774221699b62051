//! Values for JavaScript.

use std::ffi::CStr;

use napi::{
    Env, JsValue, Result, Unknown,
    bindgen_prelude::{JsObjectValue, Null, Object, ToNapiValue},
};

/// A value that is given to JavaScript.
pub trait ToJs {
    /// The value, in the engine.
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>>;
}

/// An object whose properties are set.
#[allow(missing_debug_implementations, reason = "the engine's values have none")]
pub struct Writing<'env> {
    env: &'env Env,
    object: Object<'env>,
}

impl<'env> Writing<'env> {
    /// Begins with an empty object.
    pub fn begin(env: &'env Env) -> Result<Self> {
        Ok(Writing { env, object: Object::new(env)? })
    }

    /// Sets a property.
    pub fn set(&mut self, key: &CStr, value: &impl ToJs) -> Result<()> {
        self.object.set_c_named_property(key, value.to_js(self.env)?)
    }

    /// The object.
    pub fn done(self) -> Unknown<'env> {
        self.object.to_unknown()
    }
}

impl ToJs for str {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        Ok(env.create_string(self)?.to_unknown())
    }
}

impl ToJs for String {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.as_str().to_js(env)
    }
}

impl ToJs for bool {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.into_unknown(env)
    }
}

impl ToJs for () {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        ().into_unknown(env)
    }
}

impl<T: ToJs> ToJs for Option<T> {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        match self {
            Some(value) => value.to_js(env),
            None => Null.into_unknown(env),
        }
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        let mut list = env.create_array(u32::try_from(self.len()).unwrap_or(u32::MAX))?;
        for (at, item) in (0..).zip(self) {
            list.set(at, item.to_js(env)?)?;
        }
        Ok(list.to_unknown())
    }
}
