use std::time::Duration;

use handfast_contract::Failure;
use serde_json::Value;

use super::{duration, file::ExpectedError};

/// The first difference between what is expected and what there is; `None` when all that is expected is there.
///
/// An object may hold more than is expected of it, a list may not. What is not there is `null`. An object of one key
/// that begins with `$` asks for something else than equality: `$contains`, `$length`, `$not`.
pub(super) fn difference(expected: &Value, got: &Value) -> Option<String> {
    compare(expected, got, "")
}

fn compare(expected: &Value, got: &Value, at: &str) -> Option<String> {
    match (expected, got) {
        (Value::Object(fields), _) if let Some((asked, value)) = question(fields) => ask(asked, value, got, at),
        (Value::Object(fields), Value::Object(there)) => fields
            .iter()
            .find_map(|(name, value)| compare(value, there.get(name).unwrap_or(&Value::Null), &format!("{at}/{name}"))),
        (Value::Array(items), Value::Array(there)) if items.len() == there.len() => {
            let mut pairs = items.iter().zip(there).enumerate();
            pairs.find_map(|(index, (item, there))| compare(item, there, &format!("{at}/{index}")))
        }
        _ if expected == got => None,
        _ => Some(told(&short(expected), got, at)),
    }
}

fn question(fields: &serde_json::Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, value) = fields.iter().next().filter(|_| fields.len() == 1)?;
    name.strip_prefix('$').map(|name| (name, value))
}

fn ask(question: &str, value: &Value, got: &Value, at: &str) -> Option<String> {
    let (holds, asked) = match question {
        "contains" => (contains(got, value), format!("something that contains {}", short(value))),
        "length" => (
            length(got).zip(value.as_u64()).is_some_and(|(length, asked)| asked == length as u64),
            format!("a length of {value}"),
        ),
        "not" => (difference(value, got).is_some(), format!("anything but {}", short(value))),
        other => return Some(format!("`${other}` is not asked of values: use `$contains`, `$length` or `$not`")),
    };
    if holds { None } else { Some(told(&asked, got, at)) }
}

fn contains(got: &Value, value: &Value) -> bool {
    match (got, value) {
        (Value::String(text), Value::String(part)) => text.contains(part),
        (Value::Array(items), _) => items.iter().any(|item| difference(value, item).is_none()),
        _ => false,
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::Array(items) => Some(items.len()),
        Value::Object(fields) => Some(fields.len()),
        Value::String(text) => Some(text.chars().count()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn told(expected: &str, got: &Value, at: &str) -> String {
    let place = if at.is_empty() { String::new() } else { format!(" at `{at}`") };
    format!("expected {expected}{place}, got {}", short(got))
}

/// As JSON, cut where it gets too long to read.
pub(super) fn short(value: &Value) -> String {
    const LONGEST: usize = 300;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What differs between the expected error and the one that came.
pub(super) fn difference_of_errors(expected: &ExpectedError, got: &Failure) -> Option<String> {
    if expected.code != got.code.as_str() {
        return Some(format!("expected the error `{}`, got `{}`: {}", expected.code, got.code, got.message));
    }
    if let Some(faults) = &expected.faults {
        let wanted: Vec<_> = faults.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect();
        let mut there: Vec<_> = got.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
        there.sort_unstable();
        if wanted != there {
            return Some(format!("expected the faults {}, got {}", listed(&wanted), listed(&there)));
        }
    }
    if let Some(expected) = &expected.retry_after {
        let wait = match duration::parse(expected) {
            Ok(wait) => wait,
            Err(reason) => return Some(reason),
        };
        let got = got.retry_after.and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis);
        if got != Some(wait) {
            let wait = got.map_or_else(|| "none".to_owned(), duration::written);
            return Some(format!("expected `retry_after` {expected}, got {wait}"));
        }
    }
    None
}

fn listed(faults: &[(&str, &str)]) -> String {
    let faults: Vec<_> = faults.iter().map(|(field, code)| format!("`{field}`: `{code}`")).collect();
    format!("[{}]", faults.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_may_hold_more_and_a_list_may_not() {
        assert_eq!(difference(&json!({ "a": 1 }), &json!({ "a": 1, "b": 2 })), None);
        assert_eq!(difference(&json!({ "c": null }), &json!({ "a": 1 })), None);
        assert_eq!(difference(&json!([{ "a": 1 }]), &json!([{ "a": 1, "b": 2 }])), None);
        assert_eq!(difference(&json!([1]), &json!([1, 2])).unwrap(), "expected [1], got [1,2]");
    }

    #[test]
    fn a_difference_is_told_with_its_place() {
        let told = difference(&json!({ "a": [{ "b": "x" }] }), &json!({ "a": [{ "b": "y" }] })).unwrap();
        assert_eq!(told, "expected \"x\" at `/a/0/b`, got \"y\"");
    }

    #[test]
    fn questions_ask_for_something_else_than_equality() {
        assert_eq!(difference(&json!({ "$contains": "ell" }), &json!("hello")), None);
        assert_eq!(difference(&json!({ "$contains": { "a": 1 } }), &json!([{ "a": 1, "b": 2 }])), None);
        assert_eq!(difference(&json!({ "$length": 2 }), &json!([1, 2])), None);
        assert_eq!(difference(&json!({ "$not": null }), &json!(1)), None);
        for (question, got) in [
            (json!({ "$contains": "x" }), json!("hello")),
            (json!({ "$contains": 1 }), json!(null)),
            (json!({ "$length": 2 }), json!("abc")),
            (json!({ "$not": null }), json!(null)),
            (json!({ "$like": "x" }), json!("x")),
        ] {
            assert!(difference(&question, &got).is_some(), "{question}");
        }
    }
}
