use serde_json::{Value, json};

use super::*;
use crate::question::{AnswerLimits, AnswerValue, Answers, answers::check, asked::asked};

/// One of each kind, none required.
fn every_kind() -> Vec<QuestionInput> {
    let nothing = AnswerLimits::default;
    let text = |text: &str| Some(text.to_owned());
    let choices: Vec<_> = ["rose", "lily", "iris"].map(choice).into();
    let limits = [
        AnswerLimits { longest: Some(5), ..nothing() },
        nothing(),
        AnswerLimits { at_most: Some(2), ..nothing() },
        nothing(),
        AnswerLimits { lowest: text("-1"), highest: text("10.5"), decimals: Some(2), ..nothing() },
        AnswerLimits { earliest: text("2026-01-01"), latest: text("2026-12-31"), ..nothing() },
    ];
    let kinds = AnswerForm::ALL.iter().zip(limits);
    let question = |(kind, limits): (&AnswerForm, _)| QuestionInput { limits, ..input(kind.as_str(), *kind) };
    let mut all: Vec<_> = kinds.map(question).collect();
    all.iter_mut().filter(|one| one.key.starts_with("choice")).for_each(|one| one.choices = choices.clone());
    all
}

fn given(editions: &[QuestionEdition], given: &Value) -> Result<Answers> {
    check(editions, at(10), given.as_object().unwrap())
}

#[test]
fn a_right_answer_of_each_kind_is_taken_and_comes_back_from_json() {
    let editions = [edition(COMPANY, 1, every_kind())];
    let answers = json!({
        "text": " Café ", "choice": "lily", "choices": ["iris", "rose"], "yes_no": false, "number": "-0.50",
        "date": "2026-12-31",
    });
    let answers = given(&editions, &answers).unwrap();
    let stored = serde_json::to_value(&answers).unwrap();
    let values: Vec<_> = stored.as_array().unwrap().iter().map(|answer| answer["value"].clone()).collect();
    let expected = [
        json!({ "text": "Café" }),
        json!({ "choice": "lily" }),
        json!({ "choices": ["rose", "iris"] }),
        json!({ "yes_no": false }),
        json!({ "number": "-0.5" }),
        json!({ "date": "2026-12-31" }),
    ];
    assert_eq!(values, expected);
    assert_eq!(serde_json::from_value::<Answers>(stored).unwrap(), answers);
    assert!(answers.editions().into_iter().eq([editions[0].id]));
}

#[test]
fn every_fault_of_an_answer_is_told_under_its_question() {
    let editions = [edition(COMPANY, 1, every_kind())];
    let cases: &[(Value, &[(&str, Code)])] = &[
        (json!({ "text": "longer" }), &[("text", Code::TooLong)]),
        (json!({ "text": "a\u{202e}b" }), &[("text", Code::ForbiddenCharacter)]),
        (json!({ "text": true }), &[("text", Code::InvalidInput)]),
        (json!({ "text": ["a"] }), &[("text", Code::InvalidInput)]),
        (json!({ "choice": "tulip" }), &[("choice", Code::UnknownChoice)]),
        (json!({ "choice": "the rose" }), &[("choice", Code::UnknownChoice)]),
        (json!({ "choice": ["rose"] }), &[("choice", Code::InvalidInput)]),
        (json!({ "choices": "rose" }), &[("choices", Code::InvalidInput)]),
        (json!({ "choices": ["rose", "lily", "iris"] }), &[("choices", Code::OutOfRange)]),
        (json!({ "choices": ["rose", "rose"] }), &[("choices.1", Code::DuplicateEntry)]),
        (json!({ "choices": ["tulip", 1] }), &[("choices.0", Code::UnknownChoice), ("choices.1", Code::InvalidInput)]),
        (json!({ "yes_no": "yes" }), &[("yes_no", Code::InvalidInput)]),
        (json!({ "number": "ten" }), &[("number", Code::NotADecimal)]),
        (json!({ "number": 0.5 }), &[("number", Code::InvalidInput)]),
        (json!({ "number": "1.125" }), &[("number", Code::OutOfRange)]),
        (json!({ "number": "-1.01" }), &[("number", Code::OutOfRange)]),
        (json!({ "number": 11 }), &[("number", Code::OutOfRange)]),
        (json!({ "date": "31.12.2026" }), &[("date", Code::NotADate)]),
        (json!({ "date": "2025-12-31" }), &[("date", Code::OutOfRange)]),
        (json!({ "date": "2027-01-01" }), &[("date", Code::OutOfRange)]),
        (json!({ "date": 20_260_101 }), &[("date", Code::InvalidInput)]),
        (json!({ "colour": "red" }), &[("colour", Code::UnknownField)]),
        (json!({ "a\u{202e}b": "red" }), &[("?", Code::UnknownField)]),
        // all at once: what is not asked, then in the order of the questions
        (
            json!({ "number": "x", "zebra": 1, "text": 1, "apple": 2 }),
            &[
                ("apple", Code::UnknownField),
                ("zebra", Code::UnknownField),
                ("text", Code::InvalidInput),
                ("number", Code::NotADecimal),
            ],
        ),
    ];
    for (answers, expected) in cases {
        assert_eq!(faults(given(&editions, answers)), told(expected), "{answers}");
    }
}

