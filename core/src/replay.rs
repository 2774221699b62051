//! Idempotency keys: a call that is repeated under the same key changes nothing and gets its first answer
//! (invariant 39).

use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    record,
    secret::{Digest, Purpose},
    store::json_field,
    value::Line,
    work::Work,
};

/// A name that a host gives to one call: one line of at most 200 characters, unique at the company.
pub(crate) type CallKey = Line<200>;

/// What was answered, as JSON.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Answered(pub(crate) serde_json::Value);

json_field!(Answered);

record! {
    /// A call, or a row of one, that was made under an idempotency key.
    pub(crate) struct Replay in "replay" {
        /// The id.
        id: Id<Replay>,
        /// The company.
        company: Id<Company>,
        /// The key.
        key: String,
        /// Which row of the call; the company for the call as a whole.
        row: Id<()>,
        /// The keyed hash of what was asked.
        asked: Digest,
        /// The first answer.
        answer: Answered,
        /// When.
        at: Timestamp,
    }
    unique by_key(company: Id<Company>, key: &str, row: Id<()>);
}

impl Replay {
    /// The first answer to this call, if it was made before. Errors: `idempotency_key_reused`, when it was another.
    pub(crate) fn answer(
        work: &mut Work<'_>,
        company: Id<Company>,
        key: &CallKey,
        row: Id<()>,
        asked: &[u8],
    ) -> Result<Option<Answered>> {
        let Some(replay) = work.get(Replay::by_key(company, key.as_str(), row))? else { return Ok(None) };
        match work.handfast().keyring().matches(&replay.asked, Purpose::Call, &[asked]) {
            true => Ok(Some(replay.answer)),
            false => Err(Error::new(Code::KeyReused)),
        }
    }

    /// Keeps the answer, in the commit of what it tells of.
    pub(crate) fn keep(
        work: &mut Work<'_>,
        company: Id<Company>,
        key: &CallKey,
        row: Id<()>,
        asked: &[u8],
        answer: Answered,
    ) -> Result<()> {
        let asked = work.handfast().keyring().digest(Purpose::Call, &[asked]);
        let (id, key, at) = (work.new_id()?, key.to_string(), work.now());
        work.insert(&Replay { id, company, key, row, asked, answer, at });
        Ok(())
    }
}
