use std::time::Duration;

use handfast::Policy;
use handfast_contract::{PolicyInput, shape::Shape};
use serde_json::{Value, json};

#[test]
fn the_documented_numbers_are_the_usual_ones() {
    let usual = serde_json::to_value(Policy::default()).unwrap();
    assert_eq!(PolicyInput::TYPE.fields.len(), usual.as_object().unwrap().len());
    for field in PolicyInput::TYPE.fields {
        let (before, _) = field.about.split_once(" unless told").unwrap_or_else(|| panic!("{}", field.name));
        let told = match field.shape {
            Shape::Optional(Shape::Duration) => span(before),
            Shape::Optional(Shape::Choice(_)) => choice(before),
            _ => number(before.rsplit(' ').next().unwrap()),
        };
        assert_eq!(told.as_ref(), usual.get(field.name), "{}: {}", field.name, field.about);
    }
}

/// `10 minutes`, `an hour`, `for ever` at the end of a text, as the policy holds it.
fn span(text: &str) -> Option<Value> {
    let mut words = text.rsplit(' ');
    let (unit, count) = (words.next()?, words.next()?);
    let seconds = match unit.trim_end_matches('s') {
        "second" => 1,
        "minute" => 60,
        "hour" => 60 * 60,
        "day" => 24 * 60 * 60,
        _ if (count, unit) == ("for", "ever") => {
            return Some(json!({ "secs": Duration::MAX.as_secs(), "nanos": Duration::MAX.subsec_nanos() }));
        }
        _ => return None,
    };
    let count = match count {
        "a" | "an" => 1,
        count => number(count)?.as_u64()?,
    };
    Some(json!({ "secs": count * seconds, "nanos": 0 }))
}

/// `` `last` ``
fn choice(text: &str) -> Option<Value> {
    text.strip_suffix('`')?.rsplit('`').next().map(Value::from)
}

/// `1,000`
fn number(text: &str) -> Option<Value> {
    text.replace(',', "").parse::<u64>().ok().map(Value::from)
}
