//! Calls with many rows under one idempotency key: each row is decided once, some in one commit, and a call that was cut
//! short goes on where it stopped (invariant 39).

mod noted;

pub(crate) use noted::Noted;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Permission,
    error::{Category, Code, Error, Fault, Faults, Result},
    handfast::Handfast,
    id::Id,
    replay::{Answered, CallKey, Replay},
    value::choices,
    work::Work,
};

choices! {
    /// Whether it is done or only tried.
    pub enum BulkMode {
        /// Do it.
        Apply = "apply",
        /// Say what would come of it, and write nothing.
        DryRun = "dry_run",
    }
}

/// Rows that are decided and committed together: one wait for the disk serves them all, and a call that is cut short
/// loses no more than these.
const BATCH: usize = 50;

/// One call, or several under one key.
pub(crate) struct Call {
    pub(crate) actor: Actor,
    pub(crate) key: CallKey,
    pub(crate) mode: BulkMode,
    /// What who calls must be allowed.
    pub(crate) permission: Permission,
    /// What the call is known by in its [`Replay`]; the rows are known for themselves.
    pub(crate) asked: Vec<u8>,
}

impl Call {
    /// Notes the call, unless it is a dry run. Errors: `role_too_low`, `idempotency_key_reused`.
    pub(crate) fn begin(&self, handfast: &Handfast) -> Result<()> {
        match self.mode {
            BulkMode::Apply => handfast.change(|work| self.noted(work)),
            BulkMode::DryRun => handfast.view(|work| self.noted(work)),
        }
    }

    fn noted(&self, work: &mut Work<'_>) -> Result<()> {
        work.authorise(self.actor, self.permission)?;
        let company = self.actor.company();
        match Replay::answer(work, company, &self.key, company.cast(), &self.asked)? {
            None if self.mode == BulkMode::Apply => self.keep(work, company.cast(), &self.asked, json!({})),
            _ => Ok(()),
        }
    }

    /// The first answer to a row, or what `decide` says of it, which is kept. Errors: `idempotency_key_reused`, those of
    /// `decide`.
    pub(crate) fn once<T: Serialize + DeserializeOwned>(
        &self,
        work: &mut Work<'_>,
        number: u32,
        asked: &[u8],
        decide: impl FnOnce(&mut Work<'_>) -> Result<T>,
    ) -> Result<T> {
        if let Some(Answered(answer)) = Replay::answer(work, self.actor.company(), &self.key, row_id(number), asked)? {
            return serde_json::from_value(answer).map_err(|error| Error::new(Code::Corrupt).caused_by(error));
        }
        let outcome = decide(work)?;
        if self.mode == BulkMode::Apply {
            let answer = serde_json::to_value(&outcome).map_err(|error| Error::new(Code::Internal).caused_by(error))?;
            self.keep(work, row_id(number), asked, answer)?;
        }
        Ok(outcome)
    }

    /// The keys of the answers to rows, to be read ahead.
    pub(crate) fn answers(&self, numbers: impl Iterator<Item = u32>) -> Vec<crate::store::Unique<Replay>> {
        numbers.map(|number| Replay::by_key(self.actor.company(), self.key.as_str(), row_id(number))).collect()
    }

    /// Which row of this key has made, or met, the record `of`.
    pub(crate) fn twin(&self, work: &mut Work<'_>, of: Id<()>) -> Result<Option<u64>> {
        let twin = Replay::answer(work, self.actor.company(), &self.key, of, &self.asked)?;
        Ok(twin.and_then(|Answered(row)| row.as_u64()))
    }

    /// Notes for [`twin`](Self::twin) that a row has made, or met, the record `of`.
    pub(crate) fn note(&self, work: &mut Work<'_>, of: Id<()>, number: u32) -> Result<()> {
        self.keep(work, of, &self.asked, json!(number))
    }

    fn keep(&self, work: &mut Work<'_>, row: Id<()>, asked: &[u8], answer: serde_json::Value) -> Result<()> {
        Replay::keep(work, self.actor.company(), &self.key, row, asked, Answered(answer))
    }
}

/// What a row is called in its [`Replay`]: no id of a record is that old.
fn row_id(number: u32) -> Id<()> {
    Id::first_at(Timestamp::from_millis(i64::from(number)))
}

/// The next rows, and how the stream ended, if it did.
type Batch<T> = (Vec<T>, Option<Result<()>>);

/// Takes the next rows, each numbered. Errors: `out_of_range` (more rows than can be numbered).
pub(crate) fn take<I, T>(
    rows: &mut impl Iterator<Item = I>,
    numbers: &mut impl Iterator<Item = u32>,
    make: impl Fn(u32, I) -> Result<T>,
) -> Result<Batch<T>> {
    let mut batch = Vec::new();
    while batch.len() < BATCH {
        let Some(input) = rows.next() else { return Ok((batch, Some(Ok(())))) };
        let number = numbers.next().ok_or_else(|| Error::because(Code::OutOfRange, "there are too many rows"))?;
        match make(number, input) {
            Ok(row) => batch.push(row),
            Err(error) => return Ok((batch, Some(Err(error)))),
        }
    }
    Ok((batch, None))
}

/// Why a row is refused, which is an answer; what may pass by itself, and who may not, ends the call.
pub(crate) fn refusal(error: Error) -> Result<(Code, String, Vec<Fault>)> {
    match error.category() {
        Category::Invalid | Category::NotFound | Category::Conflict | Category::RateLimited => {
            Ok((error.code(), error.message().to_owned(), error.faults().to_vec()))
        }
        _ => Err(error),
    }
}

/// What is asked of a row that cannot be read, in one form: without the message, which may tell of a line that is another
/// one in another call.
pub(crate) fn unread(error: &Error) -> Result<Vec<u8>> {
    let faults: Vec<_> = error.faults().iter().map(|fault| (&fault.field, fault.code)).collect();
    asked(&(error.code(), faults))
}

/// Characters of an address that the answer to a row repeats.
const LONGEST_EMAIL: usize = 254;

/// The address of a row as it is repeated in the answer.
pub(crate) fn repeated(email: &str) -> String {
    email.chars().take(LONGEST_EMAIL).collect()
}

/// What is asked, in one form.
pub(crate) fn asked(what: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(what).map_err(|error| Error::new(Code::Internal).caused_by(error))
}

/// Notes what is wrong with the numbers of so many rows.
pub(crate) fn check_first_row(faults: &mut Faults, first_row: u32, rows: u32) {
    if first_row == 0 || first_row.checked_add(rows.saturating_sub(1)).is_none() {
        let message = format!("must be 1 at least, and leave numbers up to {} for the rows", u32::MAX);
        faults.check::<()>("first_row", Err(Error::because(Code::OutOfRange, message)));
    }
}

/// Refuses more rows than one call may have. Errors: `too_many`.
pub(crate) fn few(rows: usize, most: u32) -> Result<usize> {
    match rows <= most as usize {
        true => Ok(rows),
        false => Err(Error::because(Code::TooMany, format!("has more than {most} rows"))),
    }
}
