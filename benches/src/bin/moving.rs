//! How long it takes to move a database: `cargo run --release -p handfast-benches --bin moving -- 50000` (customers). A
//! server is started for it, with `fsync` on; the file is as a host opens it.
//!
//! Each way is copied, copied again (nothing differs) and verified; last comes the most memory that the process had.

use std::{error::Error, fs, time::Instant};

use handfast::{
    Actor, Handfast,
    copy::Copying,
    customer::{ImportHow, ImportInput, table::TableFormat},
    example,
    secret::HashingCost,
    store::Store,
};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Safety, Server};
use handfast_sqlite::SqliteStore;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Customers of one call.
const AT_ONCE: usize = 1_000;

fn main() -> Result<()> {
    let customers = std::env::args().nth(1).map_or(Ok(50_000), |number| number.parse())?;
    let folder = std::env::temp_dir().join(format!("handfast-moving-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let file = |name: &str| SqliteStore::open(folder.join(name));
    let handfast = Handfast::builder(file("shop.db")?).hashing(HashingCost::INSECURE_FOR_TESTS).build()?;
    fill(&handfast, customers)?;
    println!("filled; at most {} MiB until now", peak()?);
    let server = Server::start(Safety::Full);
    let schema = handfast_postgres_server::schema();
    let there = PostgresStore::options().schema(&schema).open(&server.address())?;
    println!("| way | rows | seconds | rows a second | verified, rows a second | nothing new, rows a second |");
    println!("|---|--:|--:|--:|--:|--:|");
    moved("SQLite to PostgreSQL", handfast.store(), &there)?;
    moved("PostgreSQL to SQLite", &there, &file("back.db")?)?;
    moved("SQLite to SQLite", handfast.store(), &file("other.db")?)?;
    println!("at most {} MiB", peak()?);
    Ok(fs::remove_dir_all(folder)?)
}

fn fill(handfast: &Handfast, customers: usize) -> Result<()> {
    let actor = example::sign_up(handfast)?;
    let how = ImportHow::of(TableFormat::Csv);
    for first in (0..customers).step_by(AT_ONCE) {
        let line = |at: usize| format!("buyer{at}@buyers.example,Rosa Campos {at},+593 2 {at:07}\n");
        let lines: String = (first..customers.min(first + AT_ONCE)).map(line).collect();
        let input = ImportInput { how, text: format!("email,name,phone\n{lines}"), first_row: 1 };
        handfast.customers().import_many(Actor::host(actor.company()), &format!("from {first}"), &input)?;
    }
    Ok(())
}

fn moved(way: &str, from: &dyn Store, to: &dyn Store) -> Result<()> {
    let copied = Instant::now();
    let rows = copy(from, to)?;
    let (copied, again) = (copied.elapsed().as_secs_f64(), Instant::now());
    copy(from, to)?;
    let (again, verified) = (again.elapsed().as_secs_f64(), Instant::now());
    Copying::begin(from, to)?.verify(|_| ())?;
    let [done, seen, compared] = [copied, verified.elapsed().as_secs_f64(), again].map(|time| rows as f64 / time);
    println!("| {way} | {rows} | {copied:.1} | {done:.0} | {seen:.0} | {compared:.0} |");
    Ok(())
}

fn copy(from: &dyn Store, to: &dyn Store) -> Result<u64> {
    let mut copying = Copying::begin(from, to)?;
    while copying.step()?.is_some() {}
    Ok(copying.so_far().rows)
}

/// The most memory that the process had so far, in MiB.
fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
