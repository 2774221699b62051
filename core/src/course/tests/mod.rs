use super::*;

mod example;
mod mistakes;
mod progress;

const SMALL: &str = r#"key = "small"
version = 3
title = { en = "Small", es = "Pequeño" }

[[sections]]
key = "one"
title = { en = "One", es = "Uno" }

[[sections.items]]
key = "read"
title = { en = "Read", es = "Lea" }
text = { en = "Line\nby line", es = "Línea\npor línea" }

[[sections.items]]
key = "do"
title = { en = "Do", es = "Haga" }

[sections.items.task]
directive = { en = "Do it", es = "Hágalo" }
side = "partner"
signal = "shop.done"
count = 2
distinct = "company"
where = { origin = "referral", first = true, rank = 1 }
"#;

fn small() -> Course {
    Course::parse(SMALL, CourseFormat::Toml).unwrap()
}

#[test]
fn a_course_is_read_and_what_is_not_said_is_the_usual() {
    let course = small();
    assert_eq!((course.key().as_str(), course.version()), ("small", 3));
    assert_eq!(course.languages().collect::<Vec<_>>(), ["en", "es"]);
    let items = &course.sections()[0].items;
    assert_eq!(items[0].text.as_ref().unwrap().in_language("es"), "Línea\npor línea");
    assert!(items[0].task.is_none());
    let key = CourseKey::parse("do").unwrap();
    let task = course.task(&key).unwrap();
    assert_eq!((task.side, task.need, task.condition.count), (Side::Partner, TaskNeed::Required, 2));
    assert_eq!(task.condition.matching.iter().count(), 3);
    assert_eq!(course.required().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["do"]);
    assert_eq!(course.task(&CourseKey::parse("read").unwrap()), None);
}

#[test]
fn a_plain_text_is_english() {
    let plain = SMALL.replace("{ en = \"One\", es = \"Uno\" }", "\"One\"").replace(", es = \"Pequeño\"", "");
    let course = Course::parse(&plain, CourseFormat::Toml).unwrap();
    assert_eq!(course.sections()[0].title.get("en"), Some("One"));
    assert_eq!(course.sections()[0].title.languages().count(), 1);
}

#[test]
fn a_course_comes_back_from_its_own_json_and_tells_the_same_digest() {
    let course = small();
    let json = serde_json::to_string_pretty(&course).unwrap();
    assert_eq!(Course::parse(&json, CourseFormat::Json).unwrap(), course);
    let stored: Course = serde_json::from_str(&serde_json::to_string(&course).unwrap()).unwrap();
    assert_eq!(stored, course);
    // other white space, the same course
    let spaced = SMALL.replace(" = ", "   =   ").replace('\n', "\r\n");
    assert_eq!(Course::parse(&spaced, CourseFormat::Toml).unwrap().digest(), course.digest());
    // released certificates carry it: what the digest is of may not change
    assert_eq!(course.digest(), "a66aaea2611a9c7a9441f468156df71ccffc6363b4ed1c74bfbd3bc8fbf64aa0");
    let other = Course::parse(&SMALL.replace("Do it", "Do it."), CourseFormat::Toml).unwrap();
    assert_ne!(other.digest(), course.digest());
}

#[test]
fn a_stored_course_is_checked_like_a_file() {
    let mut json = serde_json::to_value(small()).unwrap();
    json["sections"][0]["items"][1]["task"]["count"] = 0.into();
    let error = serde_json::from_value::<Course>(json).unwrap_err();
    assert_eq!(error.to_string(), "`sections[0].items[1].task.count` must lie between 1 and 10000");
}
