use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Decision, Request, Requests, Verdict,
    decide::{Words, approve, reject},
};
use crate::{
    actor::Actor,
    company::Permission,
    customer::Customer,
    error::{Category, Code, Error, Faults, Result},
    id::Id,
    progress::{Listener, Progress},
    replay::{Answered, CallKey, Replay},
    work::Work,
};

/// The same decision on many requests.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkDecision {
    /// The requests: at most `bulk_rows`, none twice.
    pub requests: Vec<Id<Request>>,
    /// Yes or no.
    pub verdict: Verdict,
    /// What goes with it, the same for all.
    #[serde(flatten)]
    pub decision: Decision,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BulkRow {
    /// The request.
    pub request: Id<Request>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of one decision among many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It is a customer now.
    Approved {
        /// The customer.
        customer: Id<Customer>,
    },
    /// It was declined.
    Rejected,
    /// It was left as it is.
    Refused {
        /// Why: a code, as text.
        code: String,
        /// The same for a person.
        message: String,
    },
}

impl<'a> Requests<'a> {
    /// The same verbs; `tell` hears after every row of a call with many how far it has come. It may call the library.
    pub fn telling<'b>(self, tell: &'b dyn Fn(Progress)) -> Requests<'b>
    where
        'a: 'b,
    {
        Requests(self.0, Listener::new(tell))
    }
}

impl Requests<'_> {
    /// Decides many requests, each on its own: what one is refused for does not touch the others.
    ///
    /// Repeated under the same `key`, it changes nothing and gives the first answer, row by row; a call that was
    /// cut short goes on where it stopped (invariant 39). Who may: Admin, Procurement Manager.
    ///
    /// Errors: `invalid_input` (`key`, `requests`, `reason`, `note`), `role_too_low`, `idempotency_key_reused`.
    pub fn decide_many(&self, actor: Actor, key: &str, input: &BulkDecision) -> Result<Vec<BulkRow>> {
        let (key, words) = self.check_bulk(key, input)?;
        let asked = asked(input)?;
        let company = actor.company();
        self.0.change(|work| {
            work.authorise(actor, Permission::DecideRequests)?;
            match Replay::answer(work, company, &key, company.cast(), &asked)? {
                Some(_) => Ok(()),
                None => Replay::keep(work, company, &key, company.cast(), &asked, Answered(json!({}))),
            }
        })?;
        let total = u32::try_from(input.requests.len()).unwrap_or(u32::MAX);
        let row = |(request, done): (&Id<Request>, u32)| {
            let outcome = self.0.change(|work| decide_row(work, actor, &key, *request, input.verdict, &words))?;
            self.1.tell(done, total);
            Ok(BulkRow { request: *request, outcome })
        };
        input.requests.iter().zip(1..).map(row).collect()
    }

    fn check_bulk(&self, key: &str, input: &BulkDecision) -> Result<(CallKey, Words)> {
        let mut faults = Faults::default();
        let key = faults.check("key", CallKey::parse(key));
        let words = input.decision.check(&mut faults);
        let most = self.0.policy().bulk_rows as usize;
        if input.requests.len() > most {
            let error = Error::because(Code::TooMany, format!("has more than {most} rows"));
            faults.check::<()>("requests", Err(error));
        }
        let mut sorted: Vec<_> = input.requests.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
            faults.add("requests", Code::DuplicateEntry);
        }
        faults.made(|| Some((key?, words?)))
    }
}

/// What is asked, in one form whatever the order of the fields it came in.
fn asked(input: &BulkDecision) -> Result<Vec<u8>> {
    let Decision { reason, note } = &input.decision;
    serde_json::to_vec(&(&input.requests, input.verdict, reason, note))
        .map_err(|error| Error::new(Code::Internal).caused_by(error))
}

/// One row, decided once. A refusal is an answer too, and kept; what may pass by itself is not.
fn decide_row(
    work: &mut Work<'_>,
    actor: Actor,
    key: &CallKey,
    request: Id<Request>,
    verdict: Verdict,
    words: &Words,
) -> Result<Outcome> {
    let (company, row, asked) = (actor.company(), request.cast(), verdict.as_str().as_bytes());
    if let Some(Answered(answer)) = Replay::answer(work, company, key, row, asked)? {
        return serde_json::from_value(answer).map_err(|error| Error::new(Code::Corrupt).caused_by(error));
    }
    let decided = match verdict {
        Verdict::Approve => {
            approve(work, actor, request, words).map(|made| Outcome::Approved { customer: made.customer.id })
        }
        Verdict::Reject => reject(work, actor, request, words).map(|_| Outcome::Rejected),
    };
    let outcome = match decided {
        Ok(outcome) => outcome,
        Err(error) if matches!(error.category(), Category::Conflict | Category::NotFound) => {
            Outcome::Refused { code: error.code().to_string(), message: error.message().to_owned() }
        }
        Err(error) => return Err(error),
    };
    let answer = serde_json::to_value(&outcome).map_err(|error| Error::new(Code::Internal).caused_by(error))?;
    Replay::keep(work, company, key, row, asked, Answered(answer))?;
    Ok(outcome)
}
