//! Facts that the host reports: some at once, about one account or several.

use std::{cell::RefCell, collections::BTreeMap};

use handfast::{
    Timestamp,
    course::{Fields, SignalInput, SignalName},
    value::Line,
};
use rusqlite::Connection;

use super::{
    Hand, Ids, Verb,
    course::{HEAD_VERSION, Head, PROGRESS_VERSION, Progress, Signal, head, keep, progress},
    rows::{COMPANY_VERSION, company_version, stand},
};
use crate::Result;

/// So many are committed at once, as the library promises.
const AT_ONCE: usize = 250;

/// Facts of one commit. They share their ids with those of the commits before: within one moment they sort as they were
/// made, account by account within each commit.
pub(super) struct Signals<'a> {
    pub(super) inputs: &'a [SignalInput],
    pub(super) ids: &'a RefCell<Ids>,
}

/// A fact, checked.
struct Checked {
    name: SignalName,
    fields: String,
    occurred: Option<Timestamp>,
    key: Line<200>,
}

/// An account with what is told of it.
struct Account {
    id: String,
    version: i64,
    progress: Progress,
    facts: Vec<Checked>,
}

pub(super) struct Found {
    head: Head,
    accounts: Vec<Account>,
}

impl<'a> Signals<'a> {
    /// The commits of a long call.
    pub(super) fn groups(inputs: &'a [SignalInput], ids: &'a RefCell<Ids>) -> impl Iterator<Item = Self> {
        inputs.chunks(AT_ONCE).map(move |inputs| Signals { inputs, ids })
    }
}

impl Checked {
    fn check(input: &SignalInput, latest: Timestamp) -> Result<Self> {
        if input.occurred.is_some_and(|occurred| occurred > latest) {
            return Err("this lies in the future".into());
        }
        let fields = serde_json::to_string(&Fields::parse(&input.fields)?)?;
        let (name, key) = (SignalName::parse(&input.name)?, Line::parse(&input.key)?);
        Ok(Checked { name, fields, occurred: input.occurred, key })
    }
}

impl Verb for Signals<'_> {
    type Found = Found;

    fn read(&self, hand: &Hand, db: &Connection) -> Result<Found> {
        let latest = hand.now() + hand.policy.signal_ahead;
        let mut facts: BTreeMap<_, Vec<Checked>> = BTreeMap::new();
        for input in self.inputs {
            let company = input.company.ok_or("only of commerce accounts")?;
            facts.entry(company).or_default().push(Checked::check(input, latest)?);
        }
        let head = head(hand, db)?.ok_or("no course")?;
        let mut accounts = Vec::with_capacity(facts.len());
        for (company, facts) in facts {
            let id = company.to_string();
            let version = company_version(db, &id)?;
            let mut progress = progress(db, &id, &head)?;
            let mut known = db.prepare_cached("SELECT 1 FROM handfast_signal WHERE account = ?1 AND key = ?2")?;
            for fact in &facts {
                if known.exists([&id, fact.key.as_str()])? {
                    return Err("reported before".into());
                }
                progress.count(&head.course, fact.name.as_str())?;
            }
            accounts.push(Account { id, version, progress, facts });
        }
        Ok(Found { head, accounts })
    }

    fn stands(&self, db: &Connection, found: &Found) -> Result<bool> {
        let head = (HEAD_VERSION, found.head.id.as_str(), found.head.version);
        for Account { id, version, progress, .. } in &found.accounts {
            let progress = (PROGRESS_VERSION, progress.id.as_str(), progress.version);
            if !stand(db, &[(COMPANY_VERSION, id, *version), progress])? {
                return Ok(false);
            }
        }
        stand(db, &[head])
    }

    fn write(&self, hand: &Hand, db: &Connection, found: Found) -> Result<()> {
        let (now, mut ids) = (hand.now(), self.ids.borrow_mut());
        for Account { id: account, progress, facts, .. } in &found.accounts {
            for Checked { name, fields, occurred, key } in facts {
                let (name, key, occurred) = (name.as_str(), Some(key.as_str()), occurred.unwrap_or(now));
                let edition = found.head.edition;
                let signal = Signal { account, side: "commerce", name, fields, occurred, edition, key };
                keep(db, &ids.next()?, now, &signal)?;
            }
            progress.write(db)?;
        }
        Ok(())
    }
}
