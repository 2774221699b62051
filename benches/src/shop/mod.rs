//! A place where the library works, with jobs that wait to be done; and one file, opened by it and by hand.

mod network;

use std::{
    ops::Range,
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use handfast::{
    Actor, Clock, Handfast, SystemClock, Timestamp,
    customer::Customer,
    partner::ClientOrder,
    store::{Cursor, Paging, Write},
};
use handfast_sqlite::Durability;
use rusqlite::Connection;

use crate::{
    Result,
    dataset::{self, Cast, Network, Stage, Stock, names},
    job::Job,
    limit::Hand,
    operation::Operation,
};

/// Stories that are continued have numbers beyond those of every customer there is.
const FRESH: u64 = 10_000_000;

/// Requests that wait when a page of them is asked for.
const WAITING: i64 = 200;

/// A file, opened by the library and by hand.
pub(crate) struct Shop {
    pub(crate) works: Works,
    pub(crate) path: PathBuf,
    pub(crate) hand: Hand,
    pub(crate) durability: Durability,
}

/// The library where there is much of something, and jobs for it.
pub(crate) struct Works {
    /// Of what it has much of: customers, or sessions.
    pub(crate) size: u64,
    pub(crate) library: Handfast,
    pub(crate) actor: Actor,
    pub(crate) stock: Stock,
    pub(crate) cast: Cast,
    pub(crate) network: Option<Network>,
    pub(crate) ground: Ground,
    /// Where pages of the customers begin, once they were looked for.
    pub(crate) places: OnceLock<Vec<Place>>,
}

/// A cursor, and the name and the id of the customer that it comes after.
pub(crate) type Place = (Cursor, (String, String));

/// Where what a job begins with is written, past the library.
pub(crate) enum Ground {
    /// Into a file that is used again in other runs.
    File(PathBuf),
    /// Through the store, where all is new; this many stories have been begun.
    New(AtomicU64),
}

pub(crate) fn system_time() -> Timestamp {
    SystemClock.now()
}

impl Shop {
    pub(crate) fn open(stock: Stock, name: &str, durability: Durability) -> Result<Self> {
        let path = dataset::working_copy(stock, name)?;
        let library = dataset::library(&path, durability)?;
        let hand = Hand::open(&path, durability, system_time)?;
        let connection = Connection::open(&path)?;
        let cast = Cast::of(&connection)?;
        let network = Network::of(&library, &connection, &cast)?;
        let (size, actor, ground) = (stock.size(), cast.actor(), Ground::File(path.clone()));
        let works = Works { size, library, actor, stock, cast, network, ground, places: OnceLock::new() };
        Ok(Shop { works, path, hand, durability })
    }
}

impl Works {
    /// Jobs to be done: those that write once each, the others in turn.
    pub(crate) fn jobs(&self, operation: Operation, count: usize) -> Result<Vec<Job>> {
        let numbers = if operation.writes() { self.unused(i64::try_from(count)?)? } else { 0..0 };
        match operation {
            Operation::Submit => self.prepared(numbers, Stage::Verified, |number, made| Job::Submit {
                pass: made.pass,
                input: Box::new(names::trader(number).input),
            }),
            Operation::Approve => {
                self.prepared(numbers, Stage::Filed, |_, made| Job::Approve { request: made.request })
            }
            Operation::Activate | Operation::ActivateInCourse => {
                self.prepared(numbers, Stage::Inactive, |_, made| Job::Activate { customer: made.customer })
            }
            Operation::CanOrder => self
                .any(count, self.stock.customers)
                .map(|number| Ok(Job::CanOrder { customer: dataset::customer_id(number)? }))
                .collect(),
            Operation::Resolve => {
                let sessions = self.any(count, self.stock.sessions);
                Ok(sessions.map(|number| Job::Resolve { token: dataset::session_token(number) }).collect())
            }
            Operation::ListRequests => {
                self.prepared(self.unused(WAITING)?, Stage::Filed, |_, _| Job::ListRequests)?;
                Ok((0..count).map(|_| Job::ListRequests).collect())
            }
            Operation::ListCustomers => self.pages(count),
            Operation::Search => {
                let text = |number| {
                    let trader = names::trader(number);
                    format!("{} {}", trader.trade, trader.brand)
                };
                Ok(self.any(count, self.stock.customers).map(|number| Job::Search { text: text(number) }).collect())
            }
            Operation::SearchCommon => {
                let text = |number| {
                    let trader = names::trader(number);
                    format!("{} {}", trader.trade, trader.first_name)
                };
                Ok(self.any(count, self.stock.customers).map(|number| Job::Search { text: text(number) }).collect())
            }
            Operation::Signal => numbers.map(|number| self.signal(number)).collect(),
            Operation::SignalOne => numbers.map(|number| self.signal_of_one(number)).collect(),
            Operation::BatchOne => numbers.map(|number| self.batch(number, 1)).collect(),
            Operation::BatchMany => numbers.map(|number| self.batch(number, 100)).collect(),
            Operation::Clients => self.clients(count, ClientOrder::Name),
            Operation::ClientsByAge => self.clients(count, ClientOrder::Newest),
            Operation::ClientsSearch => self.clients_search(count),
            Operation::LogIn => self.visits(numbers),
            Operation::ResolveVisit => {
                let visits = self.any(count, self.stock.clients);
                Ok(visits.map(|number| Job::ResolveVisit { token: dataset::visit_token(number) }).collect())
            }
        }
    }

    /// Any of so many customers or sessions, the same in every run.
    fn any(&self, count: usize, of: u64) -> impl Iterator<Item = u64> + use<> {
        (0..count as u64).map(move |at| names::spread(at + 77) % of)
    }

    /// Numbers of stories that are not told here yet.
    fn unused(&self, count: i64) -> Result<Range<u64>> {
        let path = match &self.ground {
            Ground::File(path) => path,
            Ground::New(begun) => {
                let begin = FRESH + begun.fetch_add(count.unsigned_abs(), Ordering::Relaxed);
                return Ok(begin..begin + count.unsigned_abs());
            }
        };
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS bench_used (next INTEGER NOT NULL);
             INSERT INTO bench_used SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM bench_used)",
        )?;
        let sql = "UPDATE bench_used SET next = next + ?1 RETURNING next";
        let end: i64 = connection.query_row(sql, [count], |row| row.get(0))?;
        Ok(FRESH + u64::try_from(end - count)?..FRESH + u64::try_from(end)?)
    }

    fn prepared(
        &self,
        numbers: Range<u64>,
        stage: Stage,
        job: impl Fn(u64, dataset::Prepared) -> Job,
    ) -> Result<Vec<Job>> {
        let (keyring, now) = (dataset::keyring()?, system_time());
        let (mut writes, mut jobs): (Vec<Write>, Vec<Job>) = Default::default();
        for number in numbers {
            let mut made = dataset::prepare(&self.cast, &keyring, number, stage, now)?;
            writes.append(&mut made.writes);
            jobs.push(job(number, made));
        }
        self.write(writes)?;
        Ok(jobs)
    }

    /// Writes past the library, before anything is measured.
    fn write(&self, writes: Vec<Write>) -> Result<()> {
        let Ground::File(path) = &self.ground else { return dataset::commit(&self.library, writes) };
        let mut connection = Connection::open(path)?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        dataset::apply(&mut connection, writes)?;
        let done: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if done == 0 { Ok(()) } else { Err("the write-ahead log could not be folded in".into()) }
    }

    /// Pages spread over the whole list of customers. Those who came since are among the others.
    fn pages(&self, count: usize) -> Result<Vec<Job>> {
        let places = match self.places.get() {
            Some(places) => places,
            None => {
                let found = self.all_places()?;
                self.places.get_or_init(|| found)
            }
        };
        let place = |at: usize| {
            let place = places.get(names::spread(at as u64) as usize % places.len().max(1));
            let (cursor, after) = place.cloned().unzip();
            Job::ListCustomers { cursor, after }
        };
        Ok((0..count).map(place).collect())
    }

    fn all_places(&self) -> Result<Vec<Place>> {
        let (mut places, mut paging) = (Vec::new(), Some(Paging::first(500)));
        while let Some(asked) = paging {
            let page = self.library.list(Customer::of_company(self.cast.company), &asked)?;
            let last = page.items.last().map(|last| (last.legal_name.to_string(), last.id.to_string()));
            places.extend(page.next.clone().zip(last));
            paging = Paging::after(&page, 500);
        }
        Ok(places)
    }
}
