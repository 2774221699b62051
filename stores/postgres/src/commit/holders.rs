//! Why a row was refused: each declared key is asked for its holder, no message is parsed.

use handfast::store::{Cell, CellType, Table};
use tokio_postgres::Row;

use super::plan::Own;
use crate::{
    cells::{Param, cell},
    failure::Failure,
    sql::{statement::Shape, texts::Texts},
    wire::Ask,
};

/// The question for the holders of one key, of all rows that have it whole.
struct Question {
    key: usize,
    /// Which rows were asked for, in the order asked.
    rows: Vec<usize>,
}

/// The questions for the holders of the keys of refused rows.
pub(super) struct Questions<'a> {
    table: &'static Table,
    rows: &'a [&'a [Cell]],
    own: Own,
    all: Vec<Question>,
}

impl<'a> Questions<'a> {
    /// What to ask, as the transaction stands before these rows are written.
    pub(super) fn of(
        texts: &Texts,
        table: &'static Table,
        rows: &'a [&'a [Cell]],
        own: Own,
    ) -> Result<(Self, Vec<Ask<'a>>), Failure> {
        let (mut all, mut asks) = (Vec::new(), Vec::new());
        for (key, declared) in table.keys.iter().enumerate() {
            let has_all =
                |row: &[Cell]| declared.columns.iter().all(|at| row.get(*at).is_some_and(|cell| *cell != Cell::Null));
            let asked: Vec<_> = (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|row| has_all(row))).collect();
            if asked.is_empty() {
                continue;
            }
            let column = |of: &usize| {
                let cells = asked.iter().filter_map(|at| rows.get(*at)?.get(*of)).collect();
                Some(Param::Cells(table.columns.get(*of)?.ty, cells))
            };
            let params = declared.columns.iter().map(column).collect::<Option<_>>().ok_or(Failure::Misuse)?;
            asks.push(Ask { sql: texts.get(table, Shape::Holders { key })?, params });
            all.push(Question { key, rows: asked });
        }
        Ok((Questions { table, rows, own, all }, asks))
    }

    /// The table of the rows.
    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    /// The key that the first refused row met, the first declared of several; `None` when all are free by now.
    pub(super) fn taken(&self, answers: &[Vec<Row>]) -> Result<Option<usize>, Failure> {
        let mut first: Option<(usize, usize)> = None;
        for (question, answer) in self.all.iter().zip(answers) {
            for found in answer {
                let Cell::Int(place) = cell(CellType::Int, found, 0)? else { return Err(Failure::Value) };
                let holder = cell(CellType::Id, found, 1)?;
                let asked = usize::try_from(place - 1).ok().and_then(|place| question.rows.get(place));
                let asked = *asked.ok_or(Failure::Misuse)?;
                let is_own = self.own == Own::Held && self.rows.get(asked).and_then(|row| row.first()) == Some(&holder);
                if !is_own {
                    first = earliest(first, (asked, question.key));
                }
            }
            if let Some(twin) = self.twin(question.key) {
                first = earliest(first, (twin, question.key));
            }
        }
        Ok(first.map(|(_, key)| key))
    }

    /// The first of the rows that has the same key as one before it.
    fn twin(&self, key: usize) -> Option<usize> {
        let columns = self.table.keys.get(key)?.columns;
        let key_of = |row: &'a [Cell]| {
            let cells: Vec<_> = columns.iter().filter_map(|at| row.get(*at)).collect();
            (!cells.contains(&&Cell::Null)).then_some(cells)
        };
        let mut seen = std::collections::HashSet::new();
        self.rows.iter().position(|row| key_of(row).is_some_and(|key| !seen.insert(key)))
    }
}

fn earliest(first: Option<(usize, usize)>, other: (usize, usize)) -> Option<(usize, usize)> {
    Some(first.map_or(other, |first| first.min(other)))
}
