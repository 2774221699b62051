//! What the PostgreSQL store costs, against the same statements by hand: `cargo run --release -p handfast-benches --bin
//! postgres`. A server is started for it, with `fsync` on; with `-- --fast` off, to measure all but the disk.
//!
//! Three ways, on the same rows: the store; by hand with `tokio-postgres`, one prepared statement after the other, as is
//! usually written; and by hand as one statement (a CTE), which is the limit. A read is of three rows of three tables as
//! of one moment; a commit rests on two rows, changes one that is the caller's own, and inserts two, one of them with
//! two words.

use std::{
    error::Error,
    sync::{
        Arc, Barrier,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use handfast::{
    Id, Timestamp,
    store::{
        Changes, Expect, Key, Record, Row, Store, ToCell, Write,
        conformance::{Article, Facts, SCHEMA, Sample, Sealed, Shop},
    },
};
use handfast_postgres::{
    PostgresStore,
    tokio_postgres::{Client, NoTls, Statement, connect},
};
use handfast_postgres_server::{Safety, Server};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How many times each caller does it.
const TIMES: usize = 1_000;

fn main() -> Result<()> {
    let is_fast = std::env::args().any(|argument| argument == "--fast");
    let server = Server::start(if is_fast { Safety::Fast } else { Safety::Full });
    println!("| work | callers | by | p50 us | a second | by the limit |\n|---|--:|---|--:|--:|--:|");
    for callers in [1, 8] {
        for work in [Work::Read, Work::Commit] {
            let schema = handfast_postgres_server::schema();
            let store = PostgresStore::options().schema(&schema).open(&server.address())?;
            store.migrate(&SCHEMA)?;
            stock(&store, callers)?;
            let ways = [Way::Store(Arc::new(store)), Way::Statements, Way::One];
            let mut measured = Vec::new();
            for way in &ways {
                measured.push(measure(way, work, callers, &server.address(), &schema)?);
            }
            let limit = measured.last().map_or(f64::NAN, |(_, rate)| *rate);
            for (way, (p50, rate)) in ways.iter().zip(&measured) {
                println!("| {work:?} | {callers} | {} | {p50:.0} | {rate:.0} | {:.2} |", way.name(), limit / rate);
            }
        }
    }
    Ok(())
}

#[derive(Clone, Copy, Debug)]
enum Work {
    Read,
    Commit,
}

enum Way {
    Store(Arc<PostgresStore>),
    Statements,
    One,
}

impl Way {
    fn name(&self) -> &'static str {
        match self {
            Way::Store(_) => "handfast",
            Way::Statements => "statements by hand",
            Way::One => "one statement by hand",
        }
    }
}

fn id<T>(number: i64) -> Id<T> {
    Id::new(Timestamp::from_millis(number), 0, [0; 8])
}

/// Numbers of rows that nobody has used.
fn next() -> i64 {
    static NEXT: AtomicI64 = AtomicI64::new(1_000_000);
    NEXT.fetch_add(1, Relaxed)
}

fn shop(number: i64) -> Shop {
    Shop { id: id(number), name: format!("shop {number}"), visits: 0 }
}

fn article(number: i64, rank: i64) -> Article {
    let (id, shop, name, code) = (id(number), id(1), "green lamp".to_owned(), Some(number.to_string()));
    Article { id, shop, name, maker: None, code, serial: number, rank, stock: 0, note: None }
}

/// What the measurements begin with: a shop that all rest on, and an article and a sample for each caller.
fn stock(store: &PostgresStore, callers: i64) -> Result<()> {
    let mut writes = vec![Write::insert(Shop::TABLE, shop(1).cells())];
    for caller in 1..=callers.max(1_000) {
        let sample = Sample {
            id: id(caller),
            truth: true,
            number: caller,
            time: Timestamp::from_millis(caller),
            shop: id(1),
            text: "text".to_owned(),
            decimal: rust_decimal::Decimal::ONE,
            facts: Facts::new("{}"),
            sealed: Sealed::new("c2VhbGVk"),
            some_truth: None,
            some_number: None,
            some_time: None,
            some_shop: None,
            some_text: None,
            some_decimal: None,
            some_facts: None,
            some_sealed: None,
        };
        writes.push(Write::insert(Article::TABLE, article(caller, 0).cells()));
        writes.push(Write::insert(Sample::TABLE, sample.cells()));
    }
    writes.sort_by_key(|write| write.table().name);
    let id = Uuid::from_u128(1);
    Ok(store.commit(Arc::new(Changes { id, expect: Vec::new(), writes })).map_err(handfast::Error::from)?)
}

/// The time of the middle call in microseconds, and calls a second.
fn measure(way: &Way, work: Work, callers: i64, address: &str, schema: &str) -> Result<(f64, f64)> {
    let start = Barrier::new(usize::try_from(callers)? + 1);
    let (mut times, took) = thread::scope(|scope| {
        let calling: Vec<_> = (1..=callers)
            .map(|caller| {
                let start = &start;
                scope.spawn(move || -> Result<Vec<Duration>> {
                    let mut act = prepared(way, work, caller, address, schema)?;
                    (0..TIMES / 5).try_for_each(|_| act())?;
                    start.wait();
                    let timed = |_| {
                        let begun = Instant::now();
                        act().map(|()| begun.elapsed())
                    };
                    (0..TIMES).map(timed).collect()
                })
            })
            .collect();
        start.wait();
        let begun = Instant::now();
        let times = calling.into_iter().map(|caller| caller.join().unwrap_or_else(|_| Err("a caller panicked".into())));
        let times: Result<Vec<_>> = times.collect();
        times.map(|times| (times.concat(), begun.elapsed()))
    })?;
    times.sort_unstable();
    let p50 = times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6);
    Ok((p50, times.len() as f64 / took.as_secs_f64()))
}

