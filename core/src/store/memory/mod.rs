//! The store in memory: for tests and demos, keeping the same promises from the same declarations.

mod room;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use room::Room;

use super::{Changes, CommitError, Expect, Key, Query, Row, Schema, SchemaVersion, Source, Store};
use crate::error::Result;

/// Records in this process, gone with it.
#[derive(Default)]
pub struct Memory {
    rooms: Mutex<Rooms>,
    schemas: Mutex<BTreeMap<&'static str, SchemaVersion>>,
}

type Rooms = BTreeMap<&'static str, Room>;

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Memory::default()
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(rooms: &Rooms, expect: &Expect) -> Result<(), CommitError> {
    let stands = match expect {
        Expect::Version { table, id, version } => rooms.get(table.name).is_some_and(|room| room.stands(id, *version)),
        Expect::Absent(key) => rooms.get(key.table.name).is_none_or(|room| room.find(key).is_none()),
    };
    if stands { Ok(()) } else { Err(CommitError::Conflict) }
}

impl Store for Memory {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        let rooms = self.rooms();
        Ok(keys.iter().map(|key| rooms.get(key.table.name)?.find(key).cloned()).collect())
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        let rooms = self.rooms();
        let Some(room) = rooms.get(query.table.name) else { return Ok(Vec::new()) };
        Ok(match &query.source {
            Source::Table => room.all(query),
            Source::Index(at) => room.list(*at, query),
            Source::Search { search, words } => room.search(*search, words, query),
        })
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        let rooms = &mut *self.rooms();
        changes.expect.iter().try_for_each(|expect| check(rooms, expect))?;
        let mut done = Vec::with_capacity(changes.writes.len());
        let written = changes.writes.iter().try_for_each(|change| {
            let table = change.table();
            done.push((table, rooms.entry(table.name).or_insert_with(|| Room::new(table)).write(change)?));
            Ok(())
        });
        if written.is_err() {
            for (table, (id, before)) in done.into_iter().rev() {
                rooms.entry(table.name).or_insert_with(|| Room::new(table)).set(id, before);
            }
        }
        written
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        let reached = schemas.entry(schema.name).or_insert(schema.version);
        schema.is_behind(Some(*reached))?;
        *reached = schema.version;
        Ok(schema.version)
    }
}
