//! The library as a host holds it, and the loop that every decision runs in.

mod together;

pub use together::HostError;

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
    time::Duration,
};

use crate::{
    SCHEMA,
    clock::{Clock, Steady, SystemClock, Timestamp},
    course::{CourseCache, Reported},
    error::Result,
    id::{Id, Sequence},
    mail::{Brand, Templates},
    policy::Policy,
    random::{self, Random, SystemRandom},
    secret::{Hasher, HashingCost, Keyring},
    store::{CommitError, Listing, Page, Paging, Query, Record, Row, Store},
    work::Work,
};

/// The library, open on a store. Cheap to clone; all clones are one.
///
/// The verbs stand in groups: [`companies`](Handfast::companies), [`staff`](Handfast::staff),
/// [`invites`](Handfast::invites), [`requests`](Handfast::requests), [`customers`](Handfast::customers),
/// [`users`](Handfast::users), [`questions`](Handfast::questions), [`sessions`](Handfast::sessions), [`two_factor`](Handfast::two_factor),
/// [`logins`](Handfast::logins), [`partners`](Handfast::partners), [`courses`](Handfast::courses),
/// [`mails`](Handfast::mails), [`events`](Handfast::events), [`privacy`](Handfast::privacy).
#[derive(Clone)]
pub struct Handfast(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    means: Arc<Means>,
    then: Then,
    /// The versions of the course that were read.
    courses: CourseCache,
    /// Signals that are reported at the same time.
    reported: Reported,
    /// Attempts share the gate; a decision that keeps losing takes it alone, and then cannot lose to anyone
    /// in this process.
    gate: RwLock<()>,
}

/// What comes after a commit.
#[derive(PartialEq)]
enum Then {
    /// Accounts that it found behind the course are moved on.
    MovesOn,
    /// Nothing: it is made later. Whatever finds the accounts behind next moves them on.
    Ends,
}

/// What the library decides with, whatever store it is on.
struct Means {
    clock: Steady,
    random: Box<dyn Random>,
    keyring: Keyring,
    policy: Policy,
    hasher: Hasher,
    brand: Brand,
    templates: Templates,
    /// The ids made so far.
    sequence: Sequence,
}

/// Lost attempts after which a decision takes the gate alone.
const PATIENCE: u32 = 2;
/// Attempts before a decision gives up; beyond the gate only other processes can make it lose.
const ATTEMPTS: u32 = 12;
/// How often a commit whose answer was lost is sent again.
const ASKED_AGAIN: u32 = 4;

/// The gate, as one attempt holds it.
enum Turn<'a> {
    Shared(#[allow(dead_code, reason = "held, never read")] RwLockReadGuard<'a, ()>),
    Alone(#[allow(dead_code, reason = "held, never read")] RwLockWriteGuard<'a, ()>),
}

/// What a [`Handfast`] is made of; all but the store has a default.
pub struct Builder {
    store: Arc<dyn Store>,
    clock: Box<dyn Clock>,
    random: Box<dyn Random>,
    keyring: Option<Keyring>,
    policy: Policy,
    hashing: HashingCost,
    brand: Brand,
    templates: Option<Templates>,
}

impl Builder {
    /// The keys that codes, tokens and sealed values are made with. Without one, a key is made that lives as
    /// long as this process: right for the memory store and for nothing else.
    #[must_use]
    pub fn keyring(mut self, keyring: Keyring) -> Self {
        self.keyring = Some(keyring);
        self
    }

    /// Where the time comes from; the system's clock unless told.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Where the randomness of ids, codes and tokens comes from; the operating system unless told. A commit is named by the
    /// system's in any case: a store tells by that name whether it has applied it already.
    #[must_use]
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.random = Box::new(random);
        self
    }

    /// The numbers the library decides by.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// What hashing a password costs.
    #[must_use]
    pub fn hashing(mut self, cost: HashingCost) -> Self {
        self.hashing = cost;
        self
    }

    /// The product's name, its sender and the address that links begin with.
    #[must_use]
    pub fn brand(mut self, brand: Brand) -> Self {
        self.brand = brand;
        self
    }

    /// The mails' templates.
    #[must_use]
    pub fn templates(mut self, templates: Templates) -> Self {
        self.templates = Some(templates);
        self
    }

    /// Checks the policy and brings the store's tables to the newest schema.
    ///
    /// Errors: `invalid_input` (a number out of its bounds), `newer_schema`, the store's own.
    pub fn build(self) -> Result<Handfast> {
        let Builder { store, clock, random, keyring, policy, hashing, brand, templates } = self;
        policy.check()?;
        store.migrate(&SCHEMA)?;
        let keyring = keyring.map_or_else(|| Keyring::generate(&*random), Ok)?;
        let templates = templates.map_or_else(Templates::shipped, Ok)?;
        let (clock, hasher, sequence) = (Steady::new(clock), Hasher::new(hashing), Sequence::default());
        let means = Means { clock, random, keyring, policy, hasher, brand, templates, sequence };
        Ok(Handfast::on(store, Arc::new(means), Then::MovesOn))
    }
}

