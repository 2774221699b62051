//! What `cargo xtask test` runs, in order; the first that fails ends it.

use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use crate::documents;

/// How much is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What a change needs: minutes.
    Usual,
    /// The long runs too.
    All,
}

const USUAL: &[&[&str]] = &[
    &["test", "--workspace", "--all-features"],
    &["run", "--quiet", "-p", "tour", "--", "--out", "target/tour"],
    &["run", "--quiet", "-p", "tour", "--", "--out", "target/tour"],
];

/// Longer versions of tests that also run short: the number is read by the test itself.
const LONG: &[(&str, &str, &[&str])] =
    &[("HANDFAST_CRASHES", "2000", &["test", "--release", "-p", "handfast-tests", "--test", "crash"])];

/// Runs everything; says how long each step took.
pub(crate) fn test(extent: Extent) -> Result<(), String> {
    let mut took = Vec::new();
    for arguments in USUAL {
        took.push(run(&[], arguments)?);
    }
    documents::check()?;
    rustdoc(&mut took)?;
    for (name, value, arguments) in LONG.iter().filter(|_| extent == Extent::All) {
        took.push(run(&[(name, value)], arguments)?);
    }
    for (step, took) in took {
        println!("{:7.1} s  {step}", took.as_secs_f64());
    }
    Ok(())
}

fn rustdoc(took: &mut Vec<(String, Duration)>) -> Result<(), String> {
    let strict = [("RUSTDOCFLAGS", "-D warnings")];
    took.push(run(&strict, &["doc", "--no-deps", "-p", "handfast", "-p", "handfast-sqlite", "--all-features"])?);
    Ok(())
}

fn run(environment: &[(&str, &str)], arguments: &[&str]) -> Result<(String, Duration), String> {
    let step = format!("cargo {}", arguments.join(" "));
    println!("\n== {step}");
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let began = Instant::now();
    let status = Command::new(cargo).args(arguments).envs(environment.iter().copied()).current_dir(root).status();
    match status {
        Ok(status) if status.success() => Ok((step, began.elapsed())),
        Ok(status) => Err(format!("failed ({status}): {step}")),
        Err(error) => Err(format!("could not be started ({error}): {step}")),
    }
}
