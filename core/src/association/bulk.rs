use serde::{Deserialize, Serialize};

use super::{
    Association, UserInput, Users, csv,
    invite::{Invited, Prospect},
    rehearsal::Rehearsal,
};
use crate::{
    actor::Actor,
    bulk::{BulkMode, Call, asked, check_first_row, few, refusal, repeated, take, unread},
    company::Permission,
    error::{Code, Error, Fault, Faults, Result},
    id::Id,
    login::Login,
    policy::Policy,
    progress::{Listener, Progress},
    replay::CallKey,
    work::Work,
};

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

/// What a call is known by in its replay.
const CALL: &[u8] = b"users.add_many";

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
        let (call, mut rows) = (call(actor, key, input.mode), Vec::new());
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
        let call = faults.made(|| Some(call(actor, key?, mode)))?;
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
        call.begin(self.0)?;
        let (mut rows, mut numbers) = (rows.into_iter(), first_row..=u32::MAX);
        let mut rehearsal = Rehearsal::default();
        loop {
            let (batch, ended) = take(&mut rows, &mut numbers, Row::new)?;
            let outcomes = match call.mode {
                BulkMode::Apply => self.0.change(|work| decide(work, call, &batch, invite)),
                BulkMode::DryRun => self.0.view(|work| {
                    decide(work, call, &batch, |work, call, row, invited| rehearsal.invite(work, call, row, invited))
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
        let mut rows = faults.check("users", few(self.users.len(), policy.bulk_rows)).unwrap_or_default();
        if let Some(text) = &self.csv {
            if !self.users.is_empty() {
                faults.check::<()>("csv", Err(Error::because(Code::UnknownField, "is not asked for beside `users`")));
            }
            let counted = csv::rows(text.as_bytes())
                .and_then(|rows| few(rows.take(policy.bulk_rows as usize + 1).count(), policy.bulk_rows));
            rows = faults.check("csv", counted).unwrap_or_default();
        }
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        check_first_row(&mut faults, self.first_row, rows);
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
        refusal(error).map(|(code, message, faults)| UserOutcome::Refused { code, message, faults })
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
                let asked = unread(&error)?;
                return Ok(Row { number, email: None, invited: Err(UserOutcome::refused(error)?), asked });
            }
        };
        let UserInput { customer, email, name, login_name, notes } = &input;
        let asked = asked(&(customer, email, name, login_name, notes))?;
        let email = Some(repeated(email));
        let invited = match input.parse() {
            Ok(invited) => Ok(invited),
            Err(error) => Err(UserOutcome::refused(error)?),
        };
        Ok(Row { number, email, invited, asked })
    }
}

fn call(actor: Actor, key: CallKey, mode: BulkMode) -> Call {
    Call { actor, key, mode, permission: Permission::ManageUsers, asked: CALL.to_vec() }
}

/// Decides each row once; a refusal is kept too. A refused row has written nothing, so the others go on.
fn decide(
    work: &mut Work<'_>,
    call: &Call,
    batch: &[Row],
    mut invite: impl FnMut(&mut Work<'_>, &Call, &Row, &Invited) -> Result<UserOutcome>,
) -> Result<Vec<UserOutcome>> {
    work.authorise(call.actor, Permission::ManageUsers)?;
    // what every row asks for first, in one round trip
    let people = batch.iter().filter_map(|row| row.invited.as_ref().ok());
    let people = people.map(|invited| Login::by_address(invited.email.canonical()));
    work.get((call.answers(batch.iter().map(|row| row.number)), people.collect::<Vec<_>>()))?;
    let mut decide = |row: &Row| {
        call.once(work, row.number, &row.asked, |work| match &row.invited {
            Ok(invited) => invite(work, call, row, invited).or_else(UserOutcome::refused),
            Err(refused) => Ok(refused.clone()),
        })
    };
    batch.iter().map(&mut decide).collect()
}

/// Refuses an association that another row of this key has made. It reads as much where there is none
/// (invariant 35). Errors: `duplicate_entry`.
pub(super) fn refuse_twin(work: &mut Work<'_>, call: &Call, prospect: &Prospect<'_>) -> Result<()> {
    let row = prospect.found().map_or_else(|| prospect.customer().cast(), |found| found.id.cast());
    call.twin(work, row)?.map_or(Ok(()), |row| Err(duplicate(row)))
}

/// Invites, once for a person at a customer.
fn invite(work: &mut Work<'_>, call: &Call, row: &Row, invited: &Invited) -> Result<UserOutcome> {
    let prospect = Prospect::read(work, call.actor, invited)?;
    refuse_twin(work, call, &prospect)?;
    let association = prospect.invite(work, call.actor)?.id;
    call.note(work, association.cast(), row.number)?;
    Ok(UserOutcome::Added { association })
}

pub(super) fn duplicate(first: impl Into<u64>) -> Error {
    let first = first.into();
    Error::because(Code::DuplicateEntry, format!("row {first} asks for this person at this customer already"))
}
