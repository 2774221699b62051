//! A store that fails when it is told to, so that every operation can be tried with a failure at each of its calls.
//!
//! ```
//! use handfast::store::{Memory, Store};
//! use handfast_tests::faulty::{Fault, Faulty};
//!
//! let store = Faulty::new(Memory::new());
//! store.plan(Fault::Fails.at(2));
//! assert!(store.read(&[]).is_ok());
//! assert!(store.read(&[]).is_err());
//! assert!(store.read(&[]).is_ok());
//! assert_eq!((store.calls(), store.struck()), (3, 1));
//! ```

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use handfast::{
    Code, Error, Result,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store},
};
use uuid::Uuid;

/// What goes wrong. A read or a list only knows `Fails`; the others happen to commits and let reads pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `store_busy`; nothing is written.
    Fails,
    /// `Conflict`; nothing is written.
    Refuses,
    /// `InDoubt`; nothing was written.
    LosesTheCall,
    /// `InDoubt`; all was written. The same changes sent again are not written a second time.
    LosesTheAnswer,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 4] = [Fault::Fails, Fault::Refuses, Fault::LosesTheCall, Fault::LosesTheAnswer];

    /// At the `call`-th call, the first being 1, and at no other.
    pub fn at(self, call: u64) -> Plan {
        Plan(Some((self, When::At(call))))
    }

    /// From the `call`-th call on; from 1, always.
    pub fn from(self, call: u64) -> Plan {
        Plan(Some((self, When::From(call))))
    }

    /// When changes are sent for the first time; sent again, they get through. Reads are let pass.
    pub fn once_each(self) -> Plan {
        Plan(Some((self, When::FirstSent)))
    }
}

/// What goes wrong, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan(Option<(Fault, When)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    At(u64),
    From(u64),
    FirstSent,
}

impl Plan {
    /// Nothing goes wrong.
    pub const NONE: Plan = Plan(None);

    fn strikes(self, call: u64, sent: Sent) -> Option<Fault> {
        let (fault, when) = self.0?;
        let now = match when {
            When::At(at) => call == at,
            When::From(from) => call >= from,
            When::FirstSent => sent == Sent::First,
        };
        (now && (fault == Fault::Fails || sent != Sent::Nothing)).then_some(fault)
    }
}

/// What a call sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Nothing,
    First,
    Again,
}

/// Where changes stand whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    Applied,
    NotApplied,
}

/// Passes everything on to `S`, except where its plan strikes. Migrations are neither counted nor struck.
#[derive(Debug, Default)]
pub struct Faulty<S> {
    store: S,
    plan: Mutex<Plan>,
    calls: AtomicU64,
    struck: AtomicU64,
    knows: bool,
    doubts: Mutex<HashMap<Uuid, Doubt>>,
}

impl<S: Store> Faulty<S> {
    /// A store without a plan: nothing goes wrong.
    pub fn new(store: S) -> Self {
        let (plan, calls, struck, knows, doubts) = Default::default();
        Faulty { store, plan, calls, struck, knows, doubts }
    }

    /// The same on a store that knows by itself what it has applied: it gets what is sent again.
    pub fn knowing(store: S) -> Self {
        Faulty { knows: true, ..Faulty::new(store) }
    }

    /// Follows `plan` from the next call on, which is the first again.
    pub fn plan(&self, plan: Plan) {
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
        self.calls.store(0, SeqCst);
        self.struck.store(0, SeqCst);
    }

    /// The store within, which never fails.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Calls of `read`, `list` and `commit` since the plan was made.
    pub fn calls(&self) -> u64 {
        self.calls.load(SeqCst)
    }

    /// How many of these calls went wrong. When none did, the plan lies behind the last call of the operation.
    pub fn struck(&self) -> u64 {
        self.struck.load(SeqCst)
    }

    fn call(&self, sent: Sent) -> Option<Fault> {
        let call = self.calls.fetch_add(1, SeqCst) + 1;
        let plan = *self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = plan.strikes(call, sent);
        self.struck.fetch_add(u64::from(fault.is_some()), SeqCst);
        fault
    }

    fn asked(&self) -> Result<&S> {
        match self.call(Sent::Nothing) {
            None => Ok(&self.store),
            Some(_) => Err(Error::new(Code::StoreBusy)),
        }
    }

    fn doubts(&self) -> MutexGuard<'_, HashMap<Uuid, Doubt>> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lost(&self, id: Uuid, doubt: Doubt) -> Result<(), CommitError> {
        self.doubts().insert(id, doubt);
        Err(CommitError::InDoubt)
    }
}

impl<S: Store> Store for Faulty<S> {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.asked()?.read(keys)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.asked()?.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        let id = changes.id;
        let doubt = self.doubts().get(&id).copied();
        let fault = self.call(if doubt.is_some() { Sent::Again } else { Sent::First });
        match (fault, doubt) {
            (None, Some(Doubt::Applied)) if self.knows => self.store.commit(changes),
            (None | Some(Fault::Refuses), Some(Doubt::Applied)) => Ok(()),
            (None, _) => self.store.commit(changes),
            (Some(Fault::Refuses), _) => Err(CommitError::Conflict),
            (Some(Fault::Fails), None) => Err(Error::new(Code::StoreBusy).into()),
            // "nothing was written" would be a claim that nobody can make of changes in doubt
            (Some(_), Some(Doubt::Applied)) => Err(CommitError::InDoubt),
            (Some(Fault::Fails | Fault::LosesTheCall), _) => self.lost(id, Doubt::NotApplied),
            (Some(Fault::LosesTheAnswer), _) => match self.store.commit(changes) {
                Ok(()) => self.lost(id, Doubt::Applied),
                Err(_) => self.lost(id, Doubt::NotApplied),
            },
        }
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}

#[cfg(test)]
#[path = "faulty_tests.rs"]
mod tests;
