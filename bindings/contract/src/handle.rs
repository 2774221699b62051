//! An open library as a binding holds it: it can be closed, notices a fork, and lets no panic out.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    process,
    sync::{PoisonError, RwLock},
};

use handfast::{Code, Error, Handfast, Result};
use tracing::{Dispatch, dispatcher};

use crate::{
    failure::Failure,
    log::{self, is_logging},
};

/// The library, open on a store.
pub struct Handle {
    handfast: RwLock<Option<Handfast>>,
    log: Option<Dispatch>,
    /// The process that opened it: SQLite's connections do not survive a fork.
    process: u32,
}

impl Handle {
    pub(crate) fn new(handfast: Handfast, log: Option<Dispatch>) -> Self {
        log::prepare();
        Handle { handfast: RwLock::new(Some(handfast)), log, process: process::id() }
    }

    /// Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing.
    pub fn close(&self) {
        if self.is_forked() {
            return;
        }
        self.handfast.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Panics inside a call, for a host that wants to see that it survives: always `internal`.
    pub fn provoke_panic(&self) -> Result<(), Failure> {
        #[allow(clippy::panic, reason = "that is what it is for")]
        self.call("provoke_panic", |_| panic!("provoked"))
    }

    fn is_forked(&self) -> bool {
        process::id() != self.process
    }

    fn opened(&self) -> Result<Handfast> {
        // before any lock: another thread may have held it when the process forked
        if self.is_forked() {
            return Err(Error::new(Code::Forked));
        }
        let handfast = self.handfast.read().unwrap_or_else(PoisonError::into_inner);
        handfast.clone().ok_or_else(|| Error::new(Code::Closed))
    }

    /// Does what a call asks; what goes wrong comes back as data, panics included.
    pub(crate) fn call<T>(
        &self,
        operation: &'static str,
        decide: impl FnOnce(&Handfast) -> Result<T>,
    ) -> Result<T, Failure> {
        let decide = || {
            let decided = self.opened().and_then(|handfast| decide(&handfast));
            match &decided {
                Ok(_) => tracing::debug!(operation, "done"),
                Err(error) => tracing::debug!(operation, code = %error.code(), "refused"),
            }
            decided
        };
        let decide = AssertUnwindSafe(decide);
        let ended = match self.log.as_ref().filter(|_| !is_logging()) {
            None => catch_unwind(decide),
            Some(log) => dispatcher::with_default(log, || catch_unwind(decide)),
        };
        match ended {
            Ok(decided) => decided.map_err(Failure::from),
            Err(payload) => Err(Failure::panicked(&*payload)),
        }
    }
}

/// For tests and tools of this workspace: on a store, a clock and randomness of their own.
impl From<Handfast> for Handle {
    fn from(handfast: Handfast) -> Self {
        Handle::new(handfast, None)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.is_forked() {
            // closing SQLite in a forked process could undo what the first one holds: let the kernel clean up
            let handfast = self.handfast.get_mut().unwrap_or_else(PoisonError::into_inner);
            mem::forget(handfast.take());
        }
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

/// An error of an argument that tells which.
pub(crate) fn named<T>(name: &str, checked: Result<T>) -> Result<T> {
    checked.map_err(|error| match error.faults() {
        [] => Error::because(error.code(), format!("`{name}` {}", error.message())),
        _ => error,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use handfast::store::Memory;

    use super::*;

    fn of_process(process: u32) -> Handle {
        let mut handle = Handle::from(Handfast::builder(Memory::new()).build().unwrap());
        handle.process = process;
        handle
    }

    #[test]
    fn a_handle_of_another_process_refuses_and_is_not_closed() {
        let forked = of_process(process::id() + 1);
        assert_eq!(forked.call("invites.open", |_| Ok(())).unwrap_err().code, Code::Forked);
        forked.close();
        assert!(forked.handfast.read().unwrap().is_some());
    }

    #[test]
    fn an_error_tells_its_argument_and_faults_tell_their_own() {
        let named = |error| named::<()>("customer", Err(error)).unwrap_err();
        assert_eq!(named(Error::new(Code::NotAnId)).message(), "`customer` is not an id");
        let mut faults = handfast::Faults::default();
        faults.add("price_type", Code::NotAnId);
        assert_eq!(named(faults.finish().unwrap_err()).message(), "`price_type` is not an id");
    }
}
