//! What each binding adds to a call: the same jobs on the same file, by the library and by a program in each language.

mod plan;
mod program;
mod rust;

use std::{fmt::Write as _, path::PathBuf};

use handfast_sqlite::Durability;

use crate::{Result, dataset::Stock, shop::Shop};
use plan::Plan;
use program::Program;

pub(crate) use rust::run;

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    /// Rounds, of which the median counts.
    rounds: usize,
    /// Slices of a round: so short that most of them have the core for themselves. The lower quartile counts.
    slices: usize,
    /// Calls of `can_order` in a slice, and as many of `resolve`.
    calls: usize,
    /// Pages of 100 customers in a slice.
    pages: usize,
    /// Requests filed one after another in a round.
    alone: usize,
    /// Requests filed with 64 under way in a round.
    together: usize,
    /// Calls after which the memory must not have grown.
    pub(crate) memory_calls: usize,
}

impl Extent {
    pub(crate) const USUAL: Extent =
        Extent { rounds: 9, slices: 25, calls: 100, pages: 2, alone: 40, together: 1_280, memory_calls: 100_000 };
    pub(crate) const QUICK: Extent =
        Extent { rounds: 2, slices: 2, calls: 20, pages: 1, alone: 2, together: 64, memory_calls: 1_000 };
}

/// Callers at once, where many call.
const CALLERS: usize = 64;

/// What was measured in one language: microseconds a call, and rates.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
pub(crate) struct Figures {
    /// Of `can_order`, as the language calls it usually.
    can_order: f64,
    /// Of `can_order` without a promise, where there are both.
    can_order_sync: Option<f64>,
    /// Of `resolve`, as the language calls it usually.
    resolve: f64,
    /// Of `resolve` without a promise, where there are both.
    resolve_sync: Option<f64>,
    /// Of a page of 100 customers.
    page: f64,
    /// Of filing a request, one after another.
    submit: f64,
    /// Requests filed a second, 64 at once.
    submits_together: f64,
    /// Resident memory in MiB after a tenth of the calls, and after all of them; nothing in Rust.
    memory: Option<[f64; 2]>,
}

/// A language, and Rust measured in turn with it.
#[derive(serde::Serialize)]
struct Pair {
    language: &'static str,
    figures: Figures,
    rust: Figures,
}

/// Measures every language whose program can be started here, each beside Rust, and prints the table.
pub(crate) fn measure(extent: Extent, only: Option<&str>, json: Option<PathBuf>) -> Result<()> {
    let mut pairs = Vec::new();
    for program in Program::all().into_iter().filter(|program| only.is_none_or(|only| only == program.name)) {
        match pair(&program, extent) {
            Ok(pair) => pairs.push(pair),
            Err(error) => eprintln!("{} was not measured: {error}", program.name),
        }
    }
    println!("{}", table(&pairs));
    match json {
        Some(path) => Ok(std::fs::write(path, serde_json::to_string_pretty(&pairs)?)?),
        None => Ok(()),
    }
}

/// Rust and the language take turns, round by round: what else the machine does disturbs both.
fn pair(program: &Program, extent: Extent) -> Result<Pair> {
    let language = program.name;
    eprintln!("{language}: making two shops");
    let start = |program: &Program| {
        let name = format!("bindings-{}", program.name.to_lowercase());
        let shop = Shop::open(Stock::of_customers(1_000), &name, Durability::Full)?;
        program.start(&Plan::of(&shop, extent)?)
    };
    let (mut rust, mut running) = (start(&Program::rust()?)?, start(program)?);
    for round in 0..extent.rounds {
        eprintln!("{language}: round {} of {}", round + 1, extent.rounds);
        rust.round()?;
        running.round()?;
    }
    eprintln!("{language}: memory over {} calls", extent.memory_calls);
    Ok(Pair { language, figures: running.end()?, rust: rust.end()? })
}

fn table(pairs: &[Pair]) -> String {
    let mut text = String::from(
        "| language | `can_order` us | added | sync us | added | `resolve` us | added | sync us | added \
         | page of 100 us | added a record | `submit` us | added | 64 at once /s | of Rust | memory MiB |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for Pair { language, figures, rust } in pairs {
        let beside = |own: f64, rust: f64| format!("{own:.1} | {:.1}", own - rust);
        let sync = |own: Option<f64>, rust| own.map_or("|".to_owned(), |own| beside(own, rust));
        let memory = figures.memory.map_or(String::new(), |[early, late]| format!("{early:.0} -> {late:.0}"));
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "| Rust beside it | {:.1} | | | | {:.1} | | | | {:.0} | | {:.0} | | {:.0} | | |",
            rust.can_order, rust.resolve, rust.page, rust.submit, rust.submits_together,
        );
        let _ = writeln!(
            text,
            "| {language} | {} | {} | {} | {} | {:.0} | {:.2} | {:.0} | {:.0} | {:.0} | {:.2} | {memory} |",
            beside(figures.can_order, rust.can_order),
            sync(figures.can_order_sync, rust.can_order),
            beside(figures.resolve, rust.resolve),
            sync(figures.resolve_sync, rust.resolve),
            figures.page,
            (figures.page - rust.page) / 100.0,
            figures.submit,
            figures.submit - rust.submit,
            figures.submits_together,
            figures.submits_together / rust.submits_together,
        );
    }
    text
}
