//! Node: the package, its types, and the examples.

use std::process::Command;

use super::Language;
use crate::steps::Steps;

/// The package, and the programs that use it.
const PACKAGE: &str = "bindings/node";
const EXAMPLES: &str = "examples/node";

/// The oldest version that has what the package uses.
const OLDEST: u32 = 20;

pub(super) const NODE: Language = Language { name: "Node", missing, test };

fn missing() -> Option<String> {
    let get = format!("get Node {OLDEST} or newer, with npm, from your system or from nodejs.org");
    match (version("node"), version("npm")) {
        (Some(node), Some(_)) if node >= OLDEST => None,
        (Some(node), _) if node < OLDEST => Some(format!("Node {node} is too old: {get}")),
        _ => Some(format!("`node` or `npm` is not on the path: {get}")),
    }
}

/// The first number that a program says of its version.
fn version(program: &str) -> Option<u32> {
    let said = Command::new(program).arg("--version").output().ok().filter(|said| said.status.success())?;
    String::from_utf8_lossy(&said.stdout).trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn test(steps: &mut Steps) -> Result<(), String> {
    // without the scripts, which would build for release
    steps.program(PACKAGE, "npm", &["ci", "--ignore-scripts"])?;
    steps.program(PACKAGE, "node", &["build.mjs", "--debug"])?;
    steps.program(PACKAGE, "npm", &["test"])?;
    steps.program(EXAMPLES, "npm", &["ci", "--ignore-scripts"])?;
    steps.program(EXAMPLES, "npm", &["test"])
}
