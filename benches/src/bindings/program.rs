use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{Figures, Plan};
use crate::Result;

/// A program in a language: it reads a plan from the file that is its last argument, says on its standard error what it
/// does, and prints its figures as JSON.
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

    pub(super) fn run(&self, plan: &Plan) -> Result<Figures> {
        let path: &Path = &root().join(format!("target/plan-{}.json", self.name.to_lowercase()));
        fs::write(path, serde_json::to_vec(plan)?)?;
        let (program, arguments) = self.command.split_first().ok_or("no program")?;
        let output = Command::new(program).args(arguments).arg(path).stderr(Stdio::inherit()).output()?;
        match output.status.success() {
            true => Ok(serde_json::from_slice(&output.stdout)?),
            false => Err(format!("its program ended with {}", output.status).into()),
        }
    }
}
