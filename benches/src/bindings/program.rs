use std::{
    ffi::OsString,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use super::{Figures, Plan};
use crate::Result;

/// A program in a language: it reads a plan from the file that is its last argument. For each round it waits for a line,
/// and writes one when the round is done; last it prints its figures as JSON.
pub(super) struct Program {
    pub(super) name: &'static str,
    command: Vec<OsString>,
}

fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}

impl Program {
    /// The programs, as `benches/bindings/README.md` says how to prepare them.
    pub(super) fn all() -> Vec<Program> {
        let at = |path: &str| root().join(path).into_os_string();
        vec![
            Program {
                name: "Python",
                command: vec![at("target/bench-python/bin/python"), at("benches/bindings/python.py")],
            },
            Program {
                name: "Node",
                command: vec!["node".into(), "--expose-gc".into(), at("benches/bindings/node.mjs")],
            },
            Program { name: "Kotlin", command: vec!["sh".into(), at("benches/bindings/kotlin.sh")] },
            Program { name: "Swift", command: vec!["sh".into(), at("benches/bindings/swift.sh")] },
        ]
    }

    /// Rust itself: this program, in a process that has done nothing else either.
    pub(super) fn rust() -> Result<Program> {
        Ok(Program { name: "Rust", command: vec![std::env::current_exe()?.into(), "program".into()] })
    }

    pub(super) fn start(&self, plan: &Plan) -> Result<Running> {
        let path: &Path = &root().join(format!("target/plan-{}.json", self.name.to_lowercase()));
        fs::write(path, serde_json::to_vec(plan)?)?;
        let (program, arguments) = self.command.split_first().ok_or("no program")?;
        let mut command = Command::new(program);
        let mut process = command.args(arguments).arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (input, output) = process.stdin.take().zip(process.stdout.take()).ok_or("no way to the program")?;
        Ok(Running { input, output: BufReader::new(output), process })
    }
}

/// A program that waits for its next round.
pub(super) struct Running {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Running {
    /// Lets it do a round.
    pub(super) fn round(&mut self) -> Result<()> {
        writeln!(self.input)?;
        match self.output.read_line(&mut String::new())? {
            0 => Err(format!("its program ended with {}", self.process.wait()?).into()),
            _ => Ok(()),
        }
    }

    /// What it measured, after the calls for the memory.
    pub(super) fn end(mut self) -> Result<Figures> {
        let figures = serde_json::from_reader(&mut self.output)?;
        self.process.wait()?;
        Ok(figures)
    }
}
