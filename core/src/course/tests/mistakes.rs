//! What is told about a file that is no course.

use super::*;
use crate::{Code, Error};

/// The line of the first line of `source` that holds `text`.
fn line(source: &str, text: &str) -> usize {
    source.lines().position(|line| line.contains(text)).unwrap() + 1
}

fn refusal(source: &str, format: CourseFormat) -> Error {
    let error = Course::parse(source, format).expect_err(source);
    assert_eq!(error.code(), Code::NotACourse);
    error
}

/// What is wrong, in the file that the small course becomes when `from` becomes `to`, in TOML.
fn wrong(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    refusal(&SMALL.replacen(from, to, 1), CourseFormat::Toml).message().to_owned()
}

fn in_json() -> String {
    serde_json::to_string_pretty(&small()).unwrap()
}

#[test]
fn what_is_no_toml_or_json_is_told_with_its_line() {
    assert!(wrong("version = 3", "version = ").starts_with("line 2: "));
    assert!(wrong("version = 3", "version = 3\nversion = 4").starts_with("line 3: duplicate key"));
    assert!(wrong("[[sections.items]]", "[[sections.items").starts_with("line 9: "));
    let json = in_json();
    let broken = json.replacen("\"version\": 3", "\"version\" 3", 1);
    assert_eq!(refusal(&broken, CourseFormat::Json).message(), "line 3: expected `:`");
    let cut = &json[..json.len() - 2];
    assert!(refusal(cut, CourseFormat::Json).message().starts_with(&format!("line {}: EOF", cut.lines().count())));
    assert!(refusal("", CourseFormat::Json).message().starts_with("line 1: EOF"));
    assert!(refusal(&format!("{json}x"), CourseFormat::Json).message().contains("trailing characters"));
}

#[test]
fn each_mistake_in_toml_is_told_with_line_path_and_reason() {
    let task = line(SMALL, "[sections.items.task]");
    let path = "sections[0].items[1].task";
    for (from, to, told) in [
        ("count = 2", "count = 0", format!("line {}: `{path}.count` must lie between 1 and 10000", task + 4)),
        ("count = 2", "count = 10001", format!("line {}: `{path}.count` must lie between 1 and 10000", task + 4)),
        (
            "count = 2",
            "count = \"2\"",
            format!("line {}: `{path}.count` must be a whole number, and is a text", task + 4),
        ),
        (
            "count = 2",
            "count = 1.5",
            format!("line {}: `{path}.count` must be a whole number, and is a number with a fraction", task + 4),
        ),
        (
            "side = \"partner\"",
            "side = \"both\"",
            format!("line {}: `{path}.side` is none of `partner`, `commerce`", task + 2),
        ),
        ("side = \"partner\"\n", "", format!("line {task}: `{path}.side` is required")),
        (
            "side",
            "need = \"maybe\"\nside",
            format!("line {}: `{path}.need` is none of `required`, `optional`", task + 2),
        ),
        (
            "rank = 1",
            "rank = 2026-11-22",
            format!(
                "line {}: `{path}.where.rank` must be a text, a whole number, or true or false, and is a date",
                task + 6
            ),
        ),
        (
            "distinct = \"company\"",
            "distinct = \"origin\"",
            format!("line {}: `{path}.distinct` is given by `where`, so that all its values are one", task + 5),
        ),
        (
            "shop.done",
            "Shop done",
            format!(
                "line {}: `{path}.signal` holds more than words of small letters, digits and `_` with dots between them",
                task + 3
            ),
        ),
        (
            ", es = \"Hágalo\"",
            "",
            format!("line {}: `{path}.directive` has no text in `es`, which the course's title has", task + 1),
        ),
        (
            "{ en = \"One\", es = \"Uno\" }",
            "\"One\"",
            "line 7: `sections[0].title` has no text in `es`, which the course's title has".into(),
        ),
        ("Uno", "U\u{202e}no", "line 7: `sections[0].title.es` holds the forbidden character U+202E".into()),
        ("es = \"Uno\"", "\"español\" = \"Uno\"", "line 7: `sections[0].title.español` is not a locale".into()),
        (
            "\"One\"",
            &format!("\"{}\"", "x".repeat(201)),
            "line 7: `sections[0].title.en` is longer than 200 characters".into(),
        ),
        ("\"do\"", "\"read\"", "line 15: `sections[0].items[1].key` `read` is the key of another item too".into()),
        ("side", "need = \"optional\"\nside", "line 5: `sections` have no task that is required".into()),
        (
            "version = 3",
            "version = 3\ncolour = 1",
            "line 3: `colour` is not asked for: here stand `key`, `version`, `title`, `sections`".into(),
        ),
        ("version = 3", "version = 0", "line 2: `version` must lie between 1 and 4294967295".into()),
        ("key = \"small\"\n", "", "line 1: `key` is required".into()),
    ] {
        assert_eq!(wrong(from, to), told);
    }
}

