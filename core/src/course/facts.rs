use super::{FieldName, FieldValue, Fields};
use crate::event::Snapshot;

/// Fields of the library's own signals.
impl Fields {
    /// Fields of texts.
    pub(crate) fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Fields::default().and(pairs)
    }

    /// With some more of texts.
    pub(crate) fn and<'a>(self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        pairs.into_iter().fold(self, |fields, (name, value)| fields.with(name, &serde_json::Value::from(value)))
    }

    /// What a record holds after a change, as far as it is a text, a whole number or a choice.
    pub(crate) fn of_snapshot(after: &Snapshot) -> Self {
        after.0.iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, value))
    }

    /// What no field can hold is left out: nobody could ask for it.
    fn with(self, name: &str, value: &serde_json::Value) -> Self {
        let (Ok(name), Ok(value)) = (FieldName::parse(name), FieldValue::parse(value)) else { return self };
        let all = self.iter().map(|(name, value)| (name.clone(), value.clone()));
        Fields::new(all.chain([(name, value)])).unwrap_or(self)
    }
}
