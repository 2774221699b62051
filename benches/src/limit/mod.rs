//! The limit: the same reads, checks and rows, written by hand with bare `rusqlite`.
//!
//! Nothing here is general. Each statement stands in full, is prepared once, and what it reads is used as it comes
//! from the database. Values that come from outside are checked with the library's own types, because a program
//! written by hand would have to check them too; keyed hashes and ids are made as the library makes them.

mod activate;
mod approve;
mod at_home;
mod clients;
mod course;
mod first_user;
mod log_in;
mod look;
mod resolve;
mod resolve_visit;
mod rows;
mod signal;
mod submit;

use std::{cell::RefCell, path::Path, sync::Arc};

use handfast::{Id, Policy, Random, SystemRandom, Timestamp, mail::Brand, secret::Keyring};
use handfast_sqlite::Durability;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{
    Result,
    dataset::{self, Cast},
    job::{Answer, Job},
};

/// How the work is kept apart from what others do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Reads, checks and writes in one write transaction: nobody else writes meanwhile. This is the limit.
    Locked,
    /// Reads on a connection of its own and decides; then checks the versions of what it read, and writes.
    Optimistic,
}

/// Two connections and what every job is about.
pub(crate) struct Hand {
    reader: Connection,
    writer: Connection,
    keyring: Keyring,
    brand: Brand,
    company: String,
    login: String,
    policy: Policy,
    /// The version of the course that was read.
    course: RefCell<Option<Arc<course::Course>>>,
    clock: fn() -> Timestamp,
}

/// One kind of job in its parts: what it reads, whether that still stands, what it writes.
trait Verb {
    type Found;
    fn read(&self, hand: &Hand, db: &Connection) -> Result<Self::Found>;
    fn stands(&self, db: &Connection, found: &Self::Found) -> Result<bool>;
    fn write(&self, hand: &Hand, db: &Connection, found: Self::Found) -> Result<()>;
}

impl Hand {
    /// Opens the file as the store does.
    pub(crate) fn open(path: &Path, durability: Durability, clock: fn() -> Timestamp) -> Result<Self> {
        let (reader, writer) = (connect(path, durability)?, connect(path, durability)?);
        reader.pragma_update(None, "query_only", true)?;
        let cast = Cast::of(&writer)?;
        let (company, login) = (cast.company.to_string(), cast.login.to_string());
        let (keyring, brand, policy) = (dataset::keyring()?, Brand::default(), Policy::default());
        let course = RefCell::default();
        Ok(Hand { reader, writer, keyring, brand, company, login, policy, course, clock })
    }

    /// Does one job.
    #[inline(never)] // a profiler can tell it from what prepares it
    pub(crate) fn run(&self, style: Style, job: &Job) -> Result<Answer> {
        match job {
            Job::Submit { pass, input } => self.change(style, &submit::Submit { pass, input }),
            Job::Approve { request } => self.change(style, &approve::Approve { request: request.to_string() }),
            Job::Activate { customer } => self.change(style, &activate::Activate { customer: customer.to_string() }),
            Job::CanOrder { customer } => look::can_order(self, &customer.to_string()),
            Job::Signal { input } => {
                let ids = RefCell::new(Ids::new(self.now())?);
                self.change(style, &signal::Signals { inputs: std::slice::from_ref(input), ids: &ids })
            }
            Job::SignalMany { inputs } => {
                let ids = RefCell::new(Ids::new(self.now())?);
                let mut groups = signal::Signals::groups(inputs, &ids);
                groups.try_fold(Answer::Done, |_, group| self.change(style, &group))
            }
            Job::LogIn { token, company } => self.change(style, &log_in::LogIn { token, company: company.to_string() }),
            Job::Clients { token, filter, after, .. } => clients::clients(self, token, filter, after.as_ref()),
            Job::Resolve { token } => resolve::resolve(self, token),
            Job::ResolveVisit { token } => resolve_visit::resolve_visit(self, token),
            Job::ListRequests => look::pending(self),
            Job::ListCustomers { after, .. } => look::customers(self, after.as_ref()),
            Job::Search { text } => look::search(self, text),
        }
    }

    /// Does many jobs that write in one transaction.
    pub(crate) fn group(&self, jobs: &[Job]) -> Result<()> {
        self.writer.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for job in jobs {
            match job {
                Job::Submit { pass, input } => self.member(&submit::Submit { pass, input })?,
                Job::Approve { request } => self.member(&approve::Approve { request: request.to_string() })?,
                Job::Activate { customer } => self.member(&activate::Activate { customer: customer.to_string() })?,
                Job::Signal { input } => {
                    let ids = RefCell::new(Ids::new(self.now())?);
                    self.member(&signal::Signals { inputs: std::slice::from_ref(input), ids: &ids })?
                }
                Job::SignalMany { inputs } => {
                    let ids = RefCell::new(Ids::new(self.now())?);
                    signal::Signals::groups(inputs, &ids).try_for_each(|group| self.member(&group))?
                }
                Job::LogIn { token, company } => self.member(&log_in::LogIn { token, company: company.to_string() })?,
                _ => return Err("this job writes nothing".into()),
            }
        }
        Ok(self.writer.prepare_cached("COMMIT")?.execute([]).map(drop)?)
    }

    fn member<V: Verb>(&self, verb: &V) -> Result<()> {
        let found = verb.read(self, &self.writer)?;
        verb.write(self, &self.writer, found)
    }

    fn change<V: Verb>(&self, style: Style, verb: &V) -> Result<Answer> {
        let found = match style {
            Style::Locked => {
                self.writer.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
                verb.read(self, &self.writer)?
            }
            Style::Optimistic => {
                let found = self.look(|db| verb.read(self, db))?;
                self.writer.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
                if !verb.stands(&self.writer, &found)? {
                    return Err("what was read has changed".into());
                }
                found
            }
        };
        verb.write(self, &self.writer, found)?;
        self.writer.prepare_cached("COMMIT")?.execute([])?;
        Ok(Answer::Done)
    }

    /// Reads as of one moment.
    fn look<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.reader.prepare_cached("BEGIN")?.execute([])?;
        let found = read(&self.reader)?;
        self.reader.prepare_cached("COMMIT")?.execute([])?;
        Ok(found)
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

fn connect(path: &Path, durability: Durability) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let synchronous = if durability == Durability::Full { "FULL" } else { "OFF" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

/// Ids of one moment that sort as they were made.
struct Ids {
    now: Timestamp,
    made: u16,
    random: [u8; 96],
}

impl Ids {
    fn new(now: Timestamp) -> Result<Self> {
        let mut random = [0; 96];
        SystemRandom.fill(&mut random)?;
        Ok(Ids { now, made: 0, random })
    }

    fn next(&mut self) -> Result<String> {
        let random = self.random()?;
        Ok(Id::<()>::new(self.now, self.made - 1, random).to_string())
    }

    /// One that does not tell when it was made.
    fn next_timeless(&mut self) -> Result<String> {
        let [first, second, ..] = self.random()?;
        Ok(Id::<()>::new(Timestamp::MIN, u16::from_be_bytes([first, second]), self.random()?).to_string())
    }

    fn random(&mut self) -> Result<[u8; 8]> {
        let at = usize::from(self.made) * 8 % self.random.len();
        if at == 0 && self.made > 0 {
            SystemRandom.fill(&mut self.random)?;
        }
        self.made += 1;
        Ok(self.random.get(at..at + 8).ok_or("no randomness")?.try_into()?)
    }
}

/// A text as JSON.
fn quoted(text: &str) -> Result<String> {
    Ok(serde_json::to_string(text)?)
}
