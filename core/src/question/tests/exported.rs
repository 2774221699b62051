use serde_json::{Value, json};

use super::*;
use crate::question::{
    answers::check,
    csv::{AnsweredOrder, columns, lines},
};

fn order(number: &str, editions: &[QuestionEdition], given: &Value) -> AnsweredOrder {
    let answers = check(editions, at(0), given.as_object().unwrap()).unwrap().readable(editions, &["es"]);
    AnsweredOrder { order: number.into(), placed: at(1_000), answers }
}

#[test]
fn every_answer_of_every_edition_has_its_column() {
    let whole = [
        edition(COMPANY, 1, [input("gift", AnswerForm::YesNo), input("note", AnswerForm::Text)]),
        edition(COMPANY, 2, [input("note", AnswerForm::Text), input("guests", AnswerForm::Number)]),
    ];
    let own = edition(DEPARTMENT, 1, [input("note", AnswerForm::Date), input("seat", AnswerForm::Text)]);
    let columns = columns([&own, &whole[0], &whole[1]]);
    assert_eq!(columns, ["note", "guests", "gift", "seat"]);
    let [old, new] = whole;
    let orders = [
        order("A-1", &[old], &json!({ "gift": true, "note": "a \"b\",\nc" })),
        order("A-2", &[new, own], &json!({ "guests": -3, "note": "2026-01-02", "seat": "=1+1" })),
    ];
    let written: String = lines(&columns, orders.map(Ok)).collect::<Result<_>>().unwrap();
    let expected = [
        "order,placed,note,guests,gift,seat,other",
        "A-1,1970-01-01T00:00:01.000Z,\"a \"\"b\"\",\nc\",,sí,,",
        "A-2,1970-01-01T00:00:01.000Z,2026-01-02,-3,,'=1+1,",
        "",
    ];
    assert_eq!(written, expected.join("\r\n"));
}

#[test]
fn an_answer_without_a_column_is_not_left_out() {
    let editions = [edition(COMPANY, 1, [input("gift", AnswerForm::YesNo), input("note", AnswerForm::Text)])];
    let one = order("@1", &editions, &json!({ "gift": false, "note": "soon" }));
    let written: Vec<_> = lines(&[], [Ok(one)]).collect::<Result<_>>().unwrap();
    assert_eq!(written[1], "'@1,1970-01-01T00:00:01.000Z,\"gift: no\nnote: soon\"\r\n");
}

#[test]
fn no_orders_are_a_file_with_its_columns_and_a_broken_list_says_so() {
    let alone: Vec<_> = lines(&[], []).collect::<Result<_>>().unwrap();
    assert_eq!(alone, ["order,placed,other\r\n"]);
    let broken = lines(&[], [Err(Code::StoreBusy.into())]).collect::<Result<Vec<_>>>();
    assert_eq!(broken.unwrap_err().code(), Code::StoreBusy);
}
