//! What the library decides, committed by the host together with rows of its own.

use std::{error::Error as StdError, sync::Arc};

use super::{ATTEMPTS, Handfast, PATIENCE, Then};
use crate::{
    error::{Code, Error, Result},
    store::{Captured, Changes, CommitError},
};

/// Whatever a host's own transaction can fail with.
pub type HostError = Box<dyn StdError + Send + Sync>;

impl Handfast {
    /// Calls a verb, and has the host commit what it decided in a transaction of the host's own: the library's changes and
    /// the host's rows are there together, or not at all.
    ///
    /// `verb` calls one verb of the library that it is given, which reads and decides as always and commits nothing.
    /// `commit` gets the answer and the changes. It begins a transaction, writes what is the host's, applies the changes
    /// (`SqliteStore::apply`, `PostgresStore::apply`), and commits; when it fails, it leaves the transaction undone and gives
    /// the error. Where that is the `Conflict` of `apply`, be it as the cause of another error, something was faster: both
    /// are called again, up to twelve times; after `Duplicate` twice, for the verb most often knows why. Any other error is
    /// given to the caller. Neither may call this library in another way: others may be kept waiting meanwhile.
    ///
    /// Only a verb that commits once can be called so; those on many rows commit many times (`internal`). When the answer to the
    /// host's own `COMMIT` is lost, it is for the host to look whether its rows are there.
    ///
    /// ```
    /// # use handfast::{Handfast, example, store::{Memory, Store}};
    /// # let handfast = Handfast::builder(Memory::new()).build()?;
    /// # let admin = example::sign_up(&handfast)?;
    /// let retail = handfast.together(
    ///     |handfast| handfast.price_types().add(admin, "Retail"),
    ///     // a host with a database begins a transaction here
    ///     |price_type, changes| {
    ///         println!("{} is about to be there", price_type.name);
    ///         Ok(handfast.store().commit(changes.clone())?)
    ///     },
    /// )?;
    /// assert_eq!(retail.name.as_str(), "Retail");
    /// # Ok::<_, handfast::HostError>(())
    /// ```
    ///
    /// Errors: those of `verb`, those of `commit`.
    pub fn together<T>(
        &self,
        verb: impl Fn(&Handfast) -> Result<T>,
        mut commit: impl FnMut(&T, &Arc<Changes>) -> Result<(), HostError>,
    ) -> Result<T, HostError> {
        let mut attempt = 0;
        loop {
            let turn = self.turn(attempt);
            let captured = Captured::new(Arc::clone(&self.0.store));
            let answer = verb(&Handfast::on(Arc::new(captured.clone()), Arc::clone(&self.0.means), Then::Ends))?;
            let changes = captured.take()?;
            match commit(&answer, &changes) {
                Ok(()) => return Ok(answer),
                Err(lost) if attempt < tries_after(&*lost) => {}
                Err(error) => return Err(error),
            }
            drop(turn);
            tracing::debug!(attempt, "a host's transaction lost a race and is made again");
            self.pause(attempt)?;
            attempt += 1;
        }
    }
}

/// How often it makes sense to try again after this.
fn tries_after(error: &(dyn StdError + 'static)) -> u32 {
    let is_contention = |error: &Error| error.code() == Code::Contention;
    match error.downcast_ref() {
        Some(CommitError::Conflict) => ATTEMPTS,
        Some(CommitError::Duplicate { .. }) => PATIENCE,
        _ if error.downcast_ref().is_some_and(is_contention) => ATTEMPTS,
        _ => error.source().map_or(0, tries_after),
    }
}
