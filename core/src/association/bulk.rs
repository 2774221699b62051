use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Association, UserInput, Users, csv,
    invite::{Invited, Prospect},
    rehearsal::Rehearsal,
};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Permission,
    error::{Category, Code, Error, Fault, Faults, Result},
    id::Id,
    login::Login,
    policy::Policy,
    progress::{Listener, Progress},
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

/// Many people to be users of customers: as rows, or as the text of a CSV file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkUsers {
    /// The rows, at most `bulk_rows`.
    #[serde(default)]
    pub users: Vec<UserInput>,
    /// The same as CSV, in place of `users`: see [`csv::rows`].
    #[serde(default)]
    pub csv: Option<String>,
    /// Whether they are added or only tried.
    pub mode: BulkMode,
    /// The number of the first row; more than 1 where an earlier call under the same key was given the rows before.
    #[serde(default = "first")]
    pub first_row: u32,
}

fn first() -> u32 {
    1
}

/// What came of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserRow {
    /// Which row, counted from 1; the header of a CSV file is none.
    pub row: u32,
    /// The address as it was given, 254 characters of it; `None` when the row could not be read.
    pub email: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: UserOutcome,
}

/// What came of one invitation among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum UserOutcome {
    /// The person was invited.
    Added {
        /// The invitation.
        association: Id<Association>,
    },
    /// A dry run: the person would be invited.
    WouldAdd {
        /// Whether the person has a login already: see [`Preview`](super::Preview).
        association: bool,
    },
    /// Nothing was done.
    Refused {
        /// Why.
        code: Code,
        /// The same for a person.
        message: String,
        /// Field by field, where it is about fields.
        faults: Vec<Fault>,
    },
}

/// What came of many rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BulkTotals {
    /// Rows that were read.
    pub rows: u32,
    /// Those of them that were added or, in a dry run, would be.
    pub added: u32,
    /// Those that were refused.
    pub refused: u32,
}

/// Rows that are decided and committed together: one wait for the disk serves them all, and a call that is cut short
/// loses no more than these.
const BATCH: usize = 50;
/// What a call is known by in its [`Replay`]; the rows are known for themselves.
const CALL: &[u8] = b"users.add_many";
/// Characters of an address that a [`UserRow`] repeats.
const LONGEST_EMAIL: usize = 254;

impl<'a> Users<'a> {
    /// The same verbs; `tell` hears of every row of a call with many, once it is committed, how far the call has come. It
    /// may call the library.
    pub fn telling<'b>(self, tell: &'b dyn Fn(Progress)) -> Users<'b>
    where
        'a: 'b,
    {
        Users(self.0, Listener::new(tell))
    }
}

impl Users<'_> {
    /// Invites many people, each as [`add`](Self::add) would: what one is refused for does not touch the others. A
    /// dry run writes nothing and tells the same refusals, those by other rows of the same call included.
    ///
    /// A row that was decided under `key` gets its first answer, changes nothing and sends no second mail, so a call
    /// that was cut short goes on where it stopped (invariant 39), and a long list can come in several calls under one
    /// key: see `first_row`. The same person at the same customer in two rows of a key is `duplicate_entry`.
    /// Who may: Admin.
    ///
    /// Errors: `invalid_input` (`key`, `users`, `csv`, `first_row`), `role_too_low`, `idempotency_key_reused` (another
    /// call, or a row with other content).
    pub fn add_many(&self, actor: Actor, key: &str, input: &BulkUsers) -> Result<Vec<UserRow>> {
        let (key, total) = input.check(key, self.0.policy())?;
        let (call, mut rows) = (Call { actor, key, mode: input.mode }, Vec::new());
        let told = |row: UserRow| {
            rows.push(row);
            self.1.tell(u32::try_from(rows.len()).unwrap_or(u32::MAX), total);
        };
        match &input.csv {
            Some(text) => self.stream(&call, input.first_row, csv::rows(text.as_bytes())?, told)?,
            None => self.stream(&call, input.first_row, input.users.iter().cloned().map(Ok), told)?,
        }
        Ok(rows)
    }

    /// The same for any number of rows, which are taken one by one and never held together. A row that is an error
    /// is a refused row; one that may pass by itself (`source_failed`) ends the call once the rows before it are done.
    ///
    /// A dry run remembers a few numbers a row, and duplicates among the first 500,000 rows or so.
    ///
    /// Errors: `invalid_input` (`key`), `role_too_low`, `idempotency_key_reused`, `source_failed`.
    pub fn add_stream(
        &self,
        actor: Actor,
        key: &str,
        mode: BulkMode,
        rows: impl IntoIterator<Item = Result<UserInput>>,
        mut tell: impl FnMut(&UserRow),
    ) -> Result<BulkTotals> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let call = faults.made(|| Some(Call { actor, key: key?, mode }))?;
        let mut totals = BulkTotals::default();
        self.stream(&call, 1, rows, |row| {
            totals.count(&row.outcome);
            tell(&row);
        })?;
        Ok(totals)
    }

    /// Takes rows in batches, decides each batch, and tells of it.
    fn stream(
        &self,
        call: &Call,
        first_row: u32,
        rows: impl IntoIterator<Item = Result<UserInput>>,
        mut tell: impl FnMut(UserRow),
    ) -> Result<()> {
        match call.mode {
            BulkMode::Apply => self.0.change(|work| call.begin(work))?,
            BulkMode::DryRun => self.0.view(|work| call.begin(work))?,
        }
        let (mut rows, mut numbers) = (rows.into_iter(), first_row..=u32::MAX);
        let mut rehearsal = Rehearsal::default();
        loop {
            let (batch, ended) = take(&mut rows, &mut numbers)?;
            let outcomes = match call.mode {
                BulkMode::Apply => self.0.change(|work| call.decide(work, &batch, invite)),
                BulkMode::DryRun => self.0.view(|work| {
                    call.decide(work, &batch, |work, call, row, invited| rehearsal.invite(work, call, row, invited))
                }),
            };
            for (row, outcome) in batch.into_iter().zip(outcomes?) {
                tell(UserRow { row: row.number, email: row.email, outcome });
            }
            if let Some(ended) = ended {
                return ended;
            }
        }
    }
}