impl Handfast {
    /// Begins to set the library up on `store`.
    pub fn builder(store: impl Store) -> Builder {
        Builder {
            store: Arc::new(store),
            clock: Box::new(SystemClock),
            random: Box::new(SystemRandom),
            keyring: None,
            policy: Policy::default(),
            hashing: HashingCost::default(),
            brand: Brand::default(),
            templates: None,
        }
    }

    fn on(store: Arc<dyn Store>, means: Arc<Means>, then: Then) -> Self {
        let (courses, reported, gate) = (CourseCache::default(), Reported::default(), RwLock::new(()));
        Handfast(Arc::new(Inner { store, means, then, courses, reported, gate }))
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.0.store
    }

    /// The numbers it decides by.
    pub fn policy(&self) -> &Policy {
        &self.0.means.policy
    }

    /// The product's name, its sender and the address that links begin with.
    pub fn brand(&self) -> &Brand {
        &self.0.means.brand
    }

    /// The time now; it never goes back while the process lives.
    pub fn now(&self) -> Timestamp {
        self.0.means.clock.now()
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.0.means.random
    }

    pub(crate) fn sequence(&self) -> &Sequence {
        &self.0.means.sequence
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.means.keyring
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.0.means.hasher
    }

    pub(crate) fn courses_read(&self) -> &CourseCache {
        &self.0.courses
    }

    pub(crate) fn reported(&self) -> &Reported {
        &self.0.reported
    }

    pub(crate) fn templates(&self) -> &Templates {
        &self.0.means.templates
    }

