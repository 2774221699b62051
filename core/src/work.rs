//! A unit of work: the records that one decision has read, and what it makes of them.

mod entries;

use std::sync::Arc;

use uuid::Uuid;

use entries::{Absent, Entries, Entry, Is};

use crate::{
    clock::Timestamp,
    course::Account,
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    random::{self, SystemRandom},
    store::{Cell, Changes, CommitError, Expect, Fetch, Key, Record, Row, Table, ToCell, Write},
};

/// What a decision touches the world through: it reads records, changes them, and the difference is
/// committed if all that was read still stands.
///
/// `now`, ids and randomness come from here, so that a decision made again is made anew.
pub struct Work<'a> {
    handfast: &'a Handfast,
    now: Timestamp,
    entries: Entries,
    absent: Absent,
    /// Round trips made to read.
    rounds: u32,
    tallies: Vec<Write>,
    /// Accounts that are not at the present version of the course.
    behind: Vec<Account>,
    fault: Option<Error>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(handfast: &'a Handfast, now: Timestamp) -> Self {
        let (entries, absent, tallies, behind) = Default::default();
        Work { handfast, now, entries, absent, rounds: 0, tallies, behind, fault: None }
    }

    /// The moment of this attempt.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The library this work is done in: its policy, its keys.
    pub fn handfast(&self) -> &'a Handfast {
        self.handfast
    }

    /// A new id. Those of one process sort in the order they were made. Errors: `no_randomness`.
    pub fn new_id<T>(&self) -> Result<Id<T>> {
        let (at, sequence) = self.handfast.sequence().next(self.now);
        Ok(Id::new(at, sequence, random::bytes(self.handfast.random())?))
    }

    /// A new id that does not tell when it was made: for what a stranger gets to see who asks about an address, and
    /// who must not learn since when the address is known (invariant 35). Such ids do not sort.
    pub(crate) fn new_timeless_id<T>(&self) -> Result<Id<T>> {
        let random = random::bytes(self.handfast.random())?;
        let sequence = u16::from_be_bytes(random::bytes(self.handfast.random())?);
        Ok(Id::new(Timestamp::MIN, sequence, random))
    }

    /// The records under one or several keys, in one round trip.
    pub fn get<F: Fetch>(&mut self, what: F) -> Result<F::Found> {
        let keys = self.ahead(&what)?;
        let rows: Vec<_> = keys.iter().map(|key| self.current(key).map(Vec::as_slice)).collect();
        what.found(&mut rows.into_iter())
    }

    /// The same, where absence is an error. Errors: `not_found`.
    pub fn need<F: Fetch>(&mut self, what: F) -> Result<F::Needed> {
        F::needed(self.get(what)?)
    }

    /// Reads what is about to be asked for, in one round trip; gives its keys.
    pub(crate) fn ahead(&mut self, what: &impl Fetch) -> Result<Vec<Key>> {
        let mut keys = Vec::new();
        what.keys(&mut keys);
        self.read(&keys)?;
        Ok(keys)
    }

    /// Adds a new record.
    pub fn insert<T: Record>(&mut self, record: &T) {
        let id = record.id().to_cell();
        self.entries.push(Entry { table: T::TABLE, id, was: None, is: Is::Put(record.cells()) });
    }

    /// Changes a record that this work has read or inserted. An equal one writes nothing.
    pub fn put<T: Record>(&mut self, record: &T) {
        self.set::<T>(record.id(), Is::Put(record.cells()));
    }

    /// Removes a record that this work has read.
    pub fn delete<T: Record>(&mut self, id: Id<T>) {
        self.set::<T>(id, Is::Gone);
    }

    /// Adds to a number of a record, without reading it: many can count at once and none loses.
    /// `column` names a field of `T` that no key and no list holds.
    pub fn add<T: Record>(&mut self, id: Id<T>, column: &str, amount: i64) {
        match T::TABLE.tally(column) {
            Some(column) => self.tallies.push(Write::Add { table: T::TABLE, id: id.to_cell(), column, amount }),
            None => self.misused(T::TABLE, "counts in a column that is no tally"),
        }
    }

    /// Notes that an account is to move on to the present version of the course, once this is committed.
    pub(crate) fn moves_on_later(&mut self, account: Account) {
        if !self.behind.contains(&account) {
            self.behind.push(account);
        }
    }

    /// The accounts that are to move on.
    pub(crate) fn behind(&self) -> &[Account] {
        &self.behind
    }

    /// A record that this work changes: as it was read, and as it is to be.
    pub(crate) fn change_of<T: Record>(&self, id: Id<T>) -> Option<(&[Cell], &[Cell])> {
        let entry = self.entries.of_id(T::TABLE, &id.to_cell())?;
        Some((&entry.was.as_ref()?.cells, entry.cells()?))
    }

    /// A record that this work knows: as it is to be, and as it was read.
    pub(crate) fn states_of<T: Record>(&self, id: Id<T>) -> [Option<&[Cell]>; 2] {
        let entry = self.entries.of_id(T::TABLE, &id.to_cell());
        let was = entry.and_then(|entry| entry.was.as_ref()).map(|row| row.cells.as_slice());
        [entry.and_then(Entry::cells).map(Vec::as_slice), was]
    }

    fn set<T: Record>(&mut self, id: Id<T>, is: Is) {
        if !self.entries.set(T::TABLE, &id.to_cell(), is) {
            self.misused(T::TABLE, "changes a record that it has not read");
        }
    }

    /// A verb that breaks the rules of this type is told at the commit, so that its own code stays plain.
    fn misused(&mut self, table: &Table, how: &str) {
        self.fault = Some(Error::because(Code::Internal, format!("a decision on `{}` {how}", table.name)));
    }

    /// The row under a key as this work has left it.
    fn current(&self, key: &Key) -> Option<&Vec<Cell>> {
        self.entries.under(key).and_then(Entry::cells)
    }

    /// Reads what is not known yet.
    fn read(&mut self, keys: &[Key]) -> Result<()> {
        let known = |key: &&Key| self.current(key).is_some() || self.absent.contains(key);
        let unknown: Vec<Key> = keys.iter().filter(|key| !known(key)).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        self.rounds += 1;
        let rows = self.handfast.store().read(&unknown)?;
        for (key, row) in unknown.into_iter().zip(rows) {
            match row {
                None => self.absent.push(key),
                // changed or deleted by this work since, so that the key no longer names it
                Some(row) if self.entries.of_id(key.table, row.id()).is_some() => {}
                Some(row) => {
                    let (table, id) = (key.table, row.id().clone());
                    self.entries.push(Entry { table, id, was: Some(row), is: Is::Untouched });
                }
            }
        }
        Ok(())
    }

    /// Whether what was read in several round trips may never have stood at one moment: some of it has changed since.
    pub(crate) fn is_torn(&self) -> Result<bool> {
        if self.rounds < 2 {
            return Ok(false);
        }
        let read = self.entries.all().iter().filter(|entry| entry.was.is_some());
        let ids = read.clone().map(|entry| Key::id(entry.table, entry.id.clone()));
        let keys: Vec<_> = ids.chain(self.absent.all().iter().cloned()).collect();
        let now = self.handfast.store().read(&keys)?;
        let version = |row: &Option<Row>| row.as_ref().map(|row| row.version);
        let was = read.map(|entry| version(&entry.was)).chain(self.absent.all().iter().map(|_| None));
        Ok(now.iter().map(version).ne(was))
    }

    /// Whether something that these changes of this work rest on has changed since, or is there by now.
    pub(crate) fn is_stale(&self, changes: &Changes) -> Result<bool> {
        let absent = self.absent.all().iter().map(|key| (key.clone(), None));
        let (keys, versions): (Vec<_>, Vec<_>) = changes.grounds().chain(absent).unzip();
        let rows = self.handfast.store().read(&keys)?;
        Ok(rows.iter().map(|row| row.as_ref().map(|row| row.version)).ne(versions))
    }

    /// Whether a commit failed only because someone else was faster, so that deciding again makes sense.
    /// `CommitError::Duplicate` is a race only on a key that was looked up and found absent; on any other it is
    /// the caller's error.
    pub(crate) fn raced(&self, error: &CommitError) -> bool {
        match error {
            CommitError::Conflict => true,
            CommitError::Duplicate { table, key } => {
                self.absent.all().iter().any(|looked| looked.table.is(table) && looked.key == *key)
            }
            CommitError::InDoubt | CommitError::Store(_) => false,
        }
    }

    /// The difference; `None` when nothing is to be written.
    pub(crate) fn changes(&mut self) -> Result<Option<Arc<Changes>>> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        // an insert under a key found absent is checked by the unique key itself
        let inserted = |key: &&Key| self.entries.under(key).is_some_and(|entry| entry.was.is_none());
        let absent: Vec<_> = self.absent.all().iter().filter(|key| !inserted(key)).cloned().collect();
        let (mut expect, mut writes) = (Vec::new(), Vec::with_capacity(self.entries.all().len()));
        for Entry { table, id, was, is } in self.entries.drain() {
            let unchanged = |row: Row| Expect::Version { table, id, version: row.version };
            match (was, is) {
                (None, Is::Untouched | Is::Gone) => {}
                (None, Is::Put(cells)) => writes.push(Write::insert(table, cells)),
                (Some(row), Is::Gone) => writes.push(Write::delete(table, &row)),
                (Some(row), Is::Untouched) => expect.push(unchanged(row)),
                (Some(row), Is::Put(cells)) => match Write::update(table, &row, cells) {
                    Some(write) => writes.push(write),
                    None => expect.push(unchanged(row)),
                },
            }
        }
        writes.append(&mut self.tallies);
        expect.extend(absent.into_iter().map(Expect::Absent));
        if writes.is_empty() {
            return Ok(None);
        }
        // the system's, whatever randomness the host gives: what bears an id that a store knows is taken for applied
        let id = Uuid::from_bytes(random::bytes(&SystemRandom)?);
        Ok(Some(Arc::new(Changes { id, expect, writes })))
    }
}