#[test]
fn a_table_that_is_written_with_dots_stands_where_it_begins() {
    let dotted = "title.en = \"One\"\ntext.en = \"Only\"";
    let told = refusal(&SMALL.replace("title = { en = \"Do\", es = \"Haga\" }", dotted), CourseFormat::Toml);
    assert!(told.message().starts_with("line 16: `sections[0].items[1].title` has no text in `es`"), "{told}");
    assert!(told.message().contains("line 17: `sections[0].items[1].text` has no text in `es`"), "{told}");
}

#[test]
fn each_mistake_in_json_is_told_with_line_path_and_reason() {
    let json = in_json();
    let path = "sections[0].items[1].task";
    for (from, to, told) in [
        ("\"count\": 2", "\"count\": 0", format!("`{path}.count` must lie between 1 and 10000")),
        ("\"count\": 2", "\"count\": null", format!("`{path}.count` must be a whole number, and is null")),
        ("\"partner\"", "\"both\"", format!("`{path}.side` is none of `partner`, `commerce`")),
        (
            "\"rank\": 1",
            "\"rank\": [1]",
            format!("`{path}.where.rank` must be a text, a whole number, or true or false, and is a list"),
        ),
        (
            "\"count\": 2",
            "\"count\": 2, \"colour\": 1",
            format!(
                "`{path}.colour` is not asked for: here stand `directive`, `side`, `need`, `signal`, `count`, `distinct`, `where`"
            ),
        ),
        ("\"count\": 2", "\"count\": 2, \"count\": 2", format!("`{path}.count` stands there twice")),
        (
            "\"key\": \"do\"",
            "\"key\": \"read\"",
            "`sections[0].items[1].key` `read` is the key of another item too".into(),
        ),
        (
            "\"version\": 3",
            "\"version\": 99999999999999999999",
            "`version` must be a whole number, and is a number with a fraction, or beyond 64 bits".into(),
        ),
    ] {
        assert!(json.contains(from), "{from} in {json}");
        let told = format!("line {}: {told}", line(&json, from));
        assert_eq!(refusal(&json.replacen(from, to, 1), CourseFormat::Json).message(), told);
    }
    assert_eq!(refusal("[]", CourseFormat::Json).message(), "line 1: the course must be a table, and is a list");
}

#[test]
fn everything_that_is_wrong_is_listed_by_line() {
    let source = SMALL.replace("version = 3", "version = -1").replace("count = 2", "count = 0").replace("Uno", " ");
    let error = refusal(&source, CourseFormat::Toml);
    let told: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code, &*fault.message)).collect();
    assert_eq!(
        told,
        [
            ("version", Code::OutOfRange, "line 2: must lie between 1 and 4294967295"),
            ("sections[0].title.es", Code::Required, "line 7: is required"),
            ("sections[0].items[1].task.count", Code::OutOfRange, "line 22: must lie between 1 and 10000"),
        ]
    );
    assert_eq!(error.message().matches("line ").count(), 3);
}

