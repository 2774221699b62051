use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use handfast::Timestamp;
use handfast_contract::PolicyInput;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{duration, failure::Failure};

/// A scenario as its file holds it. Its steps are read when their turn comes, so that what stands before a wrong
/// one is played.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file's name, for messages.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub about: String,
    /// When it begins.
    pub starts: Timestamp,
    pub(super) policy: PolicyInput,
    pub(super) steps: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    about: String,
    starts: Timestamp,
    #[serde(default)]
    policy: Map<String, Value>,
    steps: Vec<Value>,
}

impl Scenario {
    /// Reads a file.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path = path.as_ref();
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        let text =
            fs::read_to_string(path).map_err(|error| Failure::of_file(&name, format!("cannot be read: {error}")))?;
        Scenario::parse(&name, &text)
    }

    /// Reads the text of a file; `file` is its name in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, Failure> {
        let failed = |reason: String| Failure::of_file(file, reason);
        let File { title, about, starts, policy, steps } =
            serde_json::from_str(text).map_err(|error| failed(format!("is not a scenario: {error}")))?;
        let policy = read_policy(policy).map_err(|reason| failed(format!("`policy`: {reason}")))?;
        Ok(Scenario { file: file.to_owned(), title, about, starts, policy, steps })
    }

    /// The operations that it names, as often as it names them.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| step.get("do")?.as_str())
    }

    /// The codes that it expects operations to be refused with.
    pub fn refusals(&self) -> impl Iterator<Item = (&str, &str)> {
        self.expected_errors().filter_map(|(operation, error)| {
            let code = error.get("code").unwrap_or(error).as_str()?;
            Some((operation, code))
        })
    }

    /// The codes of the faults that it expects.
    pub fn faults(&self) -> impl Iterator<Item = &str> {
        let faults = self.expected_errors().filter_map(|(_, error)| error.get("faults")?.as_object());
        faults.flat_map(Map::values).filter_map(Value::as_str)
    }

    fn expected_errors(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.steps.iter().filter_map(|step| Some((step.get("do")?.as_str()?, step.get("expect_error")?)))
    }
}

/// The library's numbers that the file changes: durations as `10m`, `for ever` among them; choices as they are.
fn read_policy(given: Map<String, Value>) -> Result<PolicyInput, String> {
    let mut read = Map::new();
    for (name, value) in given {
        let value = match value {
            Value::String(text) if text == "for ever" => millis(Duration::MAX),
            Value::String(text) if text.starts_with(|first: char| first.is_ascii_digit()) => {
                millis(duration::parse(&text).map_err(|reason| format!("`{name}`: {reason}"))?)
            }
            number_or_choice => number_or_choice,
        };
        read.insert(name, value);
    }
    serde_json::from_value(Value::Object(read)).map_err(|error| error.to_string())
}

fn millis(duration: Duration) -> Value {
    handfast_contract::Duration::from(duration).0.into()
}

/// One step, read.
#[derive(Debug)]
pub(super) struct Step {
    /// What a person would say of it.
    pub(super) say: String,
    pub(super) action: Action,
}

#[derive(Debug)]
pub(super) enum Action {
    Clock(Hands),
    Call { operation: String, actor: Option<Value>, with: Map<String, Value>, then: Then },
}

/// What is to come of a call.
#[derive(Debug)]
pub(super) enum Then {
    /// It succeeds, with a result that holds `expect`; parts of it are kept under names.
    Succeeds { expect: Option<Value>, capture: BTreeMap<String, String> },
    /// It is refused.
    Fails(ExpectedError),
}

/// How the clock's hands are turned.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Hands {
    /// To a point in time.
    Set(Timestamp),
    /// Forward, by a duration.
    Advance(String),
}

/// An error as a scenario expects it: its code, and what else is said of it.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(from = "CodeOrMore")]
pub(super) struct ExpectedError {
    pub(super) code: String,
    /// Every fault there is: the code of each field.
    pub(super) faults: Option<BTreeMap<String, String>>,
    pub(super) retry_after: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CodeOrMore {
    Code(String),
    More(More),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct More {
    code: String,
    #[serde(default)]
    faults: Option<BTreeMap<String, String>>,
    #[serde(default)]
    retry_after: Option<String>,
}

impl From<CodeOrMore> for ExpectedError {
    fn from(expected: CodeOrMore) -> Self {
        match expected {
            CodeOrMore::Code(code) => ExpectedError { code, faults: None, retry_after: None },
            CodeOrMore::More(More { code, faults, retry_after }) => ExpectedError { code, faults, retry_after },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    say: String,
    #[serde(rename = "do")]
    operation: Option<String>,
    clock: Option<Hands>,
    #[serde(rename = "as")]
    actor: Option<Value>,
    #[serde(default)]
    with: Map<String, Value>,
    #[serde(default)]
    capture: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "even_null")]
    expect: Option<Value>,
    expect_error: Option<ExpectedError>,
}

/// `null` is something to expect, and not the same as no expectation.
fn even_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Step {
    pub(super) fn read(step: &Value) -> Result<Step, String> {
        let written = Written::deserialize(step).map_err(|error| error.to_string())?;
        let Written { say, operation, clock, actor, with, capture, expect, expect_error } = written;
        let then = match (expect_error, expect) {
            (Some(_), Some(_)) => return Err("has both `expect` and `expect_error`".to_owned()),
            (Some(_), None) if !capture.is_empty() => return Err("captures from an error".to_owned()),
            (Some(error), None) => Then::Fails(error),
            (None, expect) => Then::Succeeds { expect, capture },
        };
        let action = match (operation, clock) {
            (Some(operation), None) => Action::Call { operation, actor, with, then },
            (None, Some(hands)) => Action::Clock(hands),
            (Some(_), Some(_)) => return Err("has both `do` and `clock`".to_owned()),
            (None, None) => return Err("has neither `do` nor `clock`".to_owned()),
        };
        Ok(Step { say, action })
    }
}