/// One call, ready to be made.
fn prepared<'a>(
    way: &'a Way,
    work: Work,
    caller: i64,
    address: &str,
    schema: &str,
) -> Result<Box<dyn FnMut() -> Result<()> + 'a>> {
    let mut version = stored_version(way, caller, address, schema)?;
    Ok(match (way, work) {
        (Way::Store(store), Work::Read) => {
            let code = Key {
                table: Article::TABLE,
                key: 1,
                cells: vec![id::<Shop>(1).to_cell(), caller.to_string().to_cell()],
            };
            let keys = [
                Key::id(Shop::TABLE, id::<Shop>(1).to_cell()),
                code,
                Key::id(Sample::TABLE, id::<Sample>(caller).to_cell()),
            ];
            Box::new(move || {
                let rows = store.read(&keys)?;
                if rows.iter().all(Option::is_some) { Ok(()) } else { Err("a row is missing".into()) }
            })
        }
        (Way::Store(store), Work::Commit) => Box::new(move || {
            let row = Row { version, cells: article(caller, version).cells() };
            let expect = [(Shop::TABLE, id::<Shop>(1).to_cell()), (Sample::TABLE, id::<Sample>(caller).to_cell())];
            let expect = expect.map(|(table, id)| Expect::Version { table, id, version: 1 }).into();
            let update = Write::update(Article::TABLE, &row, article(caller, version + 1).cells());
            let new = next();
            let inserts =
                [Write::insert(Shop::TABLE, shop(new).cells()), Write::insert(Article::TABLE, article(new, 0).cells())];
            let writes = update.into_iter().chain(inserts).collect();
            version += 1;
            let id = Uuid::from_u128(new.unsigned_abs().into());
            Ok(store.commit(Arc::new(Changes { id, expect, writes })).map_err(handfast::Error::from)?)
        }),
        (Way::Statements, _) => {
            let hand = Hand::new(address, schema, work, STATEMENTS_READ, STATEMENTS_COMMIT)?;
            Box::new(move || {
                version += 1;
                hand.statements(work, caller, version - 1)
            })
        }
        (Way::One, _) => {
            let hand = Hand::new(address, schema, work, ONE_READ, ONE_COMMIT)?;
            Box::new(move || {
                version += 1;
                hand.one(work, caller, version - 1)
            })
        }
    })
}

fn stored_version(way: &Way, caller: i64, address: &str, schema: &str) -> Result<i64> {
    if let Way::Store(store) = way {
        let rows = store.read(&[Key::id(Article::TABLE, id::<Article>(caller).to_cell())])?;
        return Ok(rows.first().and_then(Option::as_ref).ok_or("no article")?.version);
    }
    let hand = Hand::new(
        address,
        schema,
        Work::Read,
        &["SELECT version FROM handfast_conformance_article WHERE id = $1"],
        &[],
    )?;
    let row = hand.runtime.block_on(hand.client.query_one(&hand.statements[0], &[&id::<Article>(caller).uuid()]))?;
    Ok(row.get(0))
}

/// A connection, and the statements of one kind of work.
struct Hand {
    runtime: Runtime,
    client: Client,
    statements: Vec<Statement>,
}

const STATEMENTS_READ: &[&str] = &[
    "SELECT * FROM handfast_conformance_shop WHERE id = $1",
    "SELECT * FROM handfast_conformance_article WHERE shop = $1 AND code = $2",
    "SELECT *, decimal::text FROM handfast_conformance_sample WHERE id = $1",
];
const STATEMENTS_COMMIT: &[&str] = &[
    "INSERT INTO handfast_change (id, applied, at) VALUES ($1, true, 0)",
    "SELECT version FROM handfast_conformance_sample WHERE id = $1 FOR SHARE",
    "SELECT version FROM handfast_conformance_shop WHERE id = $1 FOR SHARE",
    "UPDATE handfast_conformance_article SET version = version + 1, rank = $2 WHERE id = $1 AND version = $2",
    "INSERT INTO handfast_conformance_shop (id, version, name, visits) VALUES ($1, 1, $2, 0)",
    "INSERT INTO handfast_conformance_article (id, version, shop, name, code, serial, rank, stock) \
     VALUES ($1, 1, $2, 'green lamp', $3, $4, 0, 0)",
    "INSERT INTO handfast_conformance_article_find (shop, word, id) VALUES ($1, 'green', $2), ($1, 'lamp', $2)",
];
const ONE_READ: &[&str] =
    &["SELECT s.*, a.*, m.*, m.decimal::text FROM handfast_conformance_shop s, handfast_conformance_article a, \
     handfast_conformance_sample m WHERE s.id = $1 AND a.shop = $1 AND a.code = $2 AND m.id = $3"];
