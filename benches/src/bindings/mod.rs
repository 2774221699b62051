//! What each binding adds to a call: the same jobs on the same file, by the library and by a program in each language.

mod plan;
mod program;
mod rust;

use std::{fmt::Write as _, path::PathBuf};

use handfast_sqlite::Durability;

use crate::{Result, shop::Shop};
use plan::Plan;
use program::Program;

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    /// Rounds, of which the median counts.
    rounds: usize,
    /// Calls of `can_order` in a round.
    calls: usize,
    /// Pages of 100 customers in a round.
    pages: usize,
    /// Requests filed one after another in a round.
    alone: usize,
    /// Requests filed with 64 under way in a round.
    together: usize,
    /// Calls after which the memory must not have grown.
    memory_calls: usize,
}

impl Extent {
    pub(crate) const USUAL: Extent =
        Extent { rounds: 9, calls: 5_000, pages: 40, alone: 40, together: 1_280, memory_calls: 1_000_000 };
    pub(crate) const QUICK: Extent =
        Extent { rounds: 2, calls: 50, pages: 2, alone: 2, together: 64, memory_calls: 1_000 };
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
    /// Of a page of 100 customers.
    page: f64,
    /// Of filing a request, one after another.
    submit: f64,
    /// Requests filed a second, 64 at once.
    submits_together: f64,
    /// Resident memory in MiB after a tenth of the calls, and after all of them; nothing in Rust.
    memory: Option<[f64; 2]>,
}

/// Measures Rust, then every language whose program can be started here, and prints the table.
pub(crate) fn measure(extent: Extent, only: Option<&str>, json: Option<PathBuf>) -> Result<()> {
    let shop = Shop::open(1_000, "bindings", Durability::Full)?;
    let plan = Plan::of(&shop, extent)?;
    let rust = rust::measure(&shop, &plan)?;
    let mut all = vec![("Rust".to_owned(), rust)];
    for program in Program::all().into_iter().filter(|program| only.is_none_or(|only| only == program.name)) {
        match program.run(&Plan::of(&shop, extent)?) {
            Ok(figures) => all.push((program.name.to_owned(), figures)),
            Err(error) => eprintln!("{} was skipped: {error}", program.name),
        }
    }
    println!("{}", table(&all));
    match json {
        Some(path) => Ok(std::fs::write(path, serde_json::to_string_pretty(&all)?)?),
        None => Ok(()),
    }
}

fn table(all: &[(String, Figures)]) -> String {
    let Some((_, rust)) = all.first() else { return String::new() };
    let mut text = String::from(
        "| language | `can_order` us | added | sync us | added | page of 100 us | added a record | `submit` us | added \
         | 64 at once /s | of Rust | memory MiB |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (language, figures) in all {
        let sync = figures.can_order_sync.map_or(("".to_owned(), "".to_owned()), |sync| {
            (format!("{sync:.1}"), format!("{:.1}", sync - rust.can_order))
        });
        let memory = figures.memory.map_or(String::new(), |[early, late]| format!("{early:.0} -> {late:.0}"));
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "| {language} | {:.1} | {:.1} | {} | {} | {:.0} | {:.2} | {:.0} | {:.0} | {:.0} | {:.2} | {memory} |",
            figures.can_order,
            figures.can_order - rust.can_order,
            sync.0,
            sync.1,
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
