use handfast::{Code, Result};

/// The code of what was refused.
#[track_caller]
pub fn refusal<T>(result: Result<T>) -> Code {
    match result {
        Ok(_) => panic!("this should have been refused"),
        Err(error) => error.code(),
    }
}
