//! Several sets of changes in one transaction, each with its own outcome.

use std::sync::Arc;

use handfast::store::{Changes, CommitError};

use crate::{apply::Applier, failure::Failure, session::Session, versions::Versions};

pub(crate) type Outcome = Result<(), CommitError>;

/// What became of a transaction.
enum Together {
    /// It was committed; each member has its outcome.
    Done(Vec<Outcome>),
    /// A member failed after it had written something. Nothing was committed.
    Torn,
    /// The database failed. Nothing was committed.
    Failed,
}

/// Whether a member can be undone without the others.
#[derive(Clone, Copy, PartialEq)]
enum Savepoints {
    None,
    Each,
}

/// Begins a transaction that writes; waits for other processes.
pub(crate) fn begin(session: &mut Session) -> Result<(), Failure> {
    let statements = session.statements();
    statements.roll_back(); // a panic may have left one open
    statements.say("BEGIN IMMEDIATE")
}

/// Ends the transaction that was begun, with all of `members` in it that can be.
///
/// A savepoint for each costs a third of the throughput, and is needed only by members that fail after they have
/// written something: so the group first goes without, and should that happen, again with. When the database itself
/// fails (a full disk), each goes alone, because perhaps only one was too large.
pub(crate) fn commit(session: &mut Session, members: &[Arc<Changes>]) -> Vec<Outcome> {
    if let [changes] = members {
        return vec![alone(session, changes)];
    }
    let mut done = together(session, members, Savepoints::None);
    if matches!(done, Together::Torn) {
        done = match begin(session) {
            Ok(()) => together(session, members, Savepoints::Each),
            Err(failure) => return refuse_all(members, failure),
        };
    }
    match done {
        Together::Done(outcomes) => outcomes,
        Together::Torn | Together::Failed => one_by_one(session, members),
    }
}

/// The same failure for everyone.
pub(crate) fn refuse_all(members: &[Arc<Changes>], failure: Failure) -> Vec<Outcome> {
    members.iter().map(|_| Err(failure.into())).collect()
}

fn together(session: &mut Session, members: &[Arc<Changes>], savepoints: Savepoints) -> Together {
    let mut applier = Applier::new(session.statements(), Versions::kept());
    let done = try_together(&mut applier, members, savepoints).unwrap_or(Together::Failed);
    applier.statements.roll_back();
    done
}

fn try_together(
    applier: &mut Applier<'_>,
    members: &[Arc<Changes>],
    savepoints: Savepoints,
) -> Result<Together, Failure> {
    let mut outcomes = Vec::with_capacity(members.len());
    for changes in members {
        if savepoints == Savepoints::Each {
            applier.statements.say("SAVEPOINT one")?;
        }
        let outcome = applier.apply(changes);
        match (&outcome, savepoints) {
            (Err(CommitError::Store(_)), _) => return Ok(Together::Failed),
            (Err(_), Savepoints::None) if applier.wrote() => return Ok(Together::Torn),
            (Err(_), Savepoints::Each) => applier.undo("ROLLBACK TO one")?,
            _ => {}
        }
        if savepoints == Savepoints::Each {
            applier.statements.say("RELEASE one")?;
        }
        outcomes.push(outcome);
    }
    applier.statements.say("COMMIT")?;
    Ok(Together::Done(outcomes))
}

/// One set of changes in the transaction that was begun.
fn alone(session: &mut Session, changes: &Changes) -> Outcome {
    let mut applier = Applier::new(session.statements(), Versions::unkept());
    let applied = applier.apply(changes);
    let outcome = applied.and_then(|()| Ok(applier.statements.say("COMMIT")?));
    applier.statements.roll_back();
    outcome
}

fn one_by_one(session: &mut Session, members: &[Arc<Changes>]) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(members.len());
    for (at, changes) in members.iter().enumerate() {
        match begin(session) {
            Ok(()) => outcomes.push(alone(session, changes)),
            // who comes after would only wait as long again
            Err(failure) => {
                outcomes.append(&mut refuse_all(&members[at..], failure));
                break;
            }
        }
    }
    outcomes
}
