use std::{error, fmt};

/// Why a scenario could not be played to its end: `invite_story.json: step 7 (invites.verify): expected ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub file: String,
    /// The step, from 1, with its operation; `None` when it is about the file as a whole.
    pub step: Option<(usize, String)>,
    /// What is wrong, and what it should be.
    pub reason: String,
}

impl Failure {
    pub(super) fn of_file(file: &str, reason: impl Into<String>) -> Self {
        Failure { file: file.to_owned(), step: None, reason: reason.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.step {
            Some((number, operation)) => write!(f, "{}: step {number} ({operation}): {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl error::Error for Failure {}

/// Why a step stops the play, or what it was refused for.
#[derive(Debug)]
pub(super) enum Stop {
    /// The library says no: what a scenario may expect.
    Refused(handfast_contract::Failure),
    /// The scenario itself is wrong.
    Wrong(String),
}

impl Stop {
    pub(super) fn wrong(reason: impl Into<String>) -> Self {
        Stop::Wrong(reason.into())
    }
}
