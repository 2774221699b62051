//! The connections that read.

use std::{sync::Mutex, thread};

use handfast::store::{Key, Row};

use crate::{
    cells::{bind_all, row},
    connect::Origin,
    failure::Failure,
    locked,
    session::{Session, Statements},
    sql::statement::Shape,
};

/// Connections that nobody uses now; each reader takes one, or opens one more.
pub(crate) struct Readers {
    origin: Origin,
    idle: Mutex<Vec<Session>>,
    /// Connections kept beyond this many would never run at once.
    kept: usize,
}

impl Readers {
    pub(crate) fn new(origin: Origin) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Readers { origin, idle: Mutex::default(), kept: (2 * cores).max(4) }
    }

    /// Reads on a connection that nobody else uses meanwhile.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let idle = locked(&self.idle).pop();
        let mut session = idle.map_or_else(|| self.origin.reader(), Ok)?;
        let found = read(&mut session);
        if session.is_idle() {
            let mut idle = locked(&self.idle);
            if idle.len() < self.kept {
                idle.push(session);
            }
        }
        found
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
