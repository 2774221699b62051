//! How long it takes to move a database to another: the file of a company with so many customers, and a PostgreSQL that is
//! started for it, with `fsync` on.
//!
//! Each way is copied, copied again (nothing differs) and verified; last comes the most memory that the process had.

use std::{fs, time::Instant};

use handfast::{copy::Copying, store::Store};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Safety, Server};
use handfast_sqlite::SqliteStore;

use crate::{
    Result,
    dataset::{self, Stock},
    process,
};

pub(crate) fn measure(sizes: &[u64]) -> Result<()> {
    let server = Server::start(Safety::Full);
    println!("| way | rows | seconds | rows a second | verified, rows a second | nothing new, rows a second |");
    println!("|---|--:|--:|--:|--:|--:|");
    for size in sizes {
        let path = dataset::working_copy(Stock::of_customers(*size), "moved")?;
        let [back, other] = ["back", "other"].map(|name| path.with_extension(name));
        for left in [&back, &other] {
            let _ = fs::remove_file(left);
        }
        let (from, schema) = (SqliteStore::open(&path)?, handfast_postgres_server::schema());
        let there = PostgresStore::options().schema(&schema).open(&server.address())?;
        moved("SQLite to PostgreSQL", &from, &there)?;
        moved("PostgreSQL to SQLite", &there, &SqliteStore::open(&back)?)?;
        moved("SQLite to SQLite", &from, &SqliteStore::open(&other)?)?;
    }
    println!("\nat most {} MB of memory", process::peak()?);
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
