//! Python: a virtual environment of its own, with the package installed as a user would.

use std::process::{Command, Stdio};

use super::Language;
use crate::{generated::path, steps::Steps};

/// The tests of the Python package.
pub(super) const PYTHON: Language = Language { name: "Python", missing, test };

/// Where the environment lies.
const HOME: &str = "target/python";
/// Its Python.
pub(super) const PROGRAM: &str =
    if cfg!(windows) { "target/python/Scripts/python.exe" } else { "target/python/bin/python" };
/// A build like that of the other tests: what differs in a release is only how fast it is.
const DEBUG: &str = "--config-settings=build-args=--profile=dev";

fn missing() -> Option<String> {
    let enough = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";
    let found = Command::new("python3").args(["-c", enough]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => None,
        _ => Some("it needs Python 3.11 or later with venv (apt-get install python3-venv)".to_owned()),
    }
}

fn test(steps: &mut Steps) -> Result<(), String> {
    let python = path(PROGRAM);
    if !python.exists() {
        steps.program("", "python3", &["-m", "venv", HOME])?;
    }
    steps.program("", &python, &["-m", "pip", "install", "--quiet", DEBUG, "./bindings/python[test]"])?;
    steps.program("bindings/python", &python, &["-m", "pytest"])
}
