//! What the command line asks for.

use std::{ffi::OsString, path::PathBuf};

/// How to use the program.
pub const HELP: &str = "\
The story of handfast, from an invite link to a customer who can buy.

cargo run -p tour                       plays the story on tour-out/shop.db
cargo run -p tour -- FILE.json          plays a scenario file in memory

  --out FOLDER    where the story puts everything; tour-out unless told
  --db FILE       the SQLite database; for a scenario none is needed
  --mails FOLDER  where mails are written as .eml files; for a scenario
                  nowhere unless told
  --help          this text

The format of scenario files stands in docs/scenarios.md; tests/vectors/ holds some.
Exit code: 0 when all went as it should, 1 when not, 2 when the command is wrong.
";

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Show how to use the program.
    Help,
    /// Play the story of the article.
    Story {
        /// The database.
        database: PathBuf,
        /// Where mails are written.
        mails: PathBuf,
    },
    /// Play a scenario file.
    Scenario {
        /// The file.
        file: PathBuf,
        /// The database; memory when there is none.
        database: Option<PathBuf>,
        /// Where mails are written, if anywhere.
        mails: Option<PathBuf>,
    },
}

impl Command {
    /// Reads the arguments, without the program's name; what is wrong with them otherwise.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let (mut file, mut out, mut database, mut mails) = (None, None, None, None);
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let place = match argument.to_str() {
                Some("--help" | "-h") => return Ok(Command::Help),
                Some("--out") => &mut out,
                Some("--db") => &mut database,
                Some("--mails") => &mut mails,
                Some(option) if option.starts_with('-') => return Err(format!("there is no option `{option}`")),
                _ => {
                    set(&mut file, "a scenario file", argument)?;
                    continue;
                }
            };
            let option = argument.to_string_lossy();
            let value = arguments.next().ok_or_else(|| format!("`{option}` needs a path behind it"))?;
            set(place, &option, value)?;
        }
        match (file, out) {
            (Some(_), Some(_)) => Err("`--out` is for the story; a scenario has `--db` and `--mails`".to_owned()),
            (Some(file), None) => Ok(Command::Scenario { file, database, mails }),
            (None, out) => {
                let folder = out.unwrap_or_else(|| PathBuf::from("tour-out"));
                let database = database.unwrap_or_else(|| folder.join("shop.db"));
                Ok(Command::Story { database, mails: mails.unwrap_or_else(|| folder.join("mails")) })
            }
        }
    }
}

fn set(place: &mut Option<PathBuf>, what: &str, value: OsString) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{what} has an empty name"));
    }
    match place.replace(value.into()) {
        None => Ok(()),
        Some(_) => Err(format!("{what} is given twice")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, String> {
        Command::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn without_a_file_it_is_the_story() {
        let story = Command::Story { database: "tour-out/shop.db".into(), mails: "tour-out/mails".into() };
        assert_eq!(parse(&[]), Ok(story));
        let story = Command::Story { database: "a.db".into(), mails: "tour-out/mails".into() };
        assert_eq!(parse(&["--db", "a.db"]), Ok(story));
        let story = Command::Story { database: "out/shop.db".into(), mails: "out/mails".into() };
        assert_eq!(parse(&["--out", "out"]), Ok(story));
    }

    #[test]
    fn a_scenario_is_played_in_memory_unless_told() {
        let scenario = Command::Scenario { file: "a.json".into(), database: None, mails: None };
        assert_eq!(parse(&["a.json"]), Ok(scenario));
        let (database, mails) = (Some("a.db".into()), Some("m".into()));
        let scenario = Command::Scenario { file: "a.json".into(), database, mails };
        assert_eq!(parse(&["--mails", "m", "a.json", "--db", "a.db"]), Ok(scenario));
    }

    #[test]
    fn bad_usage_is_told() {
        for arguments in [
            &["--databse"][..],
            &["--db"],
            &["a.json", "b.json"],
            &["--db", "a", "--db", "b"],
            &[""],
            &["a.json", "--out", "b"],
        ] {
            assert!(parse(arguments).is_err(), "{arguments:?}");
        }
    }
}
