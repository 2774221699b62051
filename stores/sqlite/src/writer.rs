//! The connection that writes, and who writes with it.
//!
//! There is no writer thread. Whoever commits joins the group that is forming. The first of a group leads it: as soon
//! as the connection is free, the group is closed and committed in one transaction, and all members are woken at once.
//! Meanwhile the next group forms. Nobody waits for others to come: the disk makes them come.

use std::{
    mem,
    sync::{Arc, Mutex, OnceLock},
};

use handfast::{
    Code, Error,
    store::{Changes, CommitError},
};

use crate::{
    failure::Failure,
    group::{self, Outcome},
    locked,
    session::Session,
};

/// The one connection of this process that writes.
pub(crate) struct Writer {
    session: Mutex<Session>,
    forming: Mutex<Forming>,
}

/// The group that is forming.
#[derive(Default)]
struct Forming {
    members: Vec<Arc<Changes>>,
    told: Arc<Told>,
}

/// What the members of a group wait for: the outcome of each, in the order they joined.
#[derive(Default)]
struct Told(OnceLock<Vec<Mutex<Option<Outcome>>>>);

impl Writer {
    pub(crate) fn new(session: Session) -> Self {
        Writer { session: Mutex::new(session), forming: Mutex::default() }
    }

    /// Runs `work` alone on the connection.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Session) -> T) -> T {
        work(&mut locked(&self.session))
    }

    /// Commits `changes`, together with what others commit at the same time.
    pub(crate) fn commit(&self, changes: Arc<Changes>) -> Outcome {
        let (told, place) = self.join(changes);
        if place == 0 {
            self.lead(&told);
        }
        told.outcome(place)
    }

    /// Joins the group that is forming; gives the place in it.
    fn join(&self, changes: Arc<Changes>) -> (Arc<Told>, usize) {
        let mut forming = locked(&self.forming);
        forming.members.push(changes);
        (Arc::clone(&forming.told), forming.members.len() - 1)
    }

    /// Commits the group, and tells its members when the connection is free for the next.
    fn lead(&self, told: &Told) {
        let mut led = Led { told, members: 0, outcomes: Vec::new() };
        let mut session = locked(&self.session);
        let begun = group::begin(&mut session);
        let members = mem::take(&mut *locked(&self.forming)).members;
        led.members = members.len();
        led.outcomes = match begun {
            Ok(()) => group::commit(&mut session, &members),
            Err(failure) => group::refuse_all(&members, failure),
        };
    }
}

/// A group while it is led; dropped, it tells every member, even when the leader panicked.
struct Led<'a> {
    told: &'a Told,
    members: usize,
    outcomes: Vec<Outcome>,
}

impl Drop for Led<'_> {
    fn drop(&mut self) {
        let mut outcomes: Vec<_> = self.outcomes.drain(..).map(|outcome| Mutex::new(Some(outcome))).collect();
        outcomes.resize_with(self.members, || Mutex::new(Some(Err(Failure::Misuse.into()))));
        // nobody else tells this group
        let _ = self.told.0.set(outcomes);
    }
}

impl Told {
    /// Waits for the outcome of the member at `place`.
    fn outcome(&self, place: usize) -> Outcome {
        let outcome = self.0.wait().get(place).and_then(|outcome| locked(outcome).take());
        outcome.unwrap_or_else(|| Err(CommitError::Store(Error::new(Code::Internal))))
    }
}