#[test]
fn the_message_tells_five_faults_and_how_many_more_there_are() {
    let more: String = (0..200).map(|at| format!("x{at} = 1\n")).collect();
    let error = refusal(&format!("{more}{SMALL}"), CourseFormat::Toml);
    assert_eq!(error.message().matches("line ").count(), 5);
    assert!(error.message().ends_with("; and 95 more"), "{error}");
    assert_eq!(error.faults().len(), 100);
}

#[test]
fn a_course_has_its_limits() {
    let section = |at: usize, items: usize, task: &str| {
        let items: String = (0..items)
            .map(|item| format!("[[sections.items]]\nkey = \"i{at}-{item}\"\ntitle = \"I\"\n{task}"))
            .collect();
        format!("[[sections]]\nkey = \"s{at}\"\ntitle = \"S\"\n{items}")
    };
    let task = "[sections.items.task]\ndirective = \"D\"\nside = \"partner\"\nsignal = \"s\"\n";
    let course = |sections: usize, items: usize, task: &str| {
        let sections: String = (0..sections).map(|at| section(at, items, task)).collect();
        format!("key = \"c\"\nversion = 1\ntitle = \"C\"\n{sections}")
    };
    for (sections, items, fits) in [(50, 1, true), (51, 1, false), (1, 50, true), (1, 51, false), (4, 50, true)] {
        let parsed = Course::parse(&course(sections, items, task), CourseFormat::Toml);
        assert_eq!(parsed.is_ok(), fits, "{sections} times {items}: {parsed:?}");
    }
    let many = course(5, 41, task);
    let told = refusal(&many, CourseFormat::Toml);
    assert!(
        told.message().ends_with("`sections[4].items[36].task` is one more than the 200 tasks of a course"),
        "{told}"
    );
    assert!(
        Course::parse(&format!("{SMALL}# {}", "x".repeat(256 * 1024 - SMALL.len() - 2)), CourseFormat::Toml).is_ok()
    );
    let long = format!("{SMALL}# {}", "x".repeat(256 * 1024 - SMALL.len() - 1));
    let last = SMALL.lines().count() + 1;
    assert_eq!(
        refusal(&long, CourseFormat::Toml).message(),
        format!("line {last}: goes beyond the 256 KiB of a course")
    );
}

#[test]
fn what_stands_deep_is_refused_and_not_followed() {
    for deep in [17, 100, 50_000] {
        let source = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
        assert!(refusal(&source, CourseFormat::Json).message().starts_with("line 1: "));
        assert!(refusal(&format!("key = {source}"), CourseFormat::Toml).message().starts_with("line 1: "));
    }
}

#[test]
fn nothing_unseen_comes_from_a_file_into_a_message() {
    let told = refusal("\"a\\u202e\\n\" = 1", CourseFormat::Toml);
    assert!(told.message().contains("`a\\u{202e}\\n` is not asked for"), "{told}");
}

proptest::proptest! {
    #[test]
    fn whatever_is_cut_out_of_a_course_is_told_with_a_line(from in 0..SMALL.len(), length in 0_usize..80, json: bool) {
        let source = if json { in_json() } else { SMALL.to_owned() };
        let kept = |at: &usize| !(from..from + length).contains(at);
        let cut: String = source.char_indices().filter(|(at, _)| kept(at)).map(|(_, c)| c).collect();
        let format = if json { CourseFormat::Json } else { CourseFormat::Toml };
        if let Err(error) = Course::parse(&cut, format) {
            let line = error.message().strip_prefix("line ").and_then(|rest| rest.split_once(": "));
            let number: usize = line.unwrap().0.parse().unwrap();
            proptest::prop_assert!((1..=source.lines().count()).contains(&number), "{error}");
        }
    }
}