impl BulkUsers {
    /// The key, and how many rows there are.
    fn check(&self, key: &str, policy: &Policy) -> Result<(CallKey, u32)> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let most = policy.bulk_rows as usize;
        let few = |rows: usize| match rows <= most {
            true => Ok(rows),
            false => Err(Error::because(Code::TooMany, format!("has more than {most} rows"))),
        };
        let mut rows = faults.check("users", few(self.users.len())).unwrap_or_default();
        if let Some(text) = &self.csv {
            if !self.users.is_empty() {
                faults.check::<()>("csv", Err(Error::because(Code::UnknownField, "is not asked for beside `users`")));
            }
            let counted = csv::rows(text.as_bytes()).and_then(|rows| few(rows.take(most + 1).count()));
            rows = faults.check("csv", counted).unwrap_or_default();
        }
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        if self.first_row == 0 || self.first_row.checked_add(rows.saturating_sub(1)).is_none() {
            let message = format!("must be 1 at least, and leave numbers up to {} for the rows", u32::MAX);
            faults.check::<()>("first_row", Err(Error::because(Code::OutOfRange, message)));
        }
        faults.made(|| Some((key?, rows)))
    }
}

impl BulkTotals {
    fn count(&mut self, outcome: &UserOutcome) {
        self.rows += 1;
        match outcome {
            UserOutcome::Added { .. } | UserOutcome::WouldAdd { .. } => self.added += 1,
            UserOutcome::Refused { .. } => self.refused += 1,
        }
    }
}

impl UserOutcome {
    /// A refusal is an answer; what may pass by itself, and who may not, ends the call.
    fn refused(error: Error) -> Result<Self> {
        match error.category() {
            Category::Invalid | Category::NotFound | Category::Conflict | Category::RateLimited => {
                let (code, message) = (error.code(), error.message().to_owned());
                Ok(UserOutcome::Refused { code, message, faults: error.faults().to_vec() })
            }
            _ => Err(error),
        }
    }
}

/// One row, checked.
pub(super) struct Row {
    pub(super) number: u32,
    email: Option<String>,
    invited: Result<Invited, UserOutcome>,
    /// What is asked, in one form.
    asked: Vec<u8>,
}

impl Row {
    /// Errors: those that no row is refused for.
    fn new(number: u32, input: Result<UserInput>) -> Result<Self> {
        let input = match input {
            Ok(input) => input,
            Err(error) => {
                // without the message, which may tell of a line that is another one in another call
                let faults: Vec<_> = error.faults().iter().map(|fault| (&fault.field, fault.code)).collect();
                let asked = json(&(error.code(), faults))?;
                return Ok(Row { number, email: None, invited: Err(UserOutcome::refused(error)?), asked });
            }
        };
        let UserInput { customer, email, name, login_name, notes } = &input;
        let asked = json(&(customer, email, name, login_name, notes))?;
        let email = Some(email.chars().take(LONGEST_EMAIL).collect());
        let invited = match input.parse() {
            Ok(invited) => Ok(invited),
            Err(error) => Err(UserOutcome::refused(error)?),
        };
        Ok(Row { number, email, invited, asked })
    }

    /// What a row is called in its [`Replay`]: no id of a record is that old.
    fn id(&self) -> Id<()> {
        Id::first_at(Timestamp::from_millis(i64::from(self.number)))
    }
}

