//! How signals complete tasks: pure functions, of which the operations and the rebuild are both made.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    definition::{Condition, Course, Side, Task},
    fields::Fields,
    key::{CourseKey, SignalName},
};
use crate::store::json_field;

/// How far the tasks are that are begun and not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tallies(BTreeMap<CourseKey, Tally>);

json_field!(Tallies);

/// How far one task is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What counted so far: signals, or different values.
    pub count: u32,
    /// The different values, where they are what counts.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub values: BTreeSet<String>,
}

/// What a signal did for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Nothing: it is not what the task waits for, or its value was counted before.
    Nothing,
    /// It counts, and more are waited for.
    Counted,
    /// It was the last that was waited for. The caller keeps what is done, and does not count for it again.
    Complete,
}

impl Condition {
    /// Whether a signal is what this waits for.
    pub fn matches(&self, name: &SignalName, fields: &Fields) -> bool {
        *name == self.signal
            && self.matching.iter().all(|(field, value)| fields.get(field) == Some(value))
            && self.distinct.as_ref().is_none_or(|field| fields.get(field).is_some())
    }
}

impl Tallies {
    /// Counts a signal for a task that is not done. With `distinct` each value of the field counts once, and a signal
    /// without the field does not count; `7` as a number and as a text is one value.
    ///
    /// A task that completes has no tally any more, so that never more than its count is kept.
    pub fn count(&mut self, key: &CourseKey, task: &Task, name: &SignalName, fields: &Fields) -> Counted {
        let condition = &task.condition;
        if !condition.matches(name, fields) {
            return Counted::Nothing;
        }
        let mut tally = self.0.remove(key).unwrap_or_default();
        let before = tally.count;
        match condition.distinct.as_ref().and_then(|field| fields.get(field)) {
            Some(value) => {
                tally.values.insert(value.written());
                tally.count = u32::try_from(tally.values.len()).unwrap_or(u32::MAX);
            }
            None => tally.count = tally.count.saturating_add(1),
        }
        if tally.count >= condition.count {
            return Counted::Complete;
        }
        let counted = if tally.count == before { Counted::Nothing } else { Counted::Counted };
        self.0.insert(key.clone(), tally);
        counted
    }

    /// How far a task is: 0 when it is not begun, or done.
    pub fn of(&self, key: &CourseKey) -> u32 {
        self.0.get(key).map_or(0, |tally| tally.count)
    }

    /// Every tally, by its task.
    pub fn iter(&self) -> impl Iterator<Item = (&CourseKey, &Tally)> {
        self.0.iter()
    }

    /// Forgets the tally of a task that is done or no longer there.
    pub fn remove(&mut self, key: &CourseKey) {
        self.0.remove(key);
    }

    /// Whether nothing is begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What the facts of one account complete of the tasks of its side: each task with the position of the fact that
/// completed it, in the order of completion (of one fact in the order of the course), and how far the others are.
pub fn completed<'f>(
    course: &Course,
    side: Side,
    facts: impl Iterator<Item = (&'f SignalName, &'f Fields)>,
) -> (Vec<(CourseKey, usize)>, Tallies) {
    let mut waiting: BTreeMap<&SignalName, Vec<(&CourseKey, &Task)>> = BTreeMap::new();
    for (key, task) in course.tasks().filter(|(_, task)| task.side == side) {
        waiting.entry(&task.condition.signal).or_default().push((key, task));
    }
    let (mut done, mut tallies) = (Vec::new(), Tallies::default());
    for (at, (name, fields)) in facts.enumerate() {
        let Some(tasks) = waiting.get_mut(name) else { continue };
        tasks.retain(|(key, task)| {
            let complete = tallies.count(key, task, name, fields) == Counted::Complete;
            if complete {
                done.push(((*key).clone(), at));
            }
            !complete
        });
    }
    (done, tallies)
}
