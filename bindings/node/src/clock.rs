//! A clock that a test sets.

use handfast_contract::{
    Duration, Timestamp,
    node::{FromJs, ToJs},
};
use napi::{Env, Result, bindgen_prelude::Unknown};
use napi_derive::napi;

use crate::thrown;

/// A clock that stands still until it is set.
#[napi(js_name = "Clock")]
pub struct NodeClock(pub(crate) handfast_contract::ManualClock);

fn taken<T: FromJs>(env: Env, name: &str, value: Unknown<'_>) -> Result<T> {
    T::from_js(value).map_err(|unfit| thrown::unfit(env, unfit.inside(name)))
}

fn time(env: Env, at: Unknown<'_>) -> Result<Timestamp> {
    let at: Timestamp = taken(env, "at", at)?;
    at.checked().map(Timestamp::from).map_err(|error| thrown::failure(&env, &error.into()))
}

#[napi]
impl NodeClock {
    /// A clock that shows `at`.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, at: Unknown<'_>) -> Result<Self> {
        Ok(NodeClock(handfast_contract::ManualClock::new(time(env, at)?)))
    }

    /// What it shows.
    #[napi(catch_unwind)]
    pub fn now<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.0.now().to_js(env)
    }

    /// Sets it.
    #[napi(catch_unwind)]
    pub fn set(&self, env: Env, at: Unknown<'_>) -> Result<()> {
        self.0.set(time(env, at)?);
        Ok(())
    }

    /// Lets time pass.
    #[napi(catch_unwind)]
    pub fn advance(&self, env: Env, by: Unknown<'_>) -> Result<()> {
        let by: Duration = taken(env, "by", by)?;
        self.0.advance(by);
        Ok(())
    }
}
