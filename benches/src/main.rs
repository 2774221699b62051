//! What handfast costs on SQLite and on PostgreSQL, against the same work written by hand.
//!
//! `cargo run --release -p handfast-benches -- all` prints the table of `docs/performance.md`.

mod arguments;
mod bindings;
mod dataset;
mod directory;
mod job;
mod limit;
mod many;
mod moving;
mod one;
mod operation;
mod postgres;
mod process;
mod report;
mod same;
mod shop;
mod statistics;

use std::{
    error::Error,
    process::ExitCode,
    time::{Duration, Instant},
};

use arguments::{Arguments, What};
use operation::Operation;
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
    match arguments.what {
        What::Profile => return profile(&arguments),
        What::Directory => return directory::measure(&arguments.sizes, !arguments.quick),
        What::Postgres => {
            let lines = postgres::measure(&arguments.sizes, &arguments.operations, arguments.one)?;
            return tell(&arguments, &lines);
        }
        What::Moving => return moving::measure(&arguments.sizes),
        What::Bindings => return bindings::measure(arguments.bindings, arguments.language.as_deref(), arguments.json),
        What::Program => return bindings::run(&arguments.json.ok_or(arguments::USAGE)?),
        What::One | What::Many | What::Size | What::All => {}
    }
    same::check(&arguments.operations)?;
    eprintln!("the library and the limit write the same rows and give the same answers");
    let mut lines = Vec::new();
    for operation in &arguments.operations {
        if arguments.what != What::Many {
            lines.append(&mut one::measure(&shops(&arguments, *operation)?, *operation, arguments.one)?);
        }
        if matches!(arguments.what, What::Many | What::All) {
            lines.append(&mut many::measure(&shops(&arguments, *operation)?, *operation, arguments.many)?);
        }
        eprintln!("measured {}", operation.name());
    }
    tell(&arguments, &lines)
}

fn tell(arguments: &Arguments, lines: &[report::Line]) -> Result<()> {
    println!("{}", report::table(lines));
    arguments.json.as_deref().map_or(Ok(()), |path| report::write(path, lines))
}

fn shops(arguments: &Arguments, operation: Operation) -> Result<Vec<Shop>> {
    let open = |size: &u64| Shop::open(operation.stock(*size), "measured", arguments.durability);
    arguments.sizes.iter().map(open).collect()
}

/// One operation by one way and nothing else, for a profiler to watch.
fn profile(arguments: &Arguments) -> Result<()> {
    let size = arguments.sizes.first().copied().unwrap_or(1_000);
    for operation in &arguments.operations {
        let shop = Shop::open(operation.stock(size), "profiled", arguments.durability)?;
        let jobs = shop.works.jobs(*operation, arguments.one.jobs)?;
        let (begin, worked) = (Instant::now(), process::worked()?);
        match (arguments.style, arguments.callers) {
            (None, 1) => jobs.iter().try_for_each(|job| job::run(&shop.works.library, shop.works.actor, job))?,
            (Some(style), 1) => jobs.iter().try_for_each(|job| shop.hand.run(style, job).map(drop))?,
            (None, callers) => drop(many::library_round(&shop.works, &jobs, callers)?),
            (Some(_), callers) => drop(many::group_round(&shop, &jobs, callers)?),
        }
        let each = |time: Duration| time.as_secs_f64() * 1e6 / jobs.len() as f64;
        let (took, worked) = (each(begin.elapsed()), each(process::worked()?.saturating_sub(worked)));
        println!("{}: {took:.1} us, {worked:.1} us of them at work", operation.name());
    }
    Ok(())
}
