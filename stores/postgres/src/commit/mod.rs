//! One set of changes, applied exactly once.
//!
//! All statements of a commit travel together and are answered together: one round trip (two behind a pooler that lends a
//! server for a transaction). The first of them writes the id of the changes, so that whoever lost the answer can send
//! the same again: where they were applied, the id is taken.

mod holders;
mod locks;
mod plan;
mod words;

use std::sync::Arc;

use handfast::store::{Cell, Changes, CommitError, Table, Write};
use tokio_postgres::Client;

pub(crate) use plan::key_params;

use crate::{
    cells::{Param, cell},
    failure::Failure,
    pool::{Answered, Lent},
    retry::Retry,
    shared::Shared,
    sql::texts::Texts,
    wire::{self, Ask, At, Frame, Prepared},
};
use holders::Questions;
use plan::{Part, Plan};

/// What became of changes.
enum Fate {
    Applied,
    Conflict,
    Duplicate { table: &'static Table, key: usize },
}

/// Why it is not known, or not yet.
struct Setback {
    failure: Failure,
    /// Whether it may have been committed nevertheless.
    doubtful: bool,
}

impl From<Failure> for Setback {
    fn from(failure: Failure) -> Self {
        Setback { failure, doubtful: false }
    }
}

/// Commits, and again while that can help.
pub(crate) async fn commit(shared: Arc<Shared>, changes: Arc<Changes>) -> Result<(), CommitError> {
    // without an id nobody can tell whether it was applied
    let is_named = !changes.id.is_nil();
    let mark = is_named.then_some(&shared.marks.write);
    let plan = Plan::of(&shared.texts, mark, &changes)?;
    let mut retry = Retry::new(shared.patience);
    let mut doubtful = is_named && shared.marks.doubted(&changes);
    loop {
        let setback = match once(&shared, &plan, &changes).await {
            Ok(fate) if doubtful && !matches!(fate, Fate::Applied) => match forbid(&shared, &changes).await {
                Ok(()) => return told(fate),
                Err(Forbidden::Applied) => return Ok(()),
                Err(Forbidden::Failed(failure)) => failure.into(),
            },
            Ok(fate) => return told(fate),
            Err(setback) => setback,
        };
        doubtful |= setback.doubtful;
        let failure = setback.failure;
        if failure.is_of_the_server() {
            shared.pool.forget_idle();
        }
        let may_try = is_named || !doubtful;
        if !(may_try && retry.wait(failure).await) {
            return Err(match doubtful {
                true => {
                    if is_named {
                        shared.marks.doubt(&changes);
                    }
                    CommitError::InDoubt
                }
                // decided anew it may pass
                false if failure.is_collision() || failure.is_taken() => CommitError::Conflict,
                false => failure.into(),
            });
        }
    }
}

fn told(fate: Fate) -> Result<(), CommitError> {
    match fate {
        Fate::Applied => Ok(()),
        Fate::Conflict => Err(CommitError::Conflict),
        Fate::Duplicate { table, key } => Err(CommitError::Duplicate { table, key }),
    }
}

async fn once(shared: &Shared, plan: &Plan<'_>, changes: &Changes) -> Result<Fate, Setback> {
    let mut lent = shared.pool.take().await?;
    let answered = lent.send(Some(shared.frames.write()), &plan.asks).await;
    let (at, failure) = match answered {
        Ok(_) => return Ok(Fate::Applied),
        Err(failed) => failed,
    };
    match plan.judge(at, failure) {
        Judgement::Known(fate) => Ok(fate),
        Judgement::Marked => match settled(shared, &mut lent, changes).await {
            Ok(fate) => Ok(fate),
            // they may have been applied, be it long ago
            Err(failure) => Err(Setback { failure, doubtful: true }),
        },
        Judgement::Taken(place) => {
            let (questions, asks, asked) = plan.questions(&shared.texts, place)?;
            let answered = lent.send(Some(shared.frames.look()), &asks).await;
            Ok(plan.holder(questions, answered, asked, failure)?)
        }
        Judgement::Failed => Err(Setback { failure, doubtful: failure.is_doubtful() }),
    }
}

enum Forbidden {
    Applied,
    Failed(Failure),
}

/// Sees to it that changes of which an answer was lost will not be applied after all by a server that only now gets to
/// them.
async fn forbid(shared: &Shared, changes: &Changes) -> Result<(), Forbidden> {
    let failed = |(_, failure)| Forbidden::Failed(failure);
    let mut lent = shared.pool.take().await.map_err(Forbidden::Failed)?;
    match lent.send(Some(shared.frames.write()), &[shared.marks.forbid(changes)]).await {
        Ok(_) => Ok(()),
        Err((_, failure)) if failure.is_taken() => {
            match settled(shared, &mut lent, changes).await.map_err(Forbidden::Failed)? {
                Fate::Applied => Err(Forbidden::Applied),
                _ => Ok(()),
            }
        }
        Err(other) => Err(failed(other)),
    }
}

/// Whether changes with a mark were applied, as it will stay.
///
/// A server that was killed has, started again, also what it has not yet given to the standby that it waits for; and a commit
/// that is ended while it waits is seen at once. So this is asked in a transaction that writes: it is answered when what came
/// before it stands wherever commits must stand.
async fn settled(shared: &Shared, lent: &mut Lent, changes: &Changes) -> Result<Fate, Failure> {
    let asked = lent.send(Some(shared.frames.write()), &[shared.marks.ask(changes)]).await;
    marked(&asked.map_err(|(_, failure)| failure)?)
}

/// Whether changes with a mark were applied, or may not be any more.
fn marked(answers: &[Vec<tokio_postgres::Row>]) -> Result<Fate, Failure> {
    let row = answers.first().and_then(|rows| rows.first());
    // pruned between two questions: only what was applied long ago
    let Some(row) = row else { return Ok(Fate::Applied) };
    let applied = cell(handfast::store::CellType::Bool, row, 0)?;
    Ok(if applied == Cell::Int(1) { Fate::Applied } else { Fate::Conflict })
}

/// Applies changes inside a transaction that is open on `client`; after an error nothing of them is in it.
pub(crate) async fn apply(
    texts: &Texts,
    marks: &crate::marks::Marks,
    client: &Client,
    changes: &Changes,
) -> Result<(), CommitError> {
    // one that fails fails the transaction, and all that follows
    const FRAME: Frame<'_> = Frame {
        begin: "SAVEPOINT handfast",
        end: "RELEASE SAVEPOINT handfast",
        undo: "ROLLBACK TO SAVEPOINT handfast",
        waits: false,
    };
    const LOOK: Frame<'_> = Frame { end: FRAME.undo, ..FRAME };
    const UNDO: &str = "ROLLBACK TO SAVEPOINT handfast; RELEASE SAVEPOINT handfast";
    let none = Prepared::default();
    let plan = Plan::of(texts, (!changes.id.is_nil()).then_some(&marks.write), changes)?;
    let Err((at, failure)) = wire::send(client, &none, Some(FRAME), &plan.asks).await else { return Ok(()) };
    if at != At::Begin {
        client.batch_execute(UNDO).await.map_err(Failure::from)?;
    }
    let fate = match plan.judge(at, failure) {
        Judgement::Known(fate) => Ok(fate),
        Judgement::Marked => {
            let answers = wire::send(client, &none, None, &[marks.ask(changes)]).await;
            answers.map_err(|(_, failure)| failure).and_then(|answers| marked(&answers))
        }
        Judgement::Taken(place) => {
            let (questions, asks, asked) = plan.questions(texts, place)?;
            let answered = wire::send(client, &none, Some(LOOK), &asks).await;
            client.batch_execute(UNDO).await.map_err(Failure::from)?;
            plan.holder(questions, answered, asked, failure)
        }
        Judgement::Failed => Err(failure),
    };
    match fate {
        Ok(fate) => told(fate),
        Err(failure) if failure.is_collision() || failure.is_taken() => Err(CommitError::Conflict),
        Err(failure) => Err(failure.into()),
    }
}

