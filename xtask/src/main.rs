//! One command that sets up and runs everything: `cargo xtask test`, `cargo xtask docs [--check]`,
//! `cargo xtask stubs [--check]`.

mod documents;
mod generated;
mod languages;
mod parts;
mod postgres;
mod steps;
mod stubs;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--all]     every test of every language; a language whose tools are not here, and PostgreSQL where
                             it is not, are skipped, or with --all a failure
cargo xtask test --long      the long runs
cargo xtask stubs [--check]  writes the generated parts of the bindings, or says which are not what they should be
cargo xtask docs [--check]   writes the generated documents, or says which are not what they should be
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["test"] => steps::test(steps::Missing::Skip),
        ["test", "--all"] => steps::test(steps::Missing::Fail),
        ["test", "--long"] => steps::long(),
        ["stubs"] => stubs::write(),
        ["stubs", "--check"] => stubs::check(),
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
