//! The course by hand: what it asks for, how far an account has come, and the log of signals.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use handfast::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::Value;

use super::Hand;
use crate::Result;

/// What a task waits for. None of the course that is measured looks at fields.
struct Task {
    key: String,
    count: u32,
}

/// A version of the course, read once.
pub(super) struct Course {
    id: String,
    /// By side and signal.
    waiting: HashMap<(String, String), Vec<Task>>,
    commerce: HashSet<String>,
}

/// The version that counts now.
pub(super) struct Head {
    pub(super) version: i64,
    pub(super) id: String,
    pub(super) edition: i64,
    pub(super) course: Arc<Course>,
}

pub(super) const HEAD_VERSION: &str = "SELECT version FROM handfast_course WHERE id = ?1";
pub(super) const PROGRESS_VERSION: &str = "SELECT version FROM handfast_progress WHERE id = ?1";

pub(super) fn head(hand: &Hand, db: &Connection) -> Result<Option<Head>> {
    let mut statement =
        db.prepare_cached("SELECT version, id, edition, current FROM handfast_course WHERE place = 'certification'")?;
    let found = statement.query_row([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?))
    });
    let Some((version, id, edition, current)) = found.optional()? else { return Ok(None) };
    let mut known = hand.course.borrow_mut();
    let course = match &*known {
        Some(course) if course.id == current => Arc::clone(course),
        _ => Arc::clone(known.insert(Arc::new(Course::read(db, current)?))),
    };
    Ok(Some(Head { version, id, edition, course }))
}

impl Course {
    fn read(db: &Connection, id: String) -> Result<Self> {
        let sql = "SELECT course FROM handfast_course_version WHERE id = ?1";
        let text: String = db.query_row(sql, [&id], |row| row.get(0))?;
        let course: Value = serde_json::from_str(&text)?;
        let (mut waiting, mut commerce) = (HashMap::<_, Vec<Task>>::new(), HashSet::new());
        let list = |of: &Value, name: &str| of[name].as_array().cloned().unwrap_or_default();
        for item in list(&course, "sections").iter().flat_map(|section| list(section, "items")) {
            let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("no course");
            let (key, task) = (text(&item["key"])?, &item["task"]);
            let (side, count) = (text(&task["side"])?, u32::try_from(task["count"].as_u64().ok_or("no course")?)?);
            if side == "commerce" {
                commerce.insert(key.clone());
            }
            waiting.entry((side, text(&task["signal"])?)).or_default().push(Task { key, count });
        }
        Ok(Course { id, waiting, commerce })
    }

    pub(super) fn commerce_tasks(&self) -> u32 {
        u32::try_from(self.commerce.len()).unwrap_or(u32::MAX)
    }

    /// How many of its tasks a commerce account has completed.
    pub(super) fn completed(&self, done: &str) -> serde_json::Result<u32> {
        let done: BTreeMap<Cow<'_, str>, IgnoredAny> = serde_json::from_str(done)?;
        let completed = done.keys().filter(|key| self.commerce.contains(key.as_ref())).count();
        Ok(u32::try_from(completed).unwrap_or(u32::MAX))
    }

    /// The tasks of a side that wait for a signal and are not done.
    fn open<'a>(&'a self, side: &str, signal: &str, done: &'a str) -> Result<Vec<&'a Task>> {
        let Some(tasks) = self.waiting.get(&(side.to_owned(), signal.to_owned())) else { return Ok(Vec::new()) };
        let done: BTreeMap<Cow<'_, str>, IgnoredAny> = serde_json::from_str(done)?;
        Ok(tasks.iter().filter(|task| !done.contains_key(task.key.as_str())).collect())
    }
}

/// How far an account has come.
pub(super) struct Progress {
    pub(super) version: i64,
    pub(super) id: String,
    side: String,
    done: String,
    tallies: String,
    counted: Option<BTreeMap<String, Tally>>,
}

#[derive(Serialize, Deserialize, Default)]
struct Tally {
    count: u32,
}

/// Reads it; an account that is not at the present version is not what is measured.
pub(super) fn progress(db: &Connection, account: &str, head: &Head) -> Result<Progress> {
    let mut statement = db
        .prepare_cached("SELECT version, id, side, done, tallies, edition FROM handfast_progress WHERE account = ?1")?;
    let found = statement.query_row([account], |row| {
        let [id, side, done, tallies] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        let edition: i64 = row.get(5)?;
        Ok((edition == head.edition).then_some(Progress {
            version: row.get(0)?,
            id,
            side,
            done,
            tallies,
            counted: None,
        }))
    });
    found.optional()?.flatten().ok_or_else(|| "the account is not in the course".into())
}

impl Progress {
    /// Whether an open task waits for a signal.
    pub(super) fn asks(&self, course: &Course, signal: &str) -> Result<bool> {
        Ok(!course.open(&self.side, signal, &self.done)?.is_empty())
    }

    /// Counts a signal; what would complete a task is not what is measured.
    pub(super) fn count(&mut self, course: &Course, signal: &str) -> Result<()> {
        for task in course.open(&self.side, signal, &self.done)? {
            let counted = match &mut self.counted {
                Some(counted) => counted,
                none => none.insert(serde_json::from_str(&self.tallies)?),
            };
            let tally = counted.entry(task.key.clone()).or_default();
            tally.count += 1;
            if tally.count >= task.count {
                return Err("a task would be completed".into());
            }
        }
        Ok(())
    }

    /// Writes what was counted, if anything.
    pub(super) fn write(&self, db: &Connection) -> Result<()> {
        let Some(counted) = &self.counted else { return Ok(()) };
        let updated = db
            .prepare_cached(
                "UPDATE handfast_progress SET version = version + 1, tallies = ?3 WHERE id = ?1 AND version = ?2",
            )?
            .execute(params![self.id, self.version, serde_json::to_string(counted)?])?;
        if updated == 1 { Ok(()) } else { Err("the progress has changed".into()) }
    }
}

/// A signal to be kept.
pub(super) struct Signal<'a> {
    pub(super) account: &'a str,
    pub(super) side: &'a str,
    pub(super) name: &'a str,
    pub(super) fields: &'a str,
    pub(super) occurred: Timestamp,
    pub(super) edition: i64,
    pub(super) key: Option<&'a str>,
}

pub(super) fn keep(db: &Connection, id: &str, now: Timestamp, signal: &Signal<'_>) -> Result<()> {
    let Signal { account, side, name, fields, occurred, edition, key } = signal;
    db.prepare_cached(
        "INSERT INTO handfast_signal (version, id, account, side, name, fields, occurred, received, edition, key, \
         completed) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '[]')",
    )?
    .execute(params![id, account, side, name, fields, occurred.millis(), now.millis(), edition, key])?;
    Ok(())
}