#[test]
fn a_required_question_takes_no_nothing_and_yes_or_no_are_both_something() {
    let required = every_kind().into_iter().map(|question| QuestionInput { required: true, ..question });
    let editions = [edition(COMPANY, 1, required)];
    let all: Vec<_> = AnswerForm::ALL.iter().map(|form| (form.as_str(), Code::Required)).collect();
    assert_eq!(faults(given(&editions, &json!({}))), told(&all));
    let nothing = json!({ "text": " \n", "choice": "", "choices": [], "yes_no": null, "number": "", "date": " " });
    assert_eq!(faults(given(&editions, &nothing)), told(&all));
    let no = given(&editions, &json!({ "yes_no": false })).unwrap_err();
    assert!(no.faults().iter().all(|fault| fault.field != "yes_no"));

    let optional = [edition(COMPANY, 1, every_kind())];
    assert_eq!(given(&optional, &nothing).unwrap(), Answers::default());
}

#[test]
fn at_least_as_many_choices_are_taken_as_asked() {
    let limits = AnswerLimits { at_least: Some(2), ..AnswerLimits::default() };
    let choices = ["a", "b", "c"].map(choice).into();
    let editions = [edition(COMPANY, 1, [QuestionInput { choices, limits, ..input("some", AnswerForm::Choices) }])];
    assert_eq!(faults(given(&editions, &json!({ "some": ["a"] }))), told(&[("some", Code::OutOfRange)]));
    assert!(given(&editions, &json!({ "some": ["c", "a"] })).is_ok());
    assert!(given(&editions, &json!({ "some": [] })).is_ok(), "no answer at all");
}

#[test]
fn a_question_is_asked_from_its_first_moment_until_before_its_last() {
    let period = |since, until| QuestionInput { since, until, required: true, ..input("gift", AnswerForm::YesNo) };
    for (since, until, is_asked) in [
        (None, None, true),
        (Some(10), None, true),
        (Some(11), None, false),
        (None, Some(10), false),
        (None, Some(11), true),
        (Some(9), Some(11), true),
    ] {
        let editions = [edition(COMPANY, 1, [period(since.map(at), until.map(at))])];
        let unanswered = given(&editions, &json!({}));
        assert_eq!(unanswered.is_err(), is_asked, "{since:?} {until:?}");
        assert_eq!(given(&editions, &json!({ "gift": true })).is_ok(), is_asked, "{since:?} {until:?}");
    }
}

#[test]
fn a_department_asks_after_the_company_and_in_its_own_way_what_both_ask() {
    let company = edition(COMPANY, 3, [input("gift", AnswerForm::YesNo), input("note", AnswerForm::Text)]);
    let own = |until| {
        let gift = QuestionInput { until, ..input("gift", AnswerForm::Text) };
        edition(DEPARTMENT, 7, [gift, input("seat", AnswerForm::Number)])
    };
    let keys = |editions: &[QuestionEdition]| -> Vec<_> {
        asked(editions, at(10)).into_iter().map(|(edition, one)| (edition.number, one.key.clone())).collect()
    };
    let named =
        |keys: &[(i64, &str)]| keys.iter().map(|(number, key)| (*number, (*key).to_owned())).collect::<Vec<_>>();
    let both = [company.clone(), own(None)];
    assert_eq!(keys(&both), named(&[(3, "note"), (7, "gift"), (7, "seat")]));
    // its own is over: the company's counts again
    let over = [company, own(Some(at(10)))];
    assert_eq!(keys(&over), named(&[(3, "gift"), (3, "note"), (7, "seat")]));

    let answers = given(&both, &json!({ "gift": "a card", "note": "soon" })).unwrap();
    assert_eq!(answers.editions().len(), 2);
    let views = answers.readable(&both, &["es"]);
    let places: Vec<_> = views.iter().map(|view| (view.key.as_str(), view.department.is_some())).collect();
    assert_eq!(places, [("note", false), ("gift", true)]);
    assert_eq!(faults(given(&over, &json!({ "gift": "a card" }))), told(&[("gift", Code::InvalidInput)]));
}

#[test]
fn old_answers_are_read_as_they_were_asked_in_the_reader_s_language() {
    let old = edition(COMPANY, 1, every_kind());
    let answers = json!({ "choice": "lily", "choices": ["iris", "rose"], "yes_no": true, "number": "10.50" });
    let answers = given(std::slice::from_ref(&old), &answers).unwrap();
    let new = edition(COMPANY, 2, [input("choice", AnswerForm::Date)]);
    let printed = |editions: &[QuestionEdition], languages: &[&str]| -> Vec<_> {
        let views = answers.readable(editions, languages);
        views.into_iter().map(|view| format!("{} {}", view.label, view.printed)).collect()
    };
    let both = [new.clone(), old];
    assert_eq!(
        printed(&both, &["es-EC"]),
        ["¿choice? la lily", "¿choices? la rose, la iris", "¿yes_no? sí", "¿number? 10.5"]
    );
    assert_eq!(
        printed(&both, &["en", "es-EC"]),
        ["¿choice? the lily", "¿choices? the rose, the iris", "¿yes_no? yes", "¿number? 10.5"]
    );
    // without its edition an answer has its key for a label
    assert_eq!(printed(&[new], &["es"]), ["choice lily", "choices rose, iris", "yes_no sí", "number 10.5"]);
    assert_eq!(answers.readable(&both, &["es"])[2].value, AnswerValue::YesNo(true));
}
