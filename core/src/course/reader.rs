//! Reads a course from the values of a file. Everything that is wrong is noted with its line, and reading goes on.

use std::collections::{BTreeMap, HashSet};

use super::{
    definition::{Condition, Course, Item, Section, Side, Task, TaskNeed},
    fields::{FieldValue, Fields, misnamed},
    key::{CourseKey, FieldName, SignalName},
    source::{Kind, Node},
};
use crate::{
    error::{Code, Error},
    value::{Line, Locale, Text, Texts},
};

mod table;

pub(super) use table::Wrong;
use table::{Notes, Table};

const COUNT: (i64, i64) = (1, 10_000);
const VERSION: (i64, i64) = (1, u32::MAX as i64);

/// The course, or what is wrong, by line.
pub(super) fn read(node: &Node) -> Result<Course, Vec<Wrong>> {
    let mut reader = Reader::default();
    let course = reader.course(node);
    let mut wrong = reader.notes.finish();
    if let (Some(course), true) = (course, wrong.is_empty()) {
        return Ok(course);
    }
    if wrong.is_empty() {
        // a value is left out only when something was noted
        wrong.push(Wrong { line: 1, path: String::new(), code: Code::Internal, message: "could not be read".into() });
    }
    Err(wrong)
}

#[derive(Default)]
struct Reader {
    notes: Notes,
    /// Those of the course's title, which all texts must have.
    languages: Vec<String>,
    sections: HashSet<CourseKey>,
    items: HashSet<CourseKey>,
    tasks: usize,
    /// Whether a task is required, or may be once it is mended.
    required: bool,
}

/// What a text may be.
#[derive(Clone, Copy)]
enum Length {
    /// One line of 200 characters.
    Title,
    /// 2,000 characters on any number of lines.
    Body,
}

impl Reader {
    fn course(&mut self, node: &Node) -> Option<Course> {
        let table = self.notes.table("", node, &["key", "version", "title", "sections"])?;
        let key =
            self.notes.needed(&table, "key").and_then(|(path, node)| self.notes.text(&path, node, CourseKey::parse));
        let version =
            self.notes.needed(&table, "version").and_then(|(path, node)| self.notes.number(&path, node, VERSION));
        let title = self.texts(&table, "title", Length::Title);
        self.languages = title.iter().flat_map(Texts::languages).map(str::to_owned).collect();
        let (path, node) = self.notes.needed(&table, "sections")?;
        let list = self.notes.list(&path, node, Course::MOST_SECTIONS, "sections")?;
        let sections: Vec<_> =
            list.iter().enumerate().map(|(at, node)| self.section(&format!("{path}[{at}]"), node)).collect();
        if !self.required {
            self.notes.add(node.line, &path, Error::because(Code::Required, "have no task that is required"));
        }
        Some(Course {
            key: key?,
            version: version?,
            title: title?,
            sections: sections.into_iter().collect::<Option<_>>()?,
        })
    }

    fn section(&mut self, path: &str, node: &Node) -> Option<Section> {
        let table = self.notes.table(path, node, &["key", "title", "items"])?;
        let key = self.key(&table, |reader| &mut reader.sections, "section");
        let title = self.texts(&table, "title", Length::Title);
        let (path, node) = self.notes.needed(&table, "items")?;
        let list = self.notes.list(&path, node, Course::MOST_ITEMS, "items")?;
        let items: Vec<_> =
            list.iter().enumerate().map(|(at, node)| self.item(&format!("{path}[{at}]"), node)).collect();
        Some(Section { key: key?, title: title?, items: items.into_iter().collect::<Option<_>>()? })
    }

    fn item(&mut self, path: &str, node: &Node) -> Option<Item> {
        let table = self.notes.table(path, node, &["key", "title", "text", "task"])?;
        let key = self.key(&table, |reader| &mut reader.items, "item");
        let title = self.texts(&table, "title", Length::Title);
        let text = if table.has("text") { self.texts(&table, "text", Length::Body).map(Some) } else { Some(None) };
        let task = match table.get("task") {
            Some((path, node)) => self.task(&path, node).map(Some),
            None => Some(None),
        };
        Some(Item { key: key?, title: title?, text: text?, task: task? })
    }

    fn task(&mut self, path: &str, node: &Node) -> Option<Task> {
        self.tasks += 1;
        if self.tasks == Course::MOST_TASKS + 1 {
            let message = format!("is one more than the {} tasks of a course", Course::MOST_TASKS);
            self.notes.add(node.line, path, Error::because(Code::TooMany, message));
        }
        let known = ["directive", "side", "need", "signal", "count", "distinct", "where"];
        let task = self.notes.table(path, node, &known).and_then(|table| {
            let directive = self.texts(&table, "directive", Length::Body);
            let side =
                self.notes.needed(&table, "side").and_then(|(path, node)| self.notes.text(&path, node, Side::parse));
            let need = self
                .notes
                .or(&table, "need", TaskNeed::Required, |notes, path, node| notes.text(path, node, TaskNeed::parse));
            let condition = self.condition(&table);
            Some(Task { directive: directive?, side: side?, need: need?, condition: condition? })
        });
        self.required |= task.as_ref().is_none_or(|task| task.need == TaskNeed::Required);
        task
    }

