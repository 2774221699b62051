//! All that is stored, as one value: what an operation did, or did not do, is the difference of two.
//!
//! A store cannot be asked for a whole table, so the rows are those that were ever written through a [`Recorder`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use handfast::{
    Result,
    store::{Cell, Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store, Table, Write},
};

/// Passes everything on to `S`, and remembers the id of every row that a commit names.
#[derive(Debug, Default)]
pub struct Recorder<S> {
    store: S,
    written: Mutex<BTreeMap<(&'static str, Cell), &'static Table>>,
}

/// Every row, with its version, by the name of its table and its id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot(BTreeMap<(&'static str, Cell), Row>);

impl<S: Store> Recorder<S> {
    /// Records from now on: `store` should be empty.
    pub fn new(store: S) -> Self {
        Recorder { store, written: Mutex::default() }
    }

    /// The store within.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// All rows that stand now, as of one moment. Errors: those of the store.
    pub fn snapshot(&self) -> Result<Snapshot> {
        let written = self.written().clone();
        let keys: Vec<_> = written.iter().map(|((_, id), table)| Key::id(table, id.clone())).collect();
        let rows = self.store.read(&keys)?;
        let standing = written.into_keys().zip(rows).filter_map(|(place, row)| Some((place, row?)));
        Ok(Snapshot(standing.collect()))
    }

    fn written(&self) -> MutexGuard<'_, BTreeMap<(&'static str, Cell), &'static Table>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Snapshot {
    /// The rows of `table`, by id.
    pub fn rows(&self, table: &Table) -> Vec<&Row> {
        self.0.iter().filter(|((name, _), _)| *name == table.name).map(|(_, row)| row).collect()
    }

    /// The tables and ids of the rows that are not the same in `later`: changed, gone or new.
    pub fn changed(&self, later: &Snapshot) -> Vec<(&'static str, Cell)> {
        let places = self.0.keys().chain(later.0.keys().filter(|place| !self.0.contains_key(*place)));
        let mut changed: Vec<_> = places.filter(|place| self.0.get(*place) != later.0.get(*place)).cloned().collect();
        changed.sort();
        changed
    }
}

/// The id of the row that is written.
fn id(write: &Write) -> Option<&Cell> {
    match write {
        Write::Insert { cells, .. } | Write::Update { cells, .. } => cells.first(),
        Write::Delete { id, .. } | Write::Add { id, .. } => Some(id),
    }
}

impl<S: Store> Store for Recorder<S> {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.store.read(keys)
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.store.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        // also those of commits that fail: it is for the snapshot to show that they left nothing
        let places = changes.writes.iter().filter_map(|write| {
            let table = write.table();
            Some(((table.name, id(write)?.clone()), table))
        });
        self.written().extend(places);
        self.store.commit(changes)
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.store.migrate(schema)
    }
}

#[cfg(test)]
mod tests {
    use handfast::{
        Id, Timestamp,
        store::{
            Memory, Record,
            conformance::{SCHEMA, Shop},
        },
    };

    use super::*;

    fn shop(number: i64) -> Shop {
        Shop { id: Id::new(Timestamp::from_millis(number), 0, [0; 8]), name: number.to_string(), visits: 0 }
    }

    fn commit(store: &dyn Store, writes: Vec<Write>) -> Result<(), CommitError> {
        store.commit(Arc::new(Changes { writes, ..Changes::default() }))
    }

    fn recorder() -> Recorder<Memory> {
        let recorder = Recorder::new(Memory::new());
        recorder.migrate(&SCHEMA).expect("migrates");
        let shops = [1, 2].map(|number| Write::insert(Shop::TABLE, shop(number).cells()));
        commit(&recorder, shops.into()).expect("inserts");
        recorder
    }

    #[test]
    fn a_snapshot_holds_every_row_and_no_deleted_one() {
        let recorder = recorder();
        let before = recorder.snapshot().expect("reads");
        assert_eq!(before.rows(Shop::TABLE).len(), 2);
        let [one, two] = [1, 2].map(|number| shop(number).cells());
        let renamed = Shop { name: "other".into(), ..shop(1) }.cells();
        let row = |cells| Row { version: 1, cells };
        let update = Write::update(Shop::TABLE, &row(one.clone()), renamed.clone()).expect("a change");
        let insert = Write::insert(Shop::TABLE, shop(3).cells());
        commit(&recorder, vec![update, Write::delete(Shop::TABLE, &row(two.clone())), insert]).expect("commits");
        let after = recorder.snapshot().expect("reads");
        let standing = [Row { version: 2, cells: renamed }, row(shop(3).cells())];
        assert_eq!(after.rows(Shop::TABLE), standing.iter().collect::<Vec<_>>());
        let places = [one, two, shop(3).cells()].map(|cells| ("conformance_shop", cells[0].clone()));
        assert_eq!(before.changed(&after), places);
        assert_eq!(after.changed(&before), places);
    }

    #[test]
    fn a_tally_shows_though_the_version_stays() {
        let recorder = recorder();
        let before = recorder.snapshot().expect("reads");
        let id = shop(1).cells()[0].clone();
        commit(&recorder, vec![Write::Add { table: Shop::TABLE, id, column: 2, amount: 1 }]).expect("adds");
        assert_ne!(recorder.snapshot().expect("reads"), before);
    }

    #[test]
    fn a_commit_that_failed_leaves_the_same_snapshot() {
        let recorder = recorder();
        let before = recorder.snapshot().expect("reads");
        let writes = [3, 1].map(|number| Write::insert(Shop::TABLE, shop(number).cells()));
        assert!(commit(&recorder, writes.into()).is_err());
        assert_eq!(recorder.snapshot().expect("reads"), before);
    }
}
