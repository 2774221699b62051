use std::collections::BTreeMap;

use handfast::Timestamp;
use serde_json::Value;

use super::authenticator;

/// What a play has captured: values under names.
#[derive(Debug, Default)]
pub(super) struct Captures(BTreeMap<String, Value>);

impl Captures {
    pub(super) fn keep(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value with what was captured in the place of `"$name"` and `"$name/pointer"`, and what an authenticator app
    /// shows at a time in the place of `{"$app": secret}`; `"$$"` is a plain `$`.
    pub(super) fn fill(&self, value: &Value, at: Timestamp) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => match text.strip_prefix('$') {
                None => value.clone(),
                Some(rest) if rest.starts_with('$') => Value::String(rest.to_owned()),
                Some(reference) => self.find(reference)?,
            },
            Value::Array(items) => items.iter().map(|item| self.fill(item, at)).collect::<Result<_, _>>()?,
            Value::Object(fields) if fields.contains_key(authenticator::KEY) => {
                let secret = fields.get(authenticator::KEY).map(|secret| self.fill(secret, at)).transpose()?;
                Value::String(authenticator::shown(secret.as_ref(), fields.get("after"), at)?)
            }
            Value::Object(fields) => {
                let filled = fields.iter().map(|(name, value)| Ok((name.clone(), self.fill(value, at)?)));
                Value::Object(filled.collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }

    fn find(&self, reference: &str) -> Result<Value, String> {
        let (name, pointer) = match reference.find('/') {
            Some(slash) => reference.split_at(slash),
            None => (reference, ""),
        };
        let Some(captured) = self.0.get(name) else { return Err(format!("nothing was captured as `${name}`")) };
        captured.pointer(pointer).cloned().ok_or_else(|| format!("`${name}` holds nothing at `{pointer}`"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn captures() -> Captures {
        let mut captures = Captures::default();
        captures.keep("ada", json!({ "id": 7, "roles": ["admin"] }));
        captures
    }

    #[test]
    fn a_reference_takes_the_whole_or_a_part() {
        let filled =
            captures().fill(&json!({ "a": "$ada", "b": ["$ada/roles/0", "ada", "$$ada"] }), Timestamp::MIN).unwrap();
        assert_eq!(filled, json!({ "a": { "id": 7, "roles": ["admin"] }, "b": ["admin", "ada", "$ada"] }));
    }

    #[test]
    fn a_reference_to_nothing_is_an_error() {
        assert_eq!(captures().fill(&json!("$bea"), Timestamp::MIN).unwrap_err(), "nothing was captured as `$bea`");
        assert_eq!(
            captures().fill(&json!(["$ada/name"]), Timestamp::MIN).unwrap_err(),
            "`$ada` holds nothing at `/name`"
        );
    }
}
