use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Account, CourseKey, Courses, Fields, Progress, Published, Signal, SignalName,
    judge::{Current, Fact, judge},
    move_on::Decided,
    record::{PLACE, TaskKeys},
    together::Together,
};
use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Fault, Faults, Result},
    id::Id,
    partner::Partner,
    progress::{Listener, Progress as Told},
    store::Record,
    value::Line,
    work::Work,
};

/// A fact that the host reports about an account.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalInput {
    /// The commerce account, if it is about one.
    #[serde(default)]
    pub company: Option<Id<Company>>,
    /// The partner account, if it is about one.
    #[serde(default)]
    pub partner: Option<Id<Partner>>,
    /// What happened: lower case letters, digits, `_` and `.`, at most 60.
    pub name: String,
    /// The details: at most 20, each a text of at most 200 characters, a whole number, or true or false.
    #[serde(default)]
    pub fields: Map<String, Value>,
    /// When it happened; now unless told.
    #[serde(default)]
    pub occurred: Option<Timestamp>,
    /// Names this fact among those of the account: reported again under the same key, it changes nothing.
    pub key: String,
}

/// What came of a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signalled {
    /// The tasks that it completed.
    pub completed: Vec<CourseKey>,
}

/// What came of one signal among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignalRow {
    /// Which signal of the call, counted from 1.
    pub row: u32,
    /// The tasks that it completed.
    pub completed: Vec<CourseKey>,
    /// Why it was left out, if it was: a code, as text.
    pub code: Option<String>,
    /// The same for a person.
    pub message: Option<String>,
    /// The same field by field, where it is about fields.
    pub faults: Vec<Fault>,
}

/// The same, checked.
#[derive(Debug)]
pub(crate) struct Checked {
    account: Account,
    fact: (SignalName, Fields, Option<Timestamp>),
    key: Line<200>,
}

/// Signals of one commit: what a group of accounts is locked for is short, and a long call goes forward.
const AT_ONCE: usize = 250;

/// What one row came to.
type Answer = Result<TaskKeys>;

/// Signals that callers report at the same time, one each. Those about one account would else lose races on its row.
pub(crate) type Reported = Together<Checked, Answer>;

impl<'a> Courses<'a> {
    /// The same verbs; `tell` hears after every commit of a call with many how far it has come. It may call the library.
    pub fn telling<'b>(self, tell: &'b dyn Fn(Told)) -> Courses<'b>
    where
        'a: 'b,
    {
        Courses(self.0, Listener::new(tell))
    }
}

