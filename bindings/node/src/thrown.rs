//! What is thrown at JavaScript: errors that carry a failure, which the other half makes its own of, and `TypeError`s.

use handfast_contract::{
    Code, Failure,
    node::{ToJs, Unfit, Why},
};
use napi::{Env, Error, JsTypeError, JsValue, bindgen_prelude::JsObjectValue};

/// Throws a failure: an error that carries it.
pub(crate) fn failure(env: &Env, failure: &Failure) -> Error {
    let thrown = || {
        let mut thrown = env.create_error(Error::from_reason(failure.message.clone()))?;
        thrown.set_c_named_property(c"failure", failure.to_js(env)?)?;
        Ok(thrown.to_unknown())
    };
    thrown().map_or_else(|error| error, Error::from)
}

/// Throws a value that cannot be taken: what is of another type is a `TypeError`.
pub(crate) fn unfit(env: Env, unfit: Unfit) -> Error {
    let path = unfit.path();
    match unfit.why {
        Why::OtherType { expected, got } => type_error(env, format!("`{path}` must be {expected}, got {got}")),
        Why::Refused(refused) if refused.code == Code::OutOfRange => {
            let message = format!("`{path}` {}", refused.message);
            failure(&env, &Failure { message, ..*refused })
        }
        Why::Refused(refused) => failure(&env, &refused),
        Why::Engine(error) => error,
    }
}

/// Throws a `TypeError`, with the code that Node itself gives one.
pub(crate) fn type_error(env: Env, message: String) -> Error {
    let error = Error::new("ERR_INVALID_ARG_TYPE", message);
    Error::from(JsTypeError::from(error).into_unknown(env))
}

/// A failure of this half of the package.
pub(crate) fn failed(code: Code, message: String) -> Failure {
    let (category, retryable) = (code.category(), code.retryable());
    Failure { code, category, retryable, message, faults: Vec::new(), retry_after: None }
}
