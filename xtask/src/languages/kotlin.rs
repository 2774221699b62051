//! Kotlin: Maven builds the native library, writes the Kotlin that calls it, and runs the tests.

use std::process::{Command, Stdio};

use super::Language;
use crate::steps::Steps;

pub(super) const KOTLIN: Language = Language { name: "Kotlin", missing, test };

fn missing() -> Option<String> {
    for (program, asked, how) in [
        ("javac", "-version", "install a JDK, 17 or newer: `apt-get install openjdk-17-jdk-headless`, or adoptium.net"),
        ("mvn", "--version", "install Maven, 3.8 or newer: `apt-get install maven`, or maven.apache.org"),
    ] {
        let asked = Command::new(program).arg(asked).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !asked.is_ok_and(|status| status.success()) {
            return Some(format!("there is no `{program}` here; {how}"));
        }
    }
    None
}

fn test(steps: &mut Steps) -> Result<(), String> {
    steps.program("bindings/mobile/kotlin", "mvn", &["--batch-mode", "--no-transfer-progress", "test"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::path;

    /// The exit code of the script that packs for phones, and what it says.
    fn package(what: &str, ndk: &str) -> (Option<i32>, String) {
        let script = path("bindings/mobile/package.sh");
        let ended = Command::new(script).arg(what).env("ANDROID_NDK_HOME", ndk).output().unwrap();
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
    }

    #[test]
    fn packing_for_android_says_that_it_needs_the_ndk() {
        let (code, said) = package("android", "");
        assert_eq!(code, Some(2));
        assert!(said.contains("android needs the NDK") && said.contains("set ANDROID_NDK_HOME"), "{said}");
        let (code, said) = package("android", "/nowhere");
        assert_eq!(code, Some(2));
        assert!(said.contains("ANDROID_NDK_HOME is /nowhere"), "{said}");
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn packing_for_apple_says_that_it_needs_a_mac() {
        let (code, said) = package("apple", "");
        assert_eq!(code, Some(2));
        assert!(said.contains("apple needs macOS with Xcode"), "{said}");
    }
}
