use super::*;
use crate::question::{AnswerKind, AnswerLimits};

fn limited(kind: AnswerForm, limits: AnswerLimits) -> QuestionInput {
    QuestionInput { limits, ..input("q", kind) }
}

fn chosen(kind: AnswerForm, choices: &[&str]) -> QuestionInput {
    QuestionInput { choices: choices.iter().map(|key| choice(key)).collect(), ..input("q", kind) }
}

#[test]
fn a_question_of_each_kind_comes_back_from_json_as_it_was() {
    let text = |text: &str| Some(text.to_owned());
    let nothing = AnswerLimits::default;
    for question in [
        limited(AnswerForm::Text, AnswerLimits { longest: Some(20), ..nothing() }),
        chosen(AnswerForm::Choice, &["rose", "lily"]),
        chosen(AnswerForm::Choices, &["rose", "lily"]),
        input("q", AnswerForm::YesNo),
        limited(AnswerForm::Number, AnswerLimits { lowest: text("-1.5"), decimals: Some(1), ..nothing() }),
        limited(
            AnswerForm::Date,
            AnswerLimits { earliest: text("2026-01-01"), latest: text("2026-01-01"), ..nothing() },
        ),
    ] {
        let question = QuestionInput { help: texts(&[("es", "una\nayuda")]), since: Some(at(1)), ..question };
        let question = checked(&question).unwrap();
        let json = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&json).unwrap(), question, "{json}");
    }
}

#[test]
fn what_is_left_out_has_the_widest_bounds() {
    let kind = |input: &QuestionInput| checked(input).unwrap().kind;
    assert_eq!(kind(&input("q", AnswerForm::Text)), AnswerKind::Text { longest: 2_000 });
    let AnswerKind::Choices { at_least, at_most, .. } = kind(&chosen(AnswerForm::Choices, &["a", "b", "c"])) else {
        panic!("several choices");
    };
    assert_eq!((at_least, at_most), (1, 3));
    let whole = AnswerKind::Number { lowest: None, highest: None, decimals: 0 };
    assert_eq!(kind(&input("q", AnswerForm::Number)), whole);
}

#[test]
fn every_fault_of_a_question_is_told_under_its_field() {
    use AnswerForm::{Choice, Choices, Date, Number, Text, YesNo};
    let nothing = AnswerLimits::default;
    let text = |text: &str| Some(text.to_owned());
    let range =
        |lowest: &str, highest: &str| AnswerLimits { lowest: text(lowest), highest: text(highest), ..nothing() };
    let days = |from: &str, to: &str| AnswerLimits { earliest: text(from), latest: text(to), ..nothing() };
    let some = |at_least, at_most| QuestionInput {
        limits: AnswerLimits { at_least, at_most, ..nothing() },
        ..chosen(Choices, &["a", "b", "c"])
    };
    let cases: Vec<(QuestionInput, &[(&str, Code)])> = vec![
        (QuestionInput { key: "Gift".into(), ..input("q", Text) }, &[("key", Code::ForbiddenCharacter)]),
        (QuestionInput { key: "k".repeat(41), ..input("q", Text) }, &[("key", Code::TooLong)]),
        (QuestionInput { label: texts(&[]), ..input("q", Text) }, &[("label", Code::Required)]),
        (QuestionInput { label: texts(&[("en", "Gift?")]), ..input("q", Text) }, &[("label", Code::Required)]),
        (
            QuestionInput { label: texts(&[("es", "a\nb")]), ..input("q", Text) },
            &[("label.es", Code::ForbiddenCharacter)],
        ),
        (
            QuestionInput { label: texts(&[("es", &"a".repeat(201))]), ..input("q", Text) },
            &[("label.es", Code::TooLong)],
        ),
        (
            QuestionInput { help: texts(&[("es", &"a".repeat(1_001))]), ..input("q", Text) },
            &[("help.es", Code::TooLong)],
        ),
        (QuestionInput { help: texts(&[("fr", "aide")]), ..input("q", Text) }, &[("help", Code::Required)]),
        (QuestionInput { since: Some(at(2)), until: Some(at(2)), ..input("q", YesNo) }, &[("until", Code::OutOfRange)]),
        (limited(Text, AnswerLimits { longest: Some(0), ..nothing() }), &[("limits.longest", Code::OutOfRange)]),
        (limited(Text, AnswerLimits { longest: Some(2_001), ..nothing() }), &[("limits.longest", Code::OutOfRange)]),
        (limited(Text, AnswerLimits { decimals: Some(0), ..nothing() }), &[("limits.decimals", Code::UnknownField)]),
        (chosen(YesNo, &["a", "b"]), &[("choices", Code::UnknownField)]),
        (
            limited(Choice, days("2026-01-01", "2026-01-02")),
            &[
                ("limits.earliest", Code::UnknownField),
                ("limits.latest", Code::UnknownField),
                ("choices", Code::OutOfRange),
            ],
        ),
        (chosen(Choice, &["a"]), &[("choices", Code::OutOfRange)]),
        (chosen(Choice, &["a"; 101]), &[("choices", Code::OutOfRange)]),
        (chosen(Choice, &["a", "a"]), &[("choices.1.key", Code::DuplicateEntry)]),
        (chosen(Choice, &["a", ""]), &[("choices.1.key", Code::Required)]),
        (some(Some(0), None), &[("limits.at_least", Code::OutOfRange)]),
        (some(Some(4), None), &[("limits.at_least", Code::OutOfRange)]),
        (some(Some(2), Some(1)), &[("limits.at_most", Code::OutOfRange)]),
        (some(None, Some(4)), &[("limits.at_most", Code::OutOfRange)]),
        (
            limited(Number, range("a", "1e3")),
            &[("limits.lowest", Code::NotADecimal), ("limits.highest", Code::NotADecimal)],
        ),
        (limited(Number, range("2", "1.9")), &[("limits.highest", Code::OutOfRange)]),
        (limited(Number, AnswerLimits { decimals: Some(5), ..nothing() }), &[("limits.decimals", Code::OutOfRange)]),
        (
            limited(Date, days("tomorrow", "2026-02-30")),
            &[("limits.earliest", Code::NotADate), ("limits.latest", Code::NotADate)],
        ),
        (limited(Date, days("2026-01-02", "2026-01-01")), &[("limits.latest", Code::OutOfRange)]),
    ];
    for (question, expected) in cases {
        assert_eq!(faults(checked(&question)), told(expected), "{question:?}");
    }
}

