//! What a dry run remembers of the rows before, which it has not written.

use std::{
    collections::{HashMap, hash_map::RandomState},
    hash::{BuildHasher, Hash},
};

use super::{
    UserOutcome,
    bulk::{Row, duplicate, refuse_twin},
    invite::{Invited, Prospect, login_name_taken},
};
use crate::{bulk::Call, error::Result, login::folded, work::Work};

/// What earlier rows would have taken, as hashes: two that fall together would refuse a row wrongly, once in ten
/// million dry runs of 500,000 rows.
#[derive(Default)]
pub(super) struct Rehearsal {
    hashes: RandomState,
    /// Rows by person and customer, rows by login name, and how many invitations by address.
    noted: HashMap<u64, u32>,
}

/// Hashes that are noted at most: some 40 MB.
const MOST_NOTED: usize = 1_500_000;

impl Rehearsal {
    /// Says what would come of an invitation after those of the rows before. A login name that one of those would give
    /// up still counts as taken.
    pub(super) fn invite(
        &mut self,
        work: &mut Work<'_>,
        call: &Call,
        row: &Row,
        invited: &Invited,
    ) -> Result<UserOutcome> {
        let prospect = Prospect::read(work, call.actor, invited)?;
        refuse_twin(work, call, &prospect)?;
        let address = invited.email.canonical();
        let person = self.hash(("person", invited.customer.uuid(), address));
        if let Some(first) = self.noted.get(&person) {
            return Err(duplicate(*first));
        }
        let login_name = prospect.login_name()?;
        let name = invited.login_name().map(|name| self.hash(("login name", folded(name))));
        if name.is_some_and(|name| self.noted.contains_key(&name)) {
            return Err(login_name_taken());
        }
        let address = self.hash(("address", address));
        let invitations = self.noted.get(&address).copied().unwrap_or_default();
        prospect.check_rate(work, invitations)?;
        self.note(person, row.number);
        self.note(address, invitations + 1);
        if let Some(name) = name.filter(|_| login_name.is_some()) {
            self.note(name, row.number);
        }
        Ok(UserOutcome::WouldAdd { association: prospect.is_asked() })
    }

    fn hash(&self, what: impl Hash) -> u64 {
        self.hashes.hash_one(what)
    }

    fn note(&mut self, hash: u64, number: u32) {
        if self.noted.len() < MOST_NOTED || self.noted.contains_key(&hash) {
            self.noted.insert(hash, number);
        }
    }
}