/// What a failed round trip means.
enum Judgement {
    /// This.
    Known(Fate),
    /// The changes bear an id that is known.
    Marked,
    /// A row of this statement met a taken key.
    Taken(usize),
    /// It failed.
    Failed,
}

impl<'p> Plan<'p> {
    fn judge(&self, at: At, failure: Failure) -> Judgement {
        let At::Ask(place) = at else { return Judgement::Failed };
        match self.parts.get(place) {
            _ if failure.is_unmet() => Judgement::Known(Fate::Conflict),
            Some(Part::Mark) if failure.is_taken() => Judgement::Marked,
            Some(Part::Rows(..)) if failure.is_taken() => Judgement::Taken(place),
            _ => Judgement::Failed,
        }
    }

    /// What to ask after the statement at `place` met a taken key: all before it once more, but for the mark, then who
    /// holds the keys. Gives also how many answers come before those that matter.
    fn questions<'a>(&'a self, texts: &Texts, place: usize) -> Result<(Questions<'a>, Vec<Ask<'a>>, usize), Failure> {
        let Some(Part::Rows(table, rows, own)) = self.parts.get(place) else { return Err(Failure::Misuse) };
        let (questions, last) = Questions::of(texts, table, rows, *own)?;
        let before = self.asks.iter().zip(&self.parts).take(place).filter(|(_, part)| !matches!(part, Part::Mark));
        let mut asks: Vec<_> = before.map(|(ask, _)| ask.again()).collect();
        let asked = asks.len();
        asks.extend(last);
        Ok((questions, asks, asked))
    }

    /// Who held a key, from the answers to [`questions`](Plan::questions).
    fn holder(
        &self,
        questions: Questions<'_>,
        answered: Answered,
        asked: usize,
        refused: Failure,
    ) -> Result<Fate, Failure> {
        let answers = match answered {
            Ok(answers) => answers,
            Err((_, failure)) if failure.is_unmet() => return Ok(Fate::Conflict),
            // another key is taken meanwhile, or this failed: as if the first time
            Err((_, failure)) => return Err(failure),
        };
        match questions.taken(answers.get(asked..).unwrap_or_default())? {
            Some(key) => Ok(Fate::Duplicate { table: questions.table(), key }),
            // whoever held it is gone
            None => Err(refused),
        }
    }
}

/// The id of the row that is written.
fn id_of(write: &Write) -> &Cell {
    match write {
        Write::Insert { cells, .. } | Write::Update { cells, .. } => cells.first().unwrap_or(&Cell::Null),
        Write::Delete { id, .. } | Write::Add { id, .. } => id,
    }
}

impl<'a> Ask<'a> {
    /// The same once more.
    fn again<'s>(&'s self) -> Ask<'s> {
        Ask { sql: Arc::clone(&self.sql), params: self.params.iter().map(Param::Again).collect() }
    }
}
