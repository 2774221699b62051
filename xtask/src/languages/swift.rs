//! Swift: the package's own tests and the story, with the `swift` on PATH or one of our own.

use std::process::Command;

use super::Language;
use crate::{generated::path, steps::Steps};

pub(super) const SWIFT: Language = Language { name: "Swift", missing, test };

const PACKAGE: &str = "bindings/mobile/swift";
const STORY: &str = "examples/swift/story";

/// The script knows what there is, and what can be had.
fn missing() -> Option<String> {
    match Command::new(path(PACKAGE).join("toolchain.sh")).arg("check").output() {
        Ok(checked) if checked.status.success() => None,
        Ok(checked) => Some(String::from_utf8_lossy(&checked.stdout).trim().to_owned()),
        Err(error) => Some(format!("its toolchain.sh cannot be run ({error})")),
    }
}

fn test(steps: &mut Steps) -> Result<(), String> {
    steps.program::<&str>(PACKAGE, path(PACKAGE).join("build.sh"), &[])?;
    swift(steps, PACKAGE, "test", "target/swift/package")?;
    swift(steps, STORY, "run", "target/swift/story")
}

/// What it builds lies with all else that is built.
fn swift(steps: &mut Steps, folder: &str, verb: &str, built: &str) -> Result<(), String> {
    let built = path(built).to_string_lossy().into_owned();
    let arguments = ["swift", verb, "--quiet", "--scratch-path", &built];
    steps.program(folder, path(PACKAGE).join("toolchain.sh"), &arguments)
}
