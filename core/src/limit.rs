//! How often something was done lately: state in a row, so that races and restarts lose no count.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Result},
    id::Id,
    policy::Policy,
    record,
    work::Work,
};

record! {
    /// A count within a window of time.
    pub(crate) struct Limit in "limit" {
        /// The id.
        id: Id<Limit>,
        /// What is counted: a word and what it is about.
        scope: String,
        /// How often, since `since`.
        count: i64,
        /// When the window began.
        since: Timestamp,
        /// The last time.
        latest: Timestamp,
        /// Refused until then.
        until: Option<Timestamp>,
    }
    unique by_scope(scope: &str);
}

/// At most `most` times in `window`, and `apart` from one another.
pub(crate) struct Rate {
    pub(crate) most: u32,
    pub(crate) window: Duration,
    pub(crate) apart: Duration,
}

impl Rate {
    /// Mails that a person who is not signed in, or not yet proved, makes the library send.
    pub(crate) fn of_account_mails(policy: &Policy) -> Self {
        let (most, window) = (policy.account_mails_per_hour, Duration::from_secs(60 * 60));
        Rate { most, window, apart: policy.code_interval }
    }
}

impl Limit {
    fn new(work: &Work<'_>, scope: &str) -> Result<Self> {
        let now = work.now();
        Ok(Limit { id: work.new_id()?, scope: scope.to_owned(), count: 0, since: now, latest: now, until: None })
    }

    /// The counts that a company keeps by an address.
    pub(crate) fn scopes_at(company: Id<Company>, address: &str) -> [String; 2] {
        ["visitor_code", "user_invitation"].map(|what| format!("{what} {company} {address}"))
    }

    /// Forgets counts, and with them what they are about.
    pub(crate) fn forget(work: &mut Work<'_>, scopes: impl IntoIterator<Item = String>) -> Result<()> {
        let scopes: Vec<_> = scopes.into_iter().collect();
        let found = work.get(scopes.iter().map(|scope| Limit::by_scope(scope)).collect::<Vec<_>>())?;
        found.into_iter().flatten().for_each(|limit| work.delete(limit.id));
        Ok(())
    }

    fn keep(&self, work: &mut Work<'_>, known: bool) {
        if known { work.put(self) } else { work.insert(self) }
    }

    /// Counts one more. Errors: `too_often` with the time to wait; nothing is counted then.
    pub(crate) fn take(work: &mut Work<'_>, scope: &str, rate: &Rate) -> Result<()> {
        let (mut limit, known) = Limit::open(work, scope, rate, 0)?;
        limit.count += 1;
        limit.latest = limit.latest.max(work.now());
        limit.keep(work, known);
        Ok(())
    }

    /// Whether one more would be allowed after `waiting` others that are not counted yet; counts nothing.
    /// Errors: `too_often` with the time to wait.
    pub(crate) fn check(work: &mut Work<'_>, scope: &str, rate: &Rate, waiting: u32) -> Result<()> {
        Limit::open(work, scope, rate, waiting).map(drop)
    }

    /// The count as of now, to which one more may be added after `waiting` others; whether it is stored.
    fn open(work: &mut Work<'_>, scope: &str, rate: &Rate, waiting: u32) -> Result<(Self, bool)> {
        let found = work.get(Limit::by_scope(scope))?;
        let (now, known) = (work.now(), found.is_some());
        let mut limit = found.map_or_else(|| Limit::new(work, scope), Ok)?;
        let refused = |until: Timestamp| Err(Error::new(Code::TooOften).retry_after(until.since(now)));
        // another process, or another thread that began later, may have written a later time than this one's
        if known && !rate.apart.is_zero() && now < limit.latest + rate.apart {
            return refused(limit.latest + rate.apart);
        }
        if now >= limit.since + rate.window {
            (limit.count, limit.since) = (0, now);
        }
        if limit.count + i64::from(waiting) >= i64::from(rate.most) {
            return refused(limit.since + rate.window);
        }
        Ok((limit, known))
    }
}

/// Wrong tries in a row, of passwords or of second factors, and the lock that follows.
pub(crate) struct Lockout {
    limit: Limit,
    known: bool,
}

impl Lockout {
    pub(crate) fn of(work: &Work<'_>, found: Option<Limit>, scope: &str) -> Result<Self> {
        let known = found.is_some();
        Ok(Lockout { limit: found.map_or_else(|| Limit::new(work, scope), Ok)?, known })
    }

    /// How long the lock is still on; `None` when a try counts.
    pub(crate) fn wait(&self, work: &Work<'_>) -> Option<Duration> {
        self.limit.until.filter(|until| work.now() < *until).map(|until| until.since(work.now()))
    }

    /// Notes a try; whether it opens. A right one opens and clears the count, unless the lock is on; while it
    /// is, nothing is counted, so that a stranger cannot keep it on for ever. Wrong tries are forgotten
    /// `lockout_memory` after the last one.
    pub(crate) fn tried(mut self, work: &mut Work<'_>, right: bool) -> Tried {
        let (now, policy) = (work.now(), work.handfast().policy());
        let locked = self.wait(work);
        if locked.is_none() {
            let before = if now >= self.limit.latest + policy.lockout_memory { 0 } else { self.limit.count };
            let wrong = if right { 0 } else { before + 1 };
            let beyond = u32::try_from(wrong).unwrap_or(u32::MAX).checked_sub(policy.sign_in_attempts);
            let wait = beyond.map(|beyond| policy.first_lockout.saturating_mul(1 << beyond.min(30)));
            self.limit.until = wait.map(|wait| now + wait.min(policy.longest_lockout));
            self.limit.count = wrong;
        }
        self.limit.latest = self.limit.latest.max(now);
        self.limit.keep(work, self.known);
        match (locked, right) {
            (Some(wait), _) => Tried::Locked(wait),
            (None, true) => Tried::Right,
            (None, false) => Tried::Wrong { left: i64::from(policy.sign_in_attempts) - self.limit.count },
        }
    }

    /// Forgets all wrong tries, and ends the lock: who may do that has proved more than a try would.
    pub(crate) fn clear(work: &mut Work<'_>, scope: &str) -> Result<()> {
        if let Some(limit) = work.get(Limit::by_scope(scope))? {
            work.put(&Limit { count: 0, until: None, ..limit });
        }
        Ok(())
    }
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It was right and opens.
    Right,
    /// It was wrong, and so many more are allowed before the lock; none, when the lock is on now.
    Wrong {
        /// Zero or less when the lock is on now.
        left: i64,
    },
    /// The lock was on: right or wrong, it was not looked at.
    Locked(Duration),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Handfast, store::Memory};

    #[test]
    fn a_count_by_a_clock_that_is_ahead_does_not_refuse_the_next() {
        let clock = |at| move || Timestamp::from_millis(at);
        let store = std::sync::Arc::new(Memory::new());
        let at = |at| Handfast::builder(std::sync::Arc::clone(&store)).clock(clock(at)).build().unwrap();
        let (ahead, behind) = (at(1_001), at(1_000));
        let rate = |apart| Rate { most: 3, window: Duration::from_secs(60), apart: Duration::from_millis(apart) };
        let take = |handfast: &Handfast, apart| handfast.change(|work| Limit::take(work, "scope", &rate(apart)));
        take(&ahead, 0).unwrap();
        take(&behind, 0).unwrap();
        assert_eq!(take(&behind, 1).unwrap_err().code(), Code::TooOften);
        take(&behind, 0).unwrap();
        assert_eq!(take(&behind, 0).unwrap_err().code(), Code::TooOften);
    }
}
