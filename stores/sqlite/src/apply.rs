//! One set of changes inside a transaction that someone else began.

use handfast::store::{Cell, Changes, CommitError, Expect, Table, Words, Write};

use crate::{
    cells::{bind, bind_all},
    failure::Failure,
    session::Statements,
    sql::statement::Shape,
    versions::Versions,
};

/// Words that one statement writes at most: more would only make more statements to keep.
const WORDS: usize = 8;

/// Applies changes, one set after the other, in one transaction.
pub(crate) struct Applier<'c> {
    pub(crate) statements: Statements<'c>,
    versions: Versions,
    wrote: bool,
}

impl<'c> Applier<'c> {
    pub(crate) fn new(statements: Statements<'c>, versions: Versions) -> Self {
        Applier { statements, versions, wrote: false }
    }

    /// Whether the last set of changes wrote something, even when it failed.
    pub(crate) fn wrote(&self) -> bool {
        self.wrote
    }

    /// Says what undoes the last set of changes.
    pub(crate) fn undo(&mut self, statement: &str) -> Result<(), Failure> {
        self.versions.forget();
        self.statements.say(statement)
    }

    /// All of `changes`, or an error. After an error, what was [written](Applier::wrote) is still there.
    pub(crate) fn apply(&mut self, changes: &Changes) -> Result<(), CommitError> {
        self.wrote = false;
        changes.expect.iter().try_for_each(|expect| self.check(expect))?;
        if changes.writes.iter().any(|write| self.versions.outdate(write)) {
            return Err(CommitError::Conflict);
        }
        changes.writes.iter().try_for_each(|write| self.write(write))
    }

    fn check(&mut self, expect: &Expect) -> Result<(), CommitError> {
        let stands = match expect {
            Expect::Version { table, id, version } => self.version(table, id)? == Some(*version),
            Expect::Absent(key) => self.holder(key.table, key.key, &key.cells)?.is_none(),
        };
        if stands { Ok(()) } else { Err(CommitError::Conflict) }
    }

    fn version(&mut self, table: &'static Table, id: &Cell) -> Result<Option<i64>, Failure> {
        if let Some(known) = self.versions.known(table, id) {
            return Ok(known);
        }
        let statement = self.statements.get(table, Shape::Version)?;
        bind(statement, 1, id)?;
        let found = statement.raw_query().next()?.map(|row| row.get(0)).transpose()?;
        self.versions.learn(table, id, found);
        Ok(found)
    }

    /// The id of the row under a key, as text.
    fn holder<'a>(
        &mut self,
        table: &'static Table,
        key: usize,
        cells: impl IntoIterator<Item = &'a Cell>,
    ) -> Result<Option<Cell>, Failure> {
        let statement = self.statements.get(table, Shape::Holder { key })?;
        bind_all(statement, cells)?;
        let mut rows = statement.raw_query();
        let id = rows.next()?.map(|row| crate::cells::cell(table.columns[0].ty, row.get_ref(0)?));
        id.transpose()
    }

    fn write(&mut self, write: &Write) -> Result<(), CommitError> {
        match write {
            Write::Insert { table, cells, words } => {
                let statement = self.statements.get(table, Shape::Insert { rows: 1 })?;
                bind_all(statement, cells).map_err(Failure::from)?;
                let done = statement.raw_execute();
                self.done(done).map_err(|failure| self.refused(table, cells, None, failure))?;
                self.versions.inserted(table, &cells[0]);
                Ok(self.reword(table, &cells[0], words)?)
            }
            Write::Update { table, version, cells, changed, words } => {
                let done = self.update(table, *version, cells, changed & !1);
                let rows = done.map_err(|failure| self.refused(table, cells, cells.first(), failure))?;
                one(rows)?;
                self.versions.learn(table, &cells[0], Some(version + 1));
                Ok(self.reword(table, &cells[0], words)?)
            }
            Write::Delete { table, version, id, words } => {
                let statement = self.statements.get(table, Shape::Delete)?;
                bind_all(statement, [id, &Cell::Int(*version)]).map_err(Failure::from)?;
                let done = statement.raw_execute();
                one(self.done(done)?)?;
                self.versions.learn(table, id, None);
                Ok(self.reword(table, id, words)?)
            }
            Write::Add { table, id, column, amount } => {
                let (least, most) = (i64::MIN - (*amount).min(0), i64::MAX - (*amount).max(0));
                let cells = [Cell::Int(least), Cell::Int(most), Cell::Int(*amount)];
                let statement = self.statements.get(table, Shape::Add { column: *column })?;
                bind_all(statement, cells.iter().chain([id])).map_err(Failure::from)?;
                let done = statement.raw_execute();
                one(self.done(done)?)
            }
        }
    }

    fn update(&mut self, table: &'static Table, version: i64, cells: &[Cell], changed: u64) -> Result<usize, Failure> {
        let statement = self.statements.get(table, Shape::Update { changed })?;
        let marked = cells.iter().enumerate().filter(|(at, _)| changed >> at & 1 == 1).map(|(_, cell)| cell);
        bind_all(statement, marked.chain(&cells[..1]).chain([&Cell::Int(version)]))?;
        let done = statement.raw_execute();
        self.done(done)
    }

    fn reword(&mut self, table: &'static Table, id: &Cell, all: &[Words]) -> Result<(), Failure> {
        for Words { search, fixed, gained, lost } in all {
            let row = fixed.len() + 1;
            for word in lost {
                let statement = self.statements.get(table, Shape::Lose { search: *search })?;
                bind_all(statement, fixed.iter().chain([id]))?;
                statement.raw_bind_parameter(row + 1, word.as_str())?;
                statement.raw_execute()?;
            }
            for gained in gained.chunks(WORDS) {
                let statement = self.statements.get(table, Shape::Gain { search: *search, words: gained.len() })?;
                bind_all(statement, fixed.iter().chain([id]))?;
                for (word, at) in gained.iter().zip(row + 1..) {
                    statement.raw_bind_parameter(at, word.as_str())?;
                }
                statement.raw_execute()?;
            }
        }
        Ok(())
    }

    /// Notes that something was written.
    fn done(&mut self, rows: rusqlite::Result<usize>) -> Result<usize, Failure> {
        let rows = rows?;
        self.wrote |= rows != 0;
        Ok(rows)
    }

    /// Why a row was refused: each key is asked for its holder, no message is parsed.
    /// `own` is the id of the row being updated, which does not stand in its own way.
    fn refused(&mut self, table: &'static Table, cells: &[Cell], own: Option<&Cell>, failure: Failure) -> CommitError {
        if !failure.is_constraint() {
            return failure.into();
        }
        for (key, declared) in table.keys.iter().enumerate() {
            let values = declared.columns.iter().filter_map(|at| cells.get(*at));
            match self.holder(table, key, values) {
                Ok(Some(holder)) if Some(&holder) != own => return CommitError::Duplicate { table, key },
                Ok(_) => {}
                Err(failure) => return failure.into(),
            }
        }
        failure.into()
    }
}

/// A write guarded by a version touched its row, or the row has changed.
fn one(rows: usize) -> Result<(), CommitError> {
    if rows == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}
