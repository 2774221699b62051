//! Records for JavaScript, each made by a function of its own there: one call for all the properties and not one for
//! each, and the engine knows the shape of what comes of it.

use std::{collections::HashMap, ffi::CStr};

use napi::{
    Env, Error, JsValue, Result, Unknown,
    bindgen_prelude::{Function, FunctionRef, JsValuesTupleIntoVec},
    sys,
};

use super::ToJs;

/// The values of a record's fields, in order.
#[derive(Debug)]
struct Values(Vec<sys::napi_value>);

impl JsValuesTupleIntoVec for Values {
    fn into_vec(self, _: sys::napi_env) -> Result<Vec<sys::napi_value>> {
        Ok(self.0)
    }
}

/// A record whose fields are given one after another.
#[allow(missing_debug_implementations, reason = "the engine's values have none")]
pub(crate) struct Constructing<'env> {
    env: &'env Env,
    constructor: Function<'env, Values, Unknown<'static>>,
    values: Vec<sys::napi_value>,
}

impl<'env> Constructing<'env> {
    /// Begins with no field.
    pub(crate) fn begin(env: &'env Env, record: &'static str, keys: &[&CStr]) -> Result<Self> {
        let constructor = Constructors::of(env)?.constructor(env, record, keys)?;
        Ok(Constructing { env, constructor, values: Vec::with_capacity(keys.len()) })
    }

    /// Gives the next field.
    pub(crate) fn give(&mut self, value: &impl ToJs) -> Result<()> {
        self.values.push(value.to_js(self.env)?.raw());
        Ok(())
    }

    /// The record.
    pub(crate) fn done(self) -> Result<Unknown<'env>> {
        self.constructor.call(Values(self.values))
    }
}

/// The functions of one engine (each worker thread has its own), by the names of their records.
#[derive(Default)]
struct Constructors(HashMap<&'static str, FunctionRef<Values, Unknown<'static>>>);

impl Constructors {
    fn of(env: &Env) -> Result<&'static mut Self> {
        if env.get_instance_data::<Self>()?.is_none() {
            env.set_instance_data(Self::default(), (), |_| ())?;
        }
        env.get_instance_data()?.ok_or_else(|| Error::from_reason("the engine keeps nothing"))
    }

    fn constructor<'env>(
        &mut self,
        env: &'env Env,
        record: &'static str,
        keys: &[&CStr],
    ) -> Result<Function<'env, Values, Unknown<'static>>> {
        if let Some(constructor) = self.0.get(record) {
            return constructor.borrow_back(env);
        }
        let constructor: Function<'_, Values, Unknown<'static>> = env.run_script(source(keys))?;
        self.0.insert(record, constructor.create_ref()?);
        Ok(constructor)
    }
}

/// `(_0, _1) => ({ id: _0, trialEnds: _1 })`
fn source(keys: &[&CStr]) -> String {
    let parameters = (0..keys.len()).map(|at| format!("_{at}")).collect::<Vec<_>>().join(", ");
    let property = |(at, key): (usize, &&CStr)| format!("{}: _{at}", key.to_string_lossy());
    let properties = keys.iter().enumerate().map(property).collect::<Vec<_>>().join(", ");
    format!("({parameters}) => ({{ {properties} }})")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_constructor_takes_the_values_in_the_order_of_the_keys() {
        assert_eq!(super::source(&[c"id", c"trialEnds"]), "(_0, _1) => ({ id: _0, trialEnds: _1 })");
        assert_eq!(super::source(&[]), "() => ({  })");
    }
}