fn json(asked: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(asked).map_err(|error| Error::new(Code::Internal).caused_by(error))
}

/// The next rows, and how the stream ended, if it did.
type Batch = (Vec<Row>, Option<Result<()>>);

/// Errors: `out_of_range` (more rows than can be numbered).
fn take(rows: &mut impl Iterator<Item = Result<UserInput>>, numbers: &mut impl Iterator<Item = u32>) -> Result<Batch> {
    let mut batch = Vec::new();
    while batch.len() < BATCH {
        let Some(input) = rows.next() else { return Ok((batch, Some(Ok(())))) };
        let number = numbers.next().ok_or_else(|| Error::because(Code::OutOfRange, "there are too many rows"))?;
        match Row::new(number, input) {
            Ok(row) => batch.push(row),
            Err(error) => return Ok((batch, Some(Err(error)))),
        }
    }
    Ok((batch, None))
}

/// One call, or several under one key.
pub(super) struct Call {
    pub(super) actor: Actor,
    key: CallKey,
    mode: BulkMode,
}

impl Call {
    /// Notes the call, unless it is a dry run. Errors: `role_too_low`, `idempotency_key_reused`.
    fn begin(&self, work: &mut Work<'_>) -> Result<()> {
        work.authorise(self.actor, Permission::ManageUsers)?;
        let company = self.actor.company();
        match Replay::answer(work, company, &self.key, company.cast(), CALL)? {
            None if self.mode == BulkMode::Apply => {
                Replay::keep(work, company, &self.key, company.cast(), CALL, Answered(json!({})))
            }
            _ => Ok(()),
        }
    }

    /// Decides each row once; a refusal is kept too. A refused row has written nothing, so the others go on.
    fn decide(
        &self,
        work: &mut Work<'_>,
        batch: &[Row],
        mut invite: impl FnMut(&mut Work<'_>, &Call, &Row, &Invited) -> Result<UserOutcome>,
    ) -> Result<Vec<UserOutcome>> {
        work.authorise(self.actor, Permission::ManageUsers)?;
        let company = self.actor.company();
        // what every row asks for first, in one round trip
        let answers = batch.iter().map(|row| Replay::by_key(company, self.key.as_str(), row.id()));
        let people = batch.iter().filter_map(|row| row.invited.as_ref().ok());
        let people = people.map(|invited| Login::by_address(invited.email.canonical()));
        work.get((answers.collect::<Vec<_>>(), people.collect::<Vec<_>>()))?;
        let mut decide = |row: &Row| {
            if let Some(Answered(answer)) = Replay::answer(work, company, &self.key, row.id(), &row.asked)? {
                return serde_json::from_value(answer).map_err(|error| Error::new(Code::Corrupt).caused_by(error));
            }
            let outcome = match &row.invited {
                Ok(invited) => invite(work, self, row, invited).or_else(UserOutcome::refused)?,
                Err(refused) => refused.clone(),
            };
            if self.mode == BulkMode::Apply {
                let answer =
                    serde_json::to_value(&outcome).map_err(|error| Error::new(Code::Internal).caused_by(error))?;
                Replay::keep(work, company, &self.key, row.id(), &row.asked, Answered(answer))?;
            }
            Ok(outcome)
        };
        batch.iter().map(&mut decide).collect()
    }

    /// Refuses an association that another row of this key has made. It reads as much where there is none
    /// (invariant 35). Errors: `duplicate_entry`.
    pub(super) fn refuse_twin(&self, work: &mut Work<'_>, prospect: &Prospect<'_>) -> Result<()> {
        let row = prospect.found().map_or_else(|| prospect.customer().cast(), |found| found.id.cast());
        let twin = Replay::answer(work, self.actor.company(), &self.key, row, CALL)?;
        match twin.and_then(|Answered(row)| row.as_u64()) {
            Some(row) => Err(duplicate(row)),
            None => Ok(()),
        }
    }
}

/// Invites, once for a person at a customer.
fn invite(work: &mut Work<'_>, call: &Call, row: &Row, invited: &Invited) -> Result<UserOutcome> {
    let prospect = Prospect::read(work, call.actor, invited)?;
    call.refuse_twin(work, &prospect)?;
    let association = prospect.invite(work, call.actor)?.id;
    let (company, answer) = (call.actor.company(), Answered(json!(row.number)));
    Replay::keep(work, company, &call.key, association.cast(), CALL, answer)?;
    Ok(UserOutcome::Added { association })
}

pub(super) fn duplicate(first: impl Into<u64>) -> Error {
    let first = first.into();
    Error::because(Code::DuplicateEntry, format!("row {first} asks for this person at this customer already"))
}