#[test]
fn a_place_has_fifty_questions_and_a_quarter_of_a_mebibyte_at_most() {
    let question = |key: &str| checked(&input(key, AnswerForm::YesNo)).unwrap();
    let full = (0..50).fold(QuestionList::default(), |list, at| list.with(question(&format!("q{at}"))).unwrap());
    assert_eq!(full.clone().with(question("more")).unwrap_err().code(), Code::TooMany);
    assert_eq!(full.clone().with(question("q7")).unwrap_err().code(), Code::AlreadyThere);
    assert_eq!(full.clone().changed(question("more")).unwrap_err().code(), Code::NotFound);
    assert_eq!(full.without("more").unwrap_err().code(), Code::NotFound);

    let long = "a".repeat(120);
    let labels = texts(&["es", "en", "fr", "de", "pt"].map(|tag| (tag, long.as_str())));
    let choices = (0..100).map(|at| ChoiceInput { key: format!("c{at}"), label: labels.clone() }).collect();
    let large = QuestionInput { choices, ..input("q", AnswerForm::Choice) };
    let large = |key: String| checked(&QuestionInput { key, ..large.clone() }).unwrap();
    let (mut list, mut added) = (QuestionList::default(), 0);
    let refused = loop {
        match list.clone().with(large(format!("q{added}"))) {
            Ok(more) => (list, added) = (more, added + 1),
            Err(error) => break error,
        }
    };
    assert_eq!(faults::<()>(Err(refused)), told(&[("choices", Code::TooMany)]));
    assert!((2..10).contains(&added), "{added} questions of 60 KB");
    let long = [("es", "a".repeat(1_000))].map(|(tag, text)| (tag.to_owned(), text)).into();
    let helped = QuestionInput { help: long, ..input("q0", AnswerForm::YesNo) };
    assert!(list.clone().changed(checked(&helped).unwrap()).is_ok(), "smaller than it was");
    let grown = checked(&QuestionInput { label: texts(&[("es", "¿?")]), ..input("q0", AnswerForm::Text) }).unwrap();
    assert!(list.changed(grown).is_ok());
}

#[test]
fn an_order_names_each_question_once() {
    let list = edition(COMPANY, 1, ["a", "b", "c"].map(|key| input(key, AnswerForm::YesNo))).questions;
    let ordered = |keys: &[&str]| list.clone().ordered(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
    let keys: Vec<_> = ordered(&["c", "a", "b"]).unwrap().all().iter().map(|one| one.key.clone()).collect();
    assert_eq!(keys, ["c", "a", "b"]);
    let expected = [
        ("keys.1", Code::UnknownChoice),
        ("keys.2", Code::DuplicateEntry),
        ("keys", Code::Required),
        ("keys", Code::Required),
    ];
    assert_eq!(faults(ordered(&["b", "x", "b"])), told(&expected));
}