const ONE_COMMIT: &[&str] = &[
    "WITH c AS (INSERT INTO handfast_change (id, applied, at) VALUES ($1, true, 0) RETURNING 1), \
     m AS (SELECT 1 FROM handfast_conformance_sample WHERE id = $2 AND version = 1 FOR SHARE), \
     s AS (SELECT 1 FROM handfast_conformance_shop WHERE id = $3 AND version = 1 FOR SHARE), \
     u AS (UPDATE handfast_conformance_article SET version = version + 1, rank = $4 WHERE id = $5 AND version = $4 RETURNING 1), \
     n AS (INSERT INTO handfast_conformance_shop (id, version, name, visits) VALUES ($1, 1, $6, 0) RETURNING 1), \
     a AS (INSERT INTO handfast_conformance_article (id, version, shop, name, code, serial, rank, stock) \
           VALUES ($1, 1, $3, 'green lamp', $6, $7, 0, 0) RETURNING 1), \
     w AS (INSERT INTO handfast_conformance_article_find (shop, word, id) VALUES ($3, 'green', $1), ($3, 'lamp', $1) RETURNING 1) \
     SELECT (1 / (SELECT count(*) FROM m)) + (1 / (SELECT count(*) FROM s)) + (1 / (SELECT count(*) FROM u)) FROM c, n, a",
];

impl Hand {
    fn new(address: &str, schema: &str, work: Work, read: &[&str], commit: &[&str]) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, statements) = runtime.block_on(async {
            let (client, connection) = connect(address, NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(&format!("SET search_path TO {schema}")).await?;
            let mut statements = Vec::new();
            for text in if let Work::Read = work { read } else { commit } {
                statements.push(client.prepare(text).await?);
            }
            Ok::<_, handfast_postgres::tokio_postgres::Error>((client, statements))
        })?;
        Ok(Hand { runtime, client, statements })
    }

    fn one(&self, work: Work, caller: i64, version: i64) -> Result<()> {
        let (shop, mine) = (id::<Shop>(1).uuid(), id::<Sample>(caller).uuid());
        let [statement] = &self.statements[..] else { return Err("one statement".into()) };
        let new = next();
        let rows = match work {
            Work::Read => self.runtime.block_on(self.client.query(statement, &[&shop, &caller.to_string(), &mine]))?,
            Work::Commit => {
                let id = id::<Shop>(new).uuid();
                self.runtime.block_on(
                    self.client.query(statement, &[&id, &mine, &shop, &version, &mine, &new.to_string(), &new]),
                )?
            }
        };
        if rows.len() == 1 { Ok(()) } else { Err("a row is missing".into()) }
    }

    fn statements(&self, work: Work, caller: i64, version: i64) -> Result<()> {
        let (shop, mine, client) = (id::<Shop>(1).uuid(), id::<Sample>(caller).uuid(), &self.client);
        self.runtime.block_on(async {
            match (work, &self.statements[..]) {
                (Work::Read, [shops, articles, samples]) => {
                    client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                    client.query_one(shops, &[&shop]).await?;
                    client.query_one(articles, &[&shop, &caller.to_string()]).await?;
                    client.query_one(samples, &[&mine]).await?;
                }
                (Work::Commit, [mark, sample, share, update, add_shop, add_article, add_words]) => {
                    let new = next();
                    let id = id::<Shop>(new).uuid();
                    client.batch_execute("BEGIN").await?;
                    client.execute(mark, &[&id]).await?;
                    for (statement, row) in [(sample, mine), (share, shop)] {
                        if client.query_one(statement, &[&row]).await?.get::<_, i64>(0) != 1 {
                            return Err("a row has changed".into());
                        }
                    }
                    if client.execute(update, &[&mine, &version]).await? != 1 {
                        return Err("the article has changed".into());
                    }
                    client.execute(add_shop, &[&id, &new.to_string()]).await?;
                    client.execute(add_article, &[&id, &shop, &new.to_string(), &new]).await?;
                    client.execute(add_words, &[&shop, &id]).await?;
                }
                _ => return Err("other statements".into()),
            }
            Ok(client.batch_execute("COMMIT").await?)
        })
    }
}