    fn condition(&mut self, table: &Table<'_>) -> Option<Condition> {
        let notes = &mut self.notes;
        let signal = notes.needed(table, "signal").and_then(|(path, node)| notes.text(&path, node, SignalName::parse));
        let count = notes.or(table, "count", 1, |notes, path, node| notes.number(path, node, COUNT));
        let distinct =
            notes.or(table, "distinct", None, |notes, path, node| notes.text(path, node, FieldName::parse).map(Some));
        let matching = notes.or(table, "where", Fields::default(), fields);
        let condition = Condition { signal: signal?, count: count?, distinct: distinct?, matching: matching? };
        if let (Some(field), Some((path, node))) = (&condition.distinct, table.get("distinct"))
            && condition.matching.get(field).is_some()
        {
            let message = "is given by `where`, so that all its values are one";
            notes.add(node.line, &path, Error::because(Code::InvalidInput, message));
        }
        Some(condition)
    }

    /// The key of a section or an item, which no other has.
    fn key(
        &mut self,
        table: &Table<'_>,
        taken: fn(&mut Self) -> &mut HashSet<CourseKey>,
        of: &str,
    ) -> Option<CourseKey> {
        let (path, node) = self.notes.needed(table, "key")?;
        let key = self.notes.text(&path, node, CourseKey::parse)?;
        if !taken(self).insert(key.clone()) {
            let message = format!("`{key}` is the key of another {of} too");
            self.notes.add(node.line, &path, Error::because(Code::DuplicateEntry, message));
        }
        Some(key)
    }

    /// A text in every language of the course: a table by language, or one text, which is English.
    fn texts(&mut self, table: &Table<'_>, name: &str, length: Length) -> Option<Texts> {
        let (path, node) = self.notes.needed(table, name)?;
        let mut texts = BTreeMap::new();
        match &node.kind {
            Kind::Table(entries) => {
                for (tag, node) in entries {
                    let path = table::path(&path, tag);
                    let language = self.notes.check(node.line, &path, Locale::parse(tag));
                    let text = self.notes.text(&path, node, |text| length.parse(text));
                    let (Some(language), Some(text)) = (language, text) else { continue };
                    if texts.insert(language.into(), text).is_some() {
                        self.notes.add(node.line, &path, Error::new(Code::DuplicateEntry));
                    }
                }
                // a language whose text is faulty is not missing
                if texts.len() < entries.len() {
                    return None;
                }
            }
            _ => {
                let text = self.notes.text(&path, node, |text| length.parse(text))?;
                texts.insert(Locale::english().into(), text);
            }
        }
        let missing: Vec<_> =
            self.languages.iter().filter(|tag| !texts.contains_key(*tag)).map(String::as_str).collect();
        if !missing.is_empty() {
            let message = format!("has no text in `{}`, which the course's title has", missing.join("`, `"));
            return self.notes.check(node.line, &path, Err(Error::because(Code::Required, message)));
        }
        self.notes.check(node.line, &path, Texts::new(texts))
    }
}

impl Length {
    fn parse(self, text: &str) -> crate::Result<String> {
        match self {
            Length::Title => Line::<200>::parse(text).map(String::from),
            Length::Body => Text::<2000>::parse(text).map(String::from),
        }
    }
}

/// What signals must say.
fn fields(notes: &mut Notes, path: &str, node: &Node) -> Option<Fields> {
    let Kind::Table(entries) = &node.kind else { return notes.mistyped(path, node, "a table") };
    let mut fields = BTreeMap::new();
    for (name, node) in entries {
        let path = table::path(path, name);
        let named = notes.check(node.line, &path, FieldName::parse(name).map_err(misnamed));
        let value = match &node.kind {
            Kind::Bool(yes) => Some(FieldValue::from(*yes)),
            Kind::Integer(number) => Some(FieldValue::from(*number)),
            Kind::Text(text) => notes.check(node.line, &path, FieldValue::text(text)),
            _ => notes.mistyped(&path, node, "a text, a whole number, or true or false"),
        };
        let (Some(named), Some(value)) = (named, value) else { continue };
        if fields.insert(named, value).is_some() {
            notes.add(node.line, &path, Error::new(Code::DuplicateEntry));
        }
    }
    notes.check(node.line, path, Fields::try_from(fields))
}
