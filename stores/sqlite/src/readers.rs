//! The connections that read.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    thread,
};

use handfast::store::{Key, Row};

use crate::{
    cells::{bind_all, row},
    connect::Origin,
    failure::Failure,
    locked,
    session::{Session, Statements},
    sql::statement::Shape,
};

/// The connections that read: opened when needed, kept when idle, and never more than can be busy at once.
pub(crate) struct Readers {
    origin: Origin,
    pool: Mutex<Pool>,
    /// Called when a connection is free.
    freed: Condvar,
    most: usize,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Session>,
    /// Connections lent out.
    lent: usize,
    /// Callers that wait for one.
    waiting: usize,
}

impl Readers {
    pub(crate) fn new(origin: Origin) -> Self {
        // more than the cores, because some wait for the disk; a few, because each keeps three files open
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Readers { origin, pool: Mutex::default(), freed: Condvar::new(), most: 4 + 2 * cores }
    }

    /// Reads on a connection that nobody else uses meanwhile.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut lent = Lent { of: self, session: self.take() };
        let session = match &mut lent.session {
            Some(session) => session,
            none => none.insert(self.origin.reader()?),
        };
        read(session)
    }

    /// An idle connection; `None` when one more is to be opened.
    fn take(&self) -> Option<Session> {
        let mut pool = locked(&self.pool);
        if pool.lent == self.most {
            pool.waiting += 1;
            pool = self.freed.wait_while(pool, |pool| pool.lent == self.most).unwrap_or_else(PoisonError::into_inner);
            pool.waiting -= 1;
        }
        pool.lent += 1;
        pool.idle.pop()
    }
}

/// A connection lent out, or the right to open one; dropped, it comes back, even after a panic.
struct Lent<'a> {
    of: &'a Readers,
    session: Option<Session>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // one that was left inside a transaction is closed
        let session = self.session.take().filter(Session::is_idle);
        let mut pool = locked(&self.of.pool);
        pool.lent -= 1;
        pool.idle.extend(session);
        let awaited = pool.waiting > 0;
        drop(pool);
        if awaited {
            self.of.freed.notify_one();
        }
    }
}

/// The rows under `keys`, all as of one moment.
pub(crate) fn read(session: &mut Session, keys: &[Key]) -> Result<Vec<Option<Row>>, Failure> {
    let mut statements = session.statements();
    if let [key] = keys {
        return Ok(vec![read_one(&mut statements, key)?]);
    }
    statements.say("BEGIN")?;
    let rows = keys.iter().map(|key| read_one(&mut statements, key)).collect();
    statements.say("COMMIT")?;
    rows
}

fn read_one(statements: &mut Statements<'_>, key: &Key) -> Result<Option<Row>, Failure> {
    let statement = statements.get(key.table, Shape::Read { key: key.key })?;
    bind_all(statement, &key.cells)?;
    let mut rows = statement.raw_query();
    rows.next()?.map(|found| row(key.table, found)).transpose()
}

#[cfg(test)]
impl Readers {
    /// Whether every connection has come back, and no more are open than may be.
    pub(crate) fn is_at_rest(&self) -> bool {
        let pool = locked(&self.pool);
        pool.lent == 0 && pool.waiting == 0 && (1..=self.most).contains(&pool.idle.len())
    }
}
