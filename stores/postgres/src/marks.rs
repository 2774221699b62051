//! The table of the changes that were applied.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use handfast::store::Changes;
use tokio_postgres::types::Type;
use uuid::Uuid;

use crate::{
    cells::Param,
    shared::Shared,
    sql::{Place, Sql},
    wire::Ask,
};

/// Time now, as the server has it: the clocks of the hosts may differ.
pub(crate) const NOW: &str = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// Marks that are pruned at once, so that no transaction is long.
const PRUNED: i64 = 10_000;

/// How often a store prunes.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// The statements on marks.
pub(crate) struct Marks {
    /// Marks changes as applied.
    pub(crate) write: Arc<Sql>,
    forbid: Arc<Sql>,
    ask: Arc<Sql>,
    prune: Arc<Sql>,
    pruned: Mutex<Option<Instant>>,
    /// Changes of which nobody knows whether they were applied, until they are sent again.
    doubts: Mutex<HashSet<Uuid>>,
}

impl Marks {
    pub(crate) fn new(place: &Place) -> Self {
        let table = place.own("change");
        let sql = |text: String, types: &[Type]| Arc::new(Sql { text, types: types.to_vec() });
        let write = |applied| format!("INSERT INTO {table} (id, applied, at) VALUES ($1, {applied}, {NOW})");
        Marks {
            write: sql(write(true), &[Type::UUID]),
            forbid: sql(write(false), &[Type::UUID]),
            ask: sql(format!("UPDATE {table} SET at = at WHERE id = $1 RETURNING applied"), &[Type::UUID]),
            prune: sql(
                format!(
                    "WITH done AS (DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < {NOW} - $1 \
                     ORDER BY at LIMIT $2) RETURNING 1) SELECT count(*) FROM done"
                ),
                &[Type::INT8, Type::INT8],
            ),
            pruned: Mutex::default(),
            doubts: Mutex::default(),
        }
    }

    /// Whether changes were applied (true) or may not be any more (false). It writes, so that its commit waits for what
    /// other commits wait for.
    pub(crate) fn ask(&self, changes: &Changes) -> Ask<'static> {
        Ask { sql: Arc::clone(&self.ask), params: vec![Param::Uuid(changes.id)] }
    }

    /// Has changes be applied never more.
    pub(crate) fn forbid(&self, changes: &Changes) -> Ask<'static> {
        Ask { sql: Arc::clone(&self.forbid), params: vec![Param::Uuid(changes.id)] }
    }

    /// Notes that nobody knows of changes whether they were applied.
    pub(crate) fn doubt(&self, changes: &Changes) {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner).insert(changes.id);
    }

    /// Whether changes are sent again of which that was noted.
    pub(crate) fn doubted(&self, changes: &Changes) -> bool {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner).remove(&changes.id)
    }

    /// Whether it is time to prune; says so to one caller.
    pub(crate) fn are_due(&self) -> bool {
        let mut pruned = self.pruned.lock().unwrap_or_else(PoisonError::into_inner);
        let due = pruned.is_none_or(|at| at.elapsed() >= EVERY);
        if due {
            *pruned = Some(Instant::now());
        }
        due
    }
}

/// Removes marks that nobody asks for any more. What fails is done the next time.
pub(crate) async fn prune(shared: Arc<Shared>) {
    // longer than any time: for ever
    let Ok(age) = i64::try_from(shared.remember.as_millis()) else { return };
    loop {
        let params = vec![Param::Int(age), Param::Int(PRUNED)];
        let ask = Ask { sql: Arc::clone(&shared.marks.prune), params };
        let Ok(mut lent) = shared.pool.take().await else { return };
        let Ok(answers) = lent.send(Some(shared.frames.write()), &[ask]).await else { return };
        let pruned = answers.first().and_then(|rows| rows.first()).and_then(|row| row.try_get::<_, i64>(0).ok());
        if pruned.is_none_or(|pruned| pruned < PRUNED) {
            return;
        }
    }
}
