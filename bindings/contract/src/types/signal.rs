use handfast::{Code, Error, Faults, Result, course as core};
use serde_json::{Map, Value};

use super::{CompanyId, PartnerId, RowFault};
use crate::{
    scalar::Timestamp,
    shape::{Fits, record},
};

record! {
    /// A detail of a signal: exactly one of `text`, `number` and `flag`.
    pub struct SignalField by hand {
        /// Its name: small letters, digits, `_` and `.`, at most 60; no two of a signal have the same.
        name: String,
    } optional {
        /// A text: one line of at most 200 characters.
        text: String,
        /// A whole number.
        number: i64,
        /// Yes or no.
        flag: bool,
    }
}

impl SignalField {
    /// Errors: `required` (none of the three), `unknown_field` (more than one).
    fn value(self) -> Result<(String, Value)> {
        let values = [self.text.map(Value::from), self.number.map(Value::from), self.flag.map(Value::from)];
        let mut given = values.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(value), None) => Ok((self.name, value)),
            (None, _) => Err(Error::because(Code::Required, "needs a `text`, a `number` or a `flag`")),
            (Some(_), Some(_)) => Err(Error::because(Code::UnknownField, "has more than one value")),
        }
    }
}

impl Fits<Map<String, Value>> for Option<Vec<SignalField>> {
    /// Every field by its name, or an error that tells of each wrong one with its position.
    fn fit(self) -> Result<Map<String, Value>> {
        let (mut faults, mut fields) = (Faults::default(), Map::new());
        for (at, field) in self.unwrap_or_default().into_iter().enumerate() {
            if let Some((name, value)) = faults.check(&at.to_string(), field.value())
                && fields.insert(name, value).is_some()
            {
                faults.add(&at.to_string(), Code::DuplicateEntry);
            }
        }
        faults.finish().map(|()| fields)
    }
}

record! {
    /// A fact that the host reports about an account.
    pub struct SignalInput into core::SignalInput {
        /// What happened: small letters, digits, `_` and `.`, at most 60.
        name: String,
        /// Names this fact among those of the account: reported again under the same key, it changes nothing.
        key: String,
    } optional {
        /// The commerce account, if it is about one; exactly one of `company` and `partner`.
        company: CompanyId,
        /// The partner account, if it is about one.
        partner: PartnerId,
        /// The details: at most 20.
        fields: Vec<SignalField>,
        /// When it happened; now unless told.
        occurred: Timestamp,
    }
}

record! {
    /// What came of a signal.
    pub struct Signalled from core::Signalled {
        /// The tasks that it completed.
        completed: Vec<String>,
    }
}

record! {
    /// What came of one signal among many.
    pub struct SignalRow from core::SignalRow {
        /// Which signal of the call, counted from 1.
        row: u32,
        /// The tasks that it completed.
        completed: Vec<String>,
        /// Why it was left out, if it was: a code.
        code: Option<String>,
        /// The same for a person.
        message: Option<String>,
        /// The same field by field, where it is about fields.
        faults: Vec<RowFault>,
    }
}

record! {
    /// What came of computing an account's progress anew.
    pub struct Rebuilt from core::Rebuilt {
        /// Tasks that everything reported of the account says are completed.
        completed: Vec<String>,
        /// Of these, those that were not stored as completed, and are now.
        added: Vec<String>,
        /// Tasks that were stored as completed though nothing reported says so. They stay: none is ever taken away.
        unfounded: Vec<String>,
    }
}