    /// Decides and commits; decides again when something it read has changed meanwhile, and also before it refuses for
    /// what it read in several round trips: a refusal, too, rests on what was true at one moment.
    ///
    /// `Fn`, not `FnMut`: a decision keeps nothing from one attempt to the next. It must not call `change`
    /// itself, and does nothing slow. `Err` commits nothing. Errors: those of `decide`, `contention`, `in_doubt`,
    /// the store's own.
    pub fn change<T>(&self, decide: impl Fn(&mut Work<'_>) -> Result<T>) -> Result<T> {
        let mut attempt = 0;
        loop {
            let turn = self.turn(attempt);
            let mut work = Work::new(self, self.now());
            let lost = match decide(&mut work) {
                Ok(decided) => match self.commit(&mut work)? {
                    Ok(()) => {
                        drop(turn);
                        if self.0.then == Then::MovesOn {
                            self.move_on_soon(work.behind());
                        }
                        return Ok(decided);
                    }
                    Err(error) if work.raced(&error) => error.into(),
                    Err(error) => return Err(error.into()),
                },
                Err(refusal) if work.is_torn().unwrap_or(false) => refusal,
                Err(refusal) => return Err(refusal),
            };
            if attempt >= ATTEMPTS {
                return Err(lost);
            }
            drop(turn);
            tracing::debug!(attempt, "a decision lost a race and is made again");
            self.pause(attempt)?;
            attempt += 1;
        }
    }

    /// Waits for the gate, for one attempt.
    fn turn(&self, attempt: u32) -> Turn<'_> {
        let gate = &self.0.gate;
        match attempt < PATIENCE {
            true => Turn::Shared(gate.read().unwrap_or_else(PoisonError::into_inner)),
            false => Turn::Alone(gate.write().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// Commits what `work` changed; sends it again while the answer is lost. Of changes that rest on what has changed since and
    /// hold a key that is taken, too, a store may tell either; here it is always the first, for the second may be no more
    /// than what follows from it.
    fn commit(&self, work: &mut Work<'_>) -> Result<Result<(), CommitError>> {
        let Some(changes) = work.changes()? else { return Ok(Ok(())) };
        for asked in 0..ASKED_AGAIN {
            match self.store().commit(Arc::clone(&changes)) {
                Err(CommitError::InDoubt) => self.pause(asked)?,
                Err(CommitError::Duplicate { .. }) if work.is_stale(&changes)? => {
                    return Ok(Err(CommitError::Conflict));
                }
                known => return Ok(known),
            }
        }
        Ok(self.store().commit(changes))
    }

    /// Reads and decides, and writes nothing. Looks again before it refuses, as `change` does: who is signed in must not
    /// be told otherwise only because the session was changed between two reads.
    pub(crate) fn view<T>(&self, mut decide: impl FnMut(&mut Work<'_>) -> Result<T>) -> Result<T> {
        for _ in 0..ATTEMPTS {
            let mut work = Work::new(self, self.now());
            match decide(&mut work) {
                Err(_) if work.is_torn().unwrap_or(false) => {}
                decided => return decided,
            }
        }
        decide(&mut Work::new(self, self.now()))
    }

    /// One page of a list. Errors: `not_a_cursor`, the store's own.
    pub fn list<T: Record>(&self, listing: Listing<T>, paging: &Paging) -> Result<Page<T>> {
        self.list_all(&[listing], paging)
    }

    /// One page of several lists of one order as one, each row once. The cursor belongs to the first of them, so they must
    /// be the same lists at every page. Errors: `not_a_cursor`, the store's own.
    pub(crate) fn list_all<T: Record>(&self, listings: &[Listing<T>], paging: &Paging) -> Result<Page<T>> {
        self.list_where(listings, paging, |_| true)
    }

    /// The same, of the rows that `keep` lets through: a page is full unless it is the last, however many rows are looked
    /// at for it.
    pub(crate) fn list_where<T: Record>(
        &self,
        listings: &[Listing<T>],
        paging: &Paging,
        keep: impl Fn(&T) -> bool,
    ) -> Result<Page<T>> {
        let listings: Vec<_> = listings.iter().filter(|listing| !listing.empty).collect();
        let Some(mut query) = listings.first().map(|listing| listing.query.clone()) else {
            return Ok(Page { items: Vec::new(), next: None });
        };
        let size = paging.size() as usize;
        // one more than asked for tells whether there is a next page
        query.limit = paging.size() + 1;
        paging.cursor.iter().try_for_each(|cursor| query.continue_after(cursor))?;
        let mut kept: Vec<(Row, T)> = Vec::new();
        loop {
            let rows = self.merged(&listings, &query)?;
            let ended = rows.len() <= size;
            query.after = rows.last().map(|row| query.position(&row.cells));
            for row in rows {
                let item = T::load(&row.cells)?;
                if keep(&item) {
                    kept.push((row, item));
                }
            }
            if ended || kept.len() > size {
                break;
            }
        }
        let more = kept.len() > size;
        kept.truncate(size);
        let last = kept.last().filter(|_| more);
        let next = last.map(|(row, _)| query.cursor(&row.cells));
        Ok(Page { items: kept.into_iter().map(|(_, item)| item).collect(), next })
    }

    /// The next rows of several lists of one order, each once, as many as `query` asks for.
    fn merged<T: Record>(&self, listings: &[&Listing<T>], query: &Query) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for listing in listings {
            let (after, limit) = (listing.query.own_after(query.after.clone()), query.limit);
            rows.extend(self.store().list(&Query { after, limit, ..listing.query.clone() })?);
        }
        if listings.len() > 1 {
            rows.sort_by_cached_key(|row| query.position(&row.cells));
            rows.dedup_by(|one, other| one.id() == other.id());
        }
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    /// Decides what stands in a list, each for itself, until the list is empty, at most `limit` of them; gives how many.
    /// What is decided leaves the list, and the decision says whether there was something to decide.
    pub(crate) fn work_off<T: Record + Clone>(
        &self,
        listing: &Listing<T>,
        limit: u32,
        decide: impl Fn(&mut Work<'_>, Id<T>) -> Result<bool>,
    ) -> Result<u32> {
        let mut decided = 0;
        while decided < limit {
            // the next page is the beginning again
            let page = self.list(listing.clone(), &Paging::first(limit - decided))?;
            let before = decided;
            for candidate in page.items {
                decided += u32::from(self.change(|work| decide(work, candidate.id()))?);
            }
            if decided == before {
                break;
            }
        }
        Ok(decided)
    }

    /// Up to 50 us, doubling: long enough for the winner to finish, never in step with another loser.
    fn pause(&self, attempt: u32) -> Result<()> {
        let random = u64::from_be_bytes(random::bytes(self.random())?);
        thread::sleep(Duration::from_micros(random % (50 << attempt.min(8))));
        Ok(())
    }
}

impl fmt::Debug for Handfast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handfast").field("policy", self.policy()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("policy", &self.policy).finish_non_exhaustive()
    }
}
