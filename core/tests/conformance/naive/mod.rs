//! The plainest store there can be: every question looks at every row. It keeps all promises, or breaks some.

mod commit;
mod list;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use handfast::{
    Code, Error, Result,
    store::{Cell, Changes, CommitError, Expect, Key, Query, Row, Schema, SchemaVersion, Source, Store},
};
use uuid::Uuid;

use crate::flaws::Flaw::{self, *};

/// A store with at most one flaw.
#[derive(Default)]
pub(crate) struct Naive {
    flaw: Option<Flaw>,
    state: Mutex<State>,
    before: Mutex<State>,
    sent: Mutex<HashSet<Uuid>>,
    /// How often something was committed.
    commits: AtomicU64,
}

/// All that is stored.
#[derive(Clone, Default)]
struct State {
    schema: Option<SchemaVersion>,
    rows: BTreeMap<&'static str, Vec<Row>>,
    words: BTreeSet<Found>,
    /// Keys that were ever held, by table and position.
    held: HashSet<(&'static str, usize, Vec<Cell>)>,
}

/// Table, search, fixed cells, word and id: what a search looks through, kept by the `words` of the writes alone.
type Found = (&'static str, usize, Vec<Cell>, String, Cell);

fn pick(columns: &[usize], cells: &[Cell]) -> Vec<Cell> {
    columns.iter().map(|at| cells[*at].clone()).collect()
}

impl Naive {
    pub(crate) fn new(flaw: Option<Flaw>) -> Self {
        Naive { flaw, ..Naive::default() }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// Lets another commit come in between, if anyone has one.
    fn linger(&self) {
        let (commits, begun) = (self.commits.load(SeqCst), Instant::now());
        while self.commits.load(SeqCst) == commits && begun.elapsed() < Duration::from_millis(5) {
            thread::yield_now();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `mine`, the cells of a unique key, are those of another row or question.
    fn same_key(&self, mine: &[Cell], other: &[Cell]) -> bool {
        let from = if self.has(IgnoresScopes) { mine.len().saturating_sub(1) } else { 0 };
        let same = |a: &Cell, b: &Cell| match (a, b) {
            (Cell::Null, Cell::Null) => self.has(NullEqualsNull),
            (Cell::Text(a), Cell::Text(b)) if self.has(FoldsKeys) => a.to_lowercase() == b.to_lowercase(),
            (a, b) => a == b,
        };
        mine[from..].iter().zip(&other[from..]).all(|(a, b)| same(a, b))
    }

    fn find<'a>(&self, state: &'a State, key: &Key) -> Option<&'a Row> {
        let columns = key.declared().columns;
        let mut rows = state.rows.get(key.table.name)?.iter();
        rows.find(|row| self.same_key(&key.cells, &pick(columns, &row.cells)))
    }
}

impl Store for Naive {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        if self.has(LimitsItsParameters) && keys.len() > 500 {
            return Err(Error::new(Code::StoreFailed));
        }
        if self.has(ReadsOneByOne) && keys.len() > 1 {
            let one = |key: &Key| {
                self.linger();
                self.find(&self.state(), key).cloned()
            };
            return Ok(keys.iter().map(one).collect());
        }
        let state = if self.has(ReadsTheCommitBefore) { &self.before } else { &self.state };
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rows: Vec<_> = keys.iter().map(|key| self.find(&state, key).cloned()).collect();
        if self.has(ReadsInAnotherOrder) {
            rows.sort_by_key(|row| row.as_ref().map(|row| row.id().clone()));
        }
        Ok(rows)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        let state = self.state().clone();
        let rows = state.rows.get(query.table.name).cloned().unwrap_or_default();
        let found = match &query.source {
            Source::Table => self.index(None, query, rows),
            Source::Index(at) => self.index(Some(*at), query, rows),
            Source::Search { search, words } => self.search(*search, words, query, &state),
        };
        let limit = if self.has(IgnoresTheLimit) { usize::MAX } else { query.limit as usize };
        let found = found.into_iter().take(limit);
        if self.has(ListsInTwoSteps) {
            self.linger();
            let now = self.state();
            let again = |row: Row| self.find(&now, &Key::id(query.table, row.id().clone())).cloned();
            return Ok(found
                .enumerate()
                .filter_map(|(at, row)| if at == 0 { Some(row) } else { again(row) })
                .collect());
        }
        Ok(found.collect())
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        if self.has(LimitsItsParameters) && changes.writes.len() > 500 {
            return Err(Error::new(Code::StoreFailed).into());
        }
        if self.has(CommitsUnlocked) || self.has(ShowsWhatFails) || self.has(CommitsHalf) {
            return self.commit_unlocked(&changes);
        }
        let mut state = self.state();
        let stands = |state: &State| match changes.expect.iter().all(|expect| self.expects(state, expect)) {
            true => Ok(()),
            false => Err(CommitError::Conflict),
        };
        if self.has(TellsDuplicatesFirst) {
            self.changed(&state, &changes)?;
        }
        if !self.has(ExpectsAfterWriting) {
            stands(&state)?;
        }
        let mut after = self.changed(&state, &changes)?;
        if self.has(ExpectsAfterWriting) {
            stands(&after)?;
        }
        for row in after.rows.values_mut().flatten().filter(|_| self.has(ChangesWhatItExpects)) {
            let rests = |expect: &Expect| matches!(expect, Expect::Version { id, .. } if id == row.id());
            row.version += i64::from(changes.expect.iter().any(rests));
        }
        *self.before.lock().unwrap_or_else(PoisonError::into_inner) = state.clone();
        *state = after;
        self.commits.fetch_add(1, SeqCst);
        let first = self.sent.lock().unwrap_or_else(PoisonError::into_inner).insert(changes.id);
        if first && self.has(AppliesTwice) { Err(CommitError::InDoubt) } else { Ok(()) }
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        let mut state = self.state();
        if self.has(ForgetsOnMigration) {
            *state = State::default();
        }
        match state.schema {
            Some(_) if self.has(MigratesOnce) => return Err(Error::new(Code::StoreFailed)),
            Some(reached) if reached > schema.version && !self.has(TakesOlderSchemas) => {
                return Err(Error::new(Code::NewerSchema));
            }
            _ => state.schema = Some(schema.version),
        }
        Ok(schema.version)
    }
}
