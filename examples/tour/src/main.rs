//! `cargo run -p tour`: see `--help`.

use std::{error::Error, path::Path, process::ExitCode};

use handfast::store::Memory;
use tour::{
    command::{Command, HELP},
    play_story,
    scenario::{Player, Scenario, Told},
};

/// The exit code of a command that cannot be read.
const BAD_USAGE: u8 = 2;

fn main() -> ExitCode {
    let done = match Command::parse(std::env::args_os().skip(1)) {
        Err(message) => {
            eprintln!("{message}\n\n{HELP}");
            return ExitCode::from(BAD_USAGE);
        }
        Ok(Command::Help) => {
            print!("{HELP}");
            Ok(())
        }
        Ok(Command::Story { database, mails }) => play_story(&database, &mails).inspect_err(|_| {
            eprintln!("The tour on {} stopped:", database.display());
        }),
        Ok(Command::Scenario { file, database, mails }) => play_scenario(&file, database.as_deref(), mails.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", with_causes(&*error));
            ExitCode::FAILURE
        }
    }
}

/// The error and what caused it, a line each: who runs the tour is the operator, and should learn all of it.
fn with_causes(error: &dyn Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        text.push_str(&format!("\n  because: {error}"));
        cause = error.source();
    }
    text
}

fn play_scenario(file: &Path, database: Option<&Path>, mails: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::read(file)?;
    let player = match database {
        Some(path) => Player::on_file(path).map_err(|error| format!("{}: {error}", path.display()))?,
        None => Player::new(Memory::new()),
    };
    let player = match mails {
        Some(folder) => player.writing_mails_to(folder),
        None => player,
    };
    println!("{}\n", scenario.title);
    let played = player.play_and_tell(&scenario, |told| println!("{}", line(&told)))?;
    let place = database.map_or_else(|| "in memory".to_owned(), |path| format!("on {}", path.display()));
    println!("\nPlayed {} steps {place}; {} mails arrived. All was as expected.", played.steps, played.mails);
    Ok(())
}

fn line(told: &Told) -> String {
    let Told { number, operation, say, refused } = told;
    let refused = refused.as_ref().map(|code| format!("  (refused: {code})")).unwrap_or_default();
    format!("{number:>4}  {operation:<24} {say}{refused}").trim_end().to_owned()
}