impl Courses<'_> {
    /// Reports a fact about an account. What it completes is completed, and the last task certifies, in this very
    /// commit. Reported again under the same key, it changes nothing and gives the first answer (invariant 39). Those
    /// that are reported at the same time share a commit. The host's own verb.
    ///
    /// Errors: `invalid_input` with every fault at once (`company` or `partner`, one of the two; `name`, `fields.<name>`,
    /// `occurred`, `key`), `not_found` (the account), `idempotency_key_reused`.
    pub fn signal(&self, input: &SignalInput) -> Result<Signalled> {
        let checked = Arc::new(self.check(input)?);
        let together = self.0.reported().answer(Arc::clone(&checked), |signals| self.decide_together(signals));
        let answer = together.unwrap_or_else(|| self.decide_alone(checked))?;
        Ok(Signalled { completed: answer.0.into_iter().collect() })
    }

    /// Answers to signals of several callers, in their order. Where they cannot be decided together nobody has one, so
    /// that each decides alone, and is answerable for none but its own.
    fn decide_together(&self, signals: &[Arc<Checked>]) -> Vec<Option<Answer>> {
        signals.chunks(AT_ONCE).flat_map(|group| self.decide_group(group)).collect()
    }

    fn decide_group(&self, signals: &[Arc<Checked>]) -> Vec<Option<Answer>> {
        let numbered: Vec<_> = signals.iter().cloned().enumerate().collect();
        match self.0.change(|work| decided(work, &numbered)) {
            Ok(Decided::Done(answers)) => {
                let mut answers: BTreeMap<_, _> = answers.into_iter().collect();
                (0..signals.len()).map(|at| answers.remove(&at)).collect()
            }
            // who is alone has been decided alone
            Err(error) if signals.len() == 1 => vec![Some(Err(error))],
            Ok(Decided::Behind(_)) | Err(_) => signals.iter().map(|_| None).collect(),
        }
    }

    fn decide_alone(&self, signal: Arc<Checked>) -> Answer {
        let signal = [(0, signal)];
        let answers = self.0.change_up_to_date(|work| decided(work, &signal))?;
        answers.into_iter().next().map_or_else(|| Err(Error::new(Code::Internal)), |(_, answer)| answer)
    }

    /// Reports many facts, in their order; what is wrong with one does not touch the others. They are committed in groups
    /// of 250; a call that was cut short is made again, and goes on where it stopped. The host's own verb.
    ///
    /// Errors: `invalid_input` (`signals`: more than `bulk_rows`).
    pub fn signal_many(&self, signals: &[SignalInput]) -> Result<Vec<SignalRow>> {
        let most = self.0.policy().bulk_rows as usize;
        if signals.len() > most {
            let mut faults = Faults::default();
            faults.check::<()>("signals", Err(Error::because(Code::TooMany, format!("has more than {most} rows"))));
            faults.finish()?;
        }
        let total = u32::try_from(signals.len()).unwrap_or(u32::MAX);
        let mut rows = Vec::with_capacity(signals.len());
        for group in signals.chunks(AT_ONCE) {
            let first = rows.len();
            let mut answers = BTreeMap::new();
            let mut checked = Vec::with_capacity(group.len());
            for (at, input) in group.iter().enumerate() {
                match self.check(input) {
                    Ok(signal) => checked.push((at, Arc::new(signal))),
                    Err(error) => drop(answers.insert(at, Err(error))),
                }
            }
            answers.extend(self.0.change_up_to_date(|work| decided(work, &checked))?);
            for (at, answer) in answers {
                rows.push(SignalRow::of(u32::try_from(first + at + 1).unwrap_or(u32::MAX), answer));
            }
            self.1.tell(u32::try_from(rows.len()).unwrap_or(u32::MAX), total);
        }
        Ok(rows)
    }

    fn check(&self, input: &SignalInput) -> Result<Checked> {
        let mut faults = Faults::default();
        let account = match (input.company, input.partner) {
            (Some(company), None) => Some(Account::Commerce(company)),
            (None, Some(partner)) => Some(Account::Partner(partner)),
            (Some(_), Some(_)) => {
                faults.add("partner", Code::UnknownField);
                None
            }
            (None, None) => {
                faults.add("company", Code::Required);
                None
            }
        };
        let name = faults.check("name", SignalName::parse(&input.name));
        let fields = faults.check("fields", Fields::parse(&input.fields));
        let key = faults.check("key", Line::parse(&input.key));
        let latest = self.0.now() + self.0.policy().signal_ahead;
        if input.occurred.is_some_and(|occurred| occurred > latest) {
            faults.check::<()>("occurred", Err(Error::because(Code::OutOfRange, "lies in the future")));
        }
        faults.made(|| Some(Checked { account: account?, fact: (name?, fields?, input.occurred), key: key? }))
    }
}

/// The answers to a group, in one commit.
fn decided(work: &mut Work<'_>, signals: &[(usize, Arc<Checked>)]) -> Result<Decided<Vec<(usize, Answer)>>> {
    let mut groups: BTreeMap<Account, Vec<&(usize, Arc<Checked>)>> = BTreeMap::new();
    signals.iter().for_each(|signal| groups.entry(signal.1.account).or_default().push(signal));
    let accounts: Vec<_> = groups.keys().map(|account| account.keys()).collect();
    let keys: Vec<_> = signals.iter().map(|(_, it)| Signal::by_key(it.account.id(), it.key.as_str())).collect();
    // everything in one round trip
    let (head, found, _) = work.get((Published::by_place(PLACE), accounts, keys))?;
    let current = head.map(|head| Current::of(work, &head)).transpose()?;
    let mut behind = Vec::new();
    let found: Vec<_> = found.into_iter().map(Found::of).collect();
    for (account, found) in groups.keys().zip(&found) {
        let at = found.progress.as_ref().map_or(0, |progress| progress.edition);
        if found.is_there && current.as_ref().is_some_and(|current| at < current.number) {
            behind.push(*account);
        }
    }
    if !behind.is_empty() {
        return Ok(Decided::Behind(behind));
    }
    let mut answers = Vec::with_capacity(signals.len());
    // partners come first: what completes a client's task changes its partner's row, and never the other way
    for ((account, signals), found) in groups.into_iter().zip(found) {
        answers.extend(of_account(work, (account, found), current.as_ref(), &signals)?);
    }
    Ok(Decided::Done(answers))
}

