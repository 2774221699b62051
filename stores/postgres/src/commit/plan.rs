//! A set of changes as statements, sent all at once.

use std::sync::Arc;

use handfast::store::{Cell, CellType, Changes, CommitError, Expect, Table, Write};

use super::{
    locks::{self, Turn},
    words,
};
use crate::{
    cells::Param,
    failure::Failure,
    sql::{Sql, statement::Shape, texts::Texts},
    wire::Ask,
};

/// The statements of a commit, and what each is for.
pub(super) struct Plan<'a> {
    pub(super) asks: Vec<Ask<'a>>,
    pub(super) parts: Vec<Part<'a>>,
}

/// What a statement of a commit is for.
pub(super) enum Part<'a> {
    /// Remembers that these changes were applied.
    Mark,
    /// Locks or checks what the changes rest on.
    Check,
    /// Writes rows of a table, which may meet a taken key.
    Rows(&'static Table, Vec<&'a [Cell]>, Own),
    /// Writes what meets no key.
    Other,
}

/// Whether a row that is written holds its keys already.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Own {
    /// It is new.
    New,
    /// It does not stand in its own way.
    Held,
}

impl<'a> Plan<'a> {
    /// The statements of `changes`, the first of them `mark`.
    pub(super) fn of(texts: &Texts, mark: Option<&Arc<Sql>>, changes: &'a Changes) -> Result<Self, CommitError> {
        let mut plan = Plan { asks: Vec::new(), parts: Vec::new() };
        if let Some(mark) = mark {
            plan.push(Ask { sql: Arc::clone(mark), params: vec![Param::Uuid(changes.id)] }, Part::Mark);
        }
        plan.lock(texts, changes, Turn::First)?;
        // who waited for a row sees what whoever held it has written
        for expect in &changes.expect {
            if let Expect::Absent(key) = expect
                && !key.cells.contains(&Cell::Null)
            {
                let params = key_params(key.table, key.key, &key.cells)?;
                let sql = texts.get(key.table, Shape::Absent { key: key.key })?;
                plan.push(Ask { sql, params }, Part::Check);
            }
        }
        plan.write_all(texts, changes, Turn::First)?;
        plan.lock(texts, changes, Turn::Last)?;
        plan.write_all(texts, changes, Turn::Last)?;
        Ok(plan)
    }

    fn lock(&mut self, texts: &Texts, changes: &'a Changes, turn: Turn) -> Result<(), CommitError> {
        for ask in locks::asks(texts, changes, turn)? {
            self.push(ask, Part::Check);
        }
        Ok(())
    }

    /// Rows and their words.
    fn write_all(&mut self, texts: &Texts, changes: &'a Changes, turn: Turn) -> Result<(), Failure> {
        let runs = changes.writes.chunk_by(are_one);
        for run in runs.filter(|run| run.first().is_some_and(|write| turn.is_of(write.table()))) {
            self.write(texts, run)?;
        }
        for ask in words::asks(texts, changes, turn)? {
            self.push(ask, Part::Other);
        }
        Ok(())
    }

    fn push(&mut self, ask: Ask<'a>, part: Part<'a>) {
        self.asks.push(ask);
        self.parts.push(part);
    }

    /// One write, or all inserts that follow one another into one table.
    fn write(&mut self, texts: &Texts, run: &'a [Write]) -> Result<(), Failure> {
        let [write, rest @ ..] = run else { return Ok(()) };
        let table = write.table();
        let get = |shape| texts.get(table, shape);
        match write {
            Write::Insert { cells, .. } if rest.is_empty() => {
                let params =
                    table.columns.iter().zip(cells).map(|(column, cell)| Param::Cell(column.ty, cell)).collect();
                self.push(Ask { sql: get(Shape::Insert)?, params }, Part::Rows(table, vec![cells], Own::New));
            }
            Write::Insert { .. } => {
                let rows: Vec<&[Cell]> = run.iter().filter_map(cells_of).collect();
                let column = |at: usize| rows.iter().map(|cells| cells.get(at)).collect::<Option<Vec<_>>>();
                let columns = table.columns.iter().enumerate();
                let params = columns.map(|(at, of)| Some(Param::Cells(of.ty, column(at)?))).collect::<Option<_>>();
                let params = params.ok_or(Failure::Misuse)?;
                self.push(Ask { sql: get(Shape::InsertAll)?, params }, Part::Rows(table, rows, Own::New));
            }
            Write::Update { version, cells, changed, .. } => {
                let changed = changed & !1;
                let mut params = vec![Param::Cell(CellType::Id, super::id_of(write)), Param::Int(*version)];
                let pairs = table.columns.iter().zip(cells).enumerate().filter(|(at, _)| changed >> at & 1 == 1);
                params.extend(pairs.map(|(_, (column, cell))| Param::Cell(column.ty, cell)));
                self.push(
                    Ask { sql: get(Shape::Update { changed })?, params },
                    Part::Rows(table, vec![cells], Own::Held),
                );
            }
            Write::Delete { version, id, .. } => {
                let params = vec![Param::Cell(CellType::Id, id), Param::Int(*version)];
                self.push(Ask { sql: get(Shape::Delete)?, params }, Part::Check);
            }
            Write::Add { id, column, amount, .. } => {
                let (least, most) = (i64::MIN - (*amount).min(0), i64::MAX - (*amount).max(0));
                let params = [least, most, *amount].map(Param::Int);
                let params = [Param::Cell(CellType::Id, id)].into_iter().chain(params).collect();
                self.push(Ask { sql: get(Shape::Add { column: *column })?, params }, Part::Check);
            }
        }
        Ok(())
    }
}

/// Whether two writes go into one statement.
fn are_one(one: &Write, other: &Write) -> bool {
    matches!((one, other), (Write::Insert { table, .. }, Write::Insert { table: next, .. }) if table.is(next))
}

fn cells_of(write: &Write) -> Option<&[Cell]> {
    if let Write::Insert { cells, .. } = write { Some(cells) } else { None }
}

/// What is bound for a key.
pub(crate) fn key_params<'a>(table: &'static Table, key: usize, cells: &'a [Cell]) -> Result<Vec<Param<'a>>, Failure> {
    let columns = table.keys.get(key).ok_or(Failure::Misuse)?.columns;
    let parts = columns.iter().zip(cells).map(|(at, cell)| Some(Param::Cell(table.columns.get(*at)?.ty, cell)));
    let params: Vec<_> = parts.collect::<Option<_>>().ok_or(Failure::Misuse)?;
    if params.len() == columns.len() && cells.len() == columns.len() { Ok(params) } else { Err(Failure::Misuse) }
}
