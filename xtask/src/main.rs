//! One command that sets up and runs everything: `cargo xtask test`, `cargo xtask docs [--check]`.

mod documents;
mod steps;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--all]     every test, the documents, the tour; --all adds the long runs
cargo xtask docs [--check]   writes the generated documents, or says which are not what they should be
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["test"] => steps::test(steps::Extent::Usual),
        ["test", "--all"] => steps::test(steps::Extent::All),
        ["docs"] => documents::write(),
        ["docs", "--check"] => documents::check(),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
