//! A course as it is once everything about it was checked.

use std::fmt::Write as _;

use serde::{Deserialize, Deserializer, Serialize, de};
use sha2::{Digest as _, Sha256};

use super::{
    fields::Fields,
    key::{CourseKey, FieldName, SignalName},
    reader,
    source::Node,
};
use crate::{
    error::Result,
    store::json_field,
    value::{Texts, choices},
};

/// A course: sections of items, some of which are tasks. It comes from [`Course::parse`] alone, and so is always whole:
/// every key is there once, every text has every language of the title, and at least one task is required.
///
/// As JSON it is written in the format that [`Course::parse`] reads, and read with the same checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    // the digest is of this order of fields: a field that moves changes every digest
    pub(super) key: CourseKey,
    pub(super) version: u32,
    pub(super) title: Texts,
    pub(super) sections: Vec<Section>,
}

json_field!(Course);

/// Items that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name, which no other section has.
    pub key: CourseKey,
    /// What it is about: one line of at most 200 characters, as are all titles. Any other text has 2,000 on any number of
    /// lines.
    pub title: Texts,
    /// What is in it: 1 to 50.
    pub items: Vec<Item>,
}

/// Something to read, to do, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its name, which no other item of the course has. It names the task too.
    pub key: CourseKey,
    /// What it is about.
    pub title: Texts,
    /// What there is to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Texts>,
    /// What there is to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
}

/// Something to do, which is done when what it waits for was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What to do, in the square at the bottom of the section.
    pub directive: Texts,
    /// In which account it is done.
    pub side: Side,
    /// Whether the course can be finished without it.
    pub need: TaskNeed,
    /// What it waits for.
    #[serde(flatten)]
    pub condition: Condition,
}

/// What a task waits for: signals of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// The name of the signals that count.
    pub signal: SignalName,
    /// How many of them complete the task, 1 to 10,000.
    pub count: u32,
    /// The field whose different values are counted instead of the signals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinct: Option<FieldName>,
    /// What a signal must say to count; its fields may say more.
    #[serde(rename = "where", skip_serializing_if = "Fields::is_empty")]
    pub matching: Fields,
}

choices! {
    /// The account in which a task is done.
    pub enum Side {
        /// The certified partner's own.
        Partner = "partner",
        /// The commerce account that works in tandem with it.
        Commerce = "commerce",
    }
}

choices! {
    /// Whether a course can be finished without a task.
    pub enum TaskNeed {
        /// It cannot.
        Required = "required",
        /// It can.
        Optional = "optional",
    }
}

impl Course {
    /// The most bytes of a file.
    pub const MOST_BYTES: usize = 256 * 1024;
    /// The most sections.
    pub const MOST_SECTIONS: usize = 50;
    /// The most items of a section.
    pub const MOST_ITEMS: usize = 50;
    /// The most tasks of the whole course.
    pub const MOST_TASKS: usize = 200;

    /// Its name, which every version of it has.
    pub fn key(&self) -> &CourseKey {
        &self.key
    }

    /// Its version, 1 or more.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What it is called.
    pub fn title(&self) -> &Texts {
        &self.title
    }

    /// Its sections, in order: 1 to 50.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Every task with its key, in the order of the course: 1 to 200.
    pub fn tasks(&self) -> impl Iterator<Item = (&CourseKey, &Task)> {
        let items = self.sections.iter().flat_map(|section| &section.items);
        items.filter_map(|item| Some((&item.key, item.task.as_ref()?)))
    }

    /// The task of a key.
    pub fn task(&self, key: &CourseKey) -> Option<&Task> {
        self.tasks().find_map(|(known, task)| (known == key).then_some(task))
    }

    /// The tasks without which the course cannot be finished, in order: 1 or more.
    pub fn required(&self) -> impl Iterator<Item = (&CourseKey, &Task)> {
        self.tasks().filter(|(_, task)| task.need == TaskNeed::Required)
    }

    /// The languages that every text of the course has.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.title.languages()
    }

    /// SHA-256 (FIPS 180-4) of the course as JSON in 64 hexadecimal digits: the same for courses that say the same,
    /// however their files were written.
    pub fn digest(&self) -> String {
        // only maps with keys that are no text cannot be written, and there is none
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut digits = String::with_capacity(64);
        for byte in Sha256::digest(json) {
            // a String takes everything
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

impl<'de> Deserialize<'de> for Course {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        reader::read(&node).map_err(|mut faults| match faults.pop() {
            Some(fault) => de::Error::custom(format!("`{}` {}", fault.path, fault.message)),
            None => de::Error::custom("is not a course"),
        })
    }
}
