//! What handfast costs on SQLite, against the same work written by hand with bare `rusqlite`.
//!
//! `cargo run --release -p handfast-benches -- all` prints the table of `docs/performance.md`.

mod arguments;
mod dataset;
mod job;
mod limit;
mod many;
mod one;
mod report;
mod same;
mod shop;
mod statistics;

use std::{error::Error, process::ExitCode};

use handfast_sqlite::Durability;

use arguments::{Arguments, What};
use shop::Shop;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    if arguments.what == What::Profile {
        return profile(&arguments);
    }
    same::check()?;
    eprintln!("the library and the limit write the same rows and give the same answers");
    let mut lines = Vec::new();
    for operation in &arguments.operations {
        if arguments.what != What::Many {
            lines.append(&mut one::measure(&shops(&arguments)?, *operation, arguments.one)?);
        }
        if matches!(arguments.what, What::Many | What::All) {
            lines.append(&mut many::measure(&shops(&arguments)?, *operation, arguments.many)?);
        }
        eprintln!("measured {}", operation.name());
    }
    println!("{}", report::table(&lines));
    arguments.json.as_deref().map_or(Ok(()), |path| report::write(path, &lines))
}

fn shops(arguments: &Arguments) -> Result<Vec<Shop>> {
    arguments.sizes.iter().map(|size| Shop::open(*size, "measured", arguments.durability)).collect()
}

/// One operation by one way and nothing else, for a profiler to watch; the disk is not waited for.
fn profile(arguments: &Arguments) -> Result<()> {
    let size = arguments.sizes.first().copied().unwrap_or(1_000);
    let shop = Shop::open(size, "profiled", Durability::Process)?;
    for operation in &arguments.operations {
        let jobs = shop.jobs(*operation, arguments.one.jobs)?;
        let begin = std::time::Instant::now();
        for job in &jobs {
            match arguments.style {
                None => job::run(&shop.library, shop.actor, job)?,
                Some(style) => drop(shop.hand.run(style, job)?),
            }
        }
        let each = begin.elapsed().as_secs_f64() * 1e6 / jobs.len() as f64;
        println!("{}: {each:.2} us", operation.name());
    }
    Ok(())
}
