//! What `cargo xtask test` runs, in order; the first that fails ends it.

use std::{
    ffi::OsStr,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::{documents, generated::path, languages, postgres::Postgres, stubs};

/// What becomes of a language whose tools are not on this machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It is skipped, and said so.
    Skip,
    /// It is a failure.
    Fail,
}

/// Features that a test binary can be linked with; those of the bindings need their language's own library.
const RUST: &[&str] = &[
    "test",
    "--workspace",
    "--exclude=handfast-python",
    "--exclude=handfast-node",
    "--exclude=handfast-mobile",
    "--features=handfast/conformance",
];
const TOUR: &[&str] = &["run", "--quiet", "-p", "tour", "--", "--out", "target/tour"];
const RUSTDOC: &[&str] = &[
    "doc",
    "--no-deps",
    "-p",
    "handfast",
    "-p",
    "handfast-sqlite",
    "-p",
    "handfast-postgres",
    "-p",
    "handfast-contract",
];

/// Longer versions of tests that also run short: the number is read by the test itself.
const LONG: &[(&str, &str, &[&str])] = &[
    ("HANDFAST_CRASHES", "2000", &["test", "--release", "-p", "handfast-tests", "--test", "crash"]),
    ("HANDFAST_FAILOVERS", "20", &["test", "--release", "-p", "handfast-tests", "--test", "failover"]),
    ("HANDFAST_SEQUENCES", "100000", &["test", "--release", "-p", "handfast-tests", "--test", "partner_model"]),
];

/// Runs everything; says how long each step took.
pub(crate) fn test(missing: Missing) -> Result<(), String> {
    let postgres = Postgres::start(missing)?;
    let mut took = Steps { environment: postgres.environment(), ..Steps::default() };
    took.cargo(&[], RUST)?;
    took.cargo(&[], TOUR)?;
    // once more, on the database that is there now
    took.cargo(&[], TOUR)?;
    documents::check()?;
    stubs::check()?;
    took.cargo(&[("RUSTDOCFLAGS", "-D warnings")], RUSTDOC)?;
    languages::test(&mut took, missing)?;
    postgres.tell();
    took.tell();
    Ok(())
}

/// Runs the long versions of tests.
pub(crate) fn long() -> Result<(), String> {
    let mut took = Steps::default();
    for (name, value, arguments) in LONG {
        took.cargo(&[(name, value)], arguments)?;
    }
    took.tell();
    Ok(())
}

/// What was run, and how long it took.
#[derive(Default)]
pub(crate) struct Steps {
    took: Vec<(String, Duration)>,
    /// What every step finds in its environment.
    environment: Vec<(&'static str, String)>,
}

impl Steps {
    /// Runs cargo in the root of the workspace.
    pub(crate) fn cargo(&mut self, environment: &[(&str, &str)], arguments: &[&str]) -> Result<(), String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).envs(environment.iter().copied());
        self.run(&format!("cargo {}", arguments.join(" ")), Path::new(""), &mut command)
    }

    /// Runs a program in a folder, seen from the root of the workspace.
    pub(crate) fn program<A: AsRef<OsStr>>(
        &mut self,
        folder: &str,
        program: impl AsRef<OsStr>,
        arguments: &[A],
    ) -> Result<(), String> {
        let shown: Vec<_> = arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect();
        let step = format!("{folder}: {} {}", program.as_ref().to_string_lossy(), shown.join(" "));
        self.run(&step, Path::new(folder), Command::new(program.as_ref()).args(arguments))
    }

    fn run(&mut self, step: &str, folder: &Path, command: &mut Command) -> Result<(), String> {
        println!("\n== {step}");
        let began = Instant::now();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        match command.current_dir(path(folder)).status() {
            Ok(status) if status.success() => self.took.push((step.to_owned(), began.elapsed())),
            Ok(status) => return Err(format!("failed ({status}): {step}")),
            Err(error) => return Err(format!("could not be started ({error}): {step}")),
        }
        Ok(())
    }

    fn tell(&self) {
        for (step, took) in &self.took {
            println!("{:7.1} s  {step}", took.as_secs_f64());
        }
    }
}
