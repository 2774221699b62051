//! How far a call with many rows has come.

use std::fmt;

use serde::Serialize;

/// How far a call with many rows has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Rows that are done.
    pub done: u32,
    /// Rows of the call.
    pub total: u32,
}

/// Who hears of it, if somebody does.
#[derive(Clone, Copy, Default)]
pub(crate) struct Listener<'a>(Option<&'a dyn Fn(Progress)>);

impl<'a> Listener<'a> {
    pub(crate) fn new(tell: &'a dyn Fn(Progress)) -> Self {
        Listener(Some(tell))
    }

    pub(crate) fn tell(self, done: u32, total: u32) {
        if let Some(tell) = self.0 {
            tell(Progress { done, total });
        }
    }
}

impl fmt::Debug for Listener<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener" } else { "nobody" })
    }
}