fn of_account(
    work: &mut Work<'_>,
    (account, found): (Account, Found),
    current: Option<&Current>,
    signals: &[&(usize, Arc<Checked>)],
) -> Result<Vec<(usize, Answer)>> {
    if !found.is_there {
        let missing = || match account {
            Account::Partner(_) => Partner::missing(),
            Account::Commerce(_) => Company::missing(),
        };
        return Ok(signals.iter().map(|(at, _)| (*at, missing())).collect());
    }
    let (mut answers, mut new) = (Vec::with_capacity(signals.len()), Vec::new());
    let mut firsts: BTreeMap<&str, (usize, &Checked)> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (at, signal) in signals {
        let key = signal.key.as_str();
        if let Some(first) = firsts.get(key) {
            repeated.push((*at, signal, *first));
            continue;
        }
        match work.get(Signal::by_key(account.id(), key))? {
            Some(old) => answers.push((*at, signal.again(&old))),
            None => {
                firsts.insert(key, (new.len(), signal));
                new.push((*at, signal.fact(work.now())));
            }
        }
    }
    let (places, facts): (Vec<_>, Vec<_>) = new.into_iter().unzip();
    let completed = if facts.is_empty() { Vec::new() } else { judge(work, account, current, found.progress, facts)? };
    for (at, signal, (first, of)) in repeated {
        let Fact { name, fields, occurred, .. } = of.fact(work.now());
        let answer = completed.get(first).filter(|_| signal.tells((&name, &fields, occurred))).cloned();
        answers.push((at, answer.ok_or_else(|| Error::new(Code::KeyReused))));
    }
    answers.extend(places.into_iter().zip(completed.into_iter().map(Ok)));
    Ok(answers)
}

/// What is read of an account.
struct Found {
    is_there: bool,
    progress: Option<Progress>,
}

impl Found {
    fn of((company, partner, progress): (Option<Option<Company>>, Option<Option<Partner>>, Option<Progress>)) -> Self {
        Found { is_there: company.flatten().is_some() || partner.flatten().is_some(), progress }
    }
}

impl Account {
    /// What is read of an account: whether it is there, and how far it has come.
    fn keys(self) -> (Option<Id<Company>>, Option<Id<Partner>>, crate::store::Unique<Progress>) {
        let progress = Progress::by_account(self.id());
        match self {
            Account::Commerce(company) => (Some(company), None, progress),
            Account::Partner(partner) => (None, Some(partner), progress),
        }
    }
}

impl Checked {
    fn fact(&self, now: Timestamp) -> Fact {
        let (name, fields, occurred) = self.fact.clone();
        Fact { name, fields, occurred: occurred.unwrap_or(now), key: Some(self.key.to_string()) }
    }

    /// Whether it is the same fact; without a time of its own, whenever that was reported.
    fn tells(&self, (name, fields, occurred): (&SignalName, &Fields, Timestamp)) -> bool {
        let (own_name, own_fields, own) = &self.fact;
        own_name == name && own_fields == fields && own.is_none_or(|own| own == occurred)
    }

    /// The first answer, where the same was asked then.
    fn again(&self, old: &Signal) -> Answer {
        match self.tells((&old.name, &old.fields, old.occurred)) {
            true => Ok(old.completed.clone()),
            false => Err(Error::new(Code::KeyReused)),
        }
    }
}

impl SignalRow {
    fn of(row: u32, answer: Answer) -> Self {
        let row = SignalRow { row, completed: Vec::new(), code: None, message: None, faults: Vec::new() };
        match answer {
            Ok(keys) => SignalRow { completed: keys.0.into_iter().collect(), ..row },
            Err(error) => SignalRow {
                code: Some(error.code().to_string()),
                message: Some(error.message().to_owned()),
                faults: error.faults().to_vec(),
                ..row
            },
        }
    }
}
