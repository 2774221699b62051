use handfast::{
    Actor, Handfast, Id,
    company::Company,
    login::Login,
    store::{Cursor, Paging},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{failure::Stop, outbox::Outbox};

/// One call of an operation: its arguments are taken one by one, and none may be left.
pub(super) struct Call<'a> {
    pub(super) handfast: &'a Handfast,
    pub(super) outbox: &'a Outbox,
    actor: Option<Value>,
    arguments: Map<String, Value>,
}

/// The arguments that every list takes; no input of an operation has a field of these names.
const PAGING: [&str; 2] = ["cursor", "limit"];

impl<'a> Call<'a> {
    pub(super) fn new(
        handfast: &'a Handfast,
        outbox: &'a Outbox,
        actor: Option<Value>,
        arguments: Map<String, Value>,
    ) -> Self {
        Call { handfast, outbox, actor, arguments }
    }

    /// Who acts: `{"host": company}`, or anything with a `login` and a `company`, as a captured member of the staff.
    pub(super) fn actor(&mut self) -> Result<Actor, Stop> {
        let Some(actor) = self.actor.take() else { return Err(Stop::wrong("needs `as`: who acts?")) };
        let field = |name| actor.get(name).map(|value| read("as", value.clone()));
        match (field("host"), actor.get("login"), field("company")) {
            (Some(company), None, None) => Ok(Actor::host(company?)),
            (None, Some(login), Some(company)) => {
                Ok(Actor::staff(read::<Id<Login>>("as", login.clone())?, company? as Id<Company>))
            }
            _ => Err(Stop::wrong("`as` is neither `{\"host\": company}` nor something with a `login` and a `company`")),
        }
    }

    /// One argument; one that is left out is `null`.
    pub(super) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Stop> {
        match self.arguments.remove(name) {
            Some(value) => read(name, value),
            None => {
                serde_json::from_value(Value::Null).map_err(|_| Stop::Wrong(format!("needs the argument `{name}`")))
            }
        }
    }

    /// All other arguments together, as one input.
    pub(super) fn rest<T: DeserializeOwned>(&mut self) -> Result<T, Stop> {
        let arguments = std::mem::take(&mut self.arguments);
        let (paging, fields) = arguments.into_iter().partition(|(name, _)| PAGING.contains(&name.as_str()));
        self.arguments = paging;
        serde_json::from_value(Value::Object(fields)).map_err(|error| Stop::Wrong(format!("`with`: {error}")))
    }

    pub(super) fn paging(&mut self) -> Result<Paging, Stop> {
        Ok(Paging { cursor: self.take::<Option<Cursor>>("cursor")?, limit: self.take("limit")? })
    }

    /// Nothing may be left over: an argument that is not looked at would be a mistake that nobody notices.
    pub(super) fn finish(&self) -> Result<(), Stop> {
        match self.arguments.keys().next() {
            Some(name) => Err(Stop::Wrong(format!("has no argument `{name}`"))),
            None if self.actor.is_some() => Err(Stop::wrong("takes no `as`: nobody acts for a company here")),
            None => Ok(()),
        }
    }
}

fn read<T: DeserializeOwned>(name: &str, value: Value) -> Result<T, Stop> {
    let shown = value.to_string();
    serde_json::from_value(value).map_err(|error| Stop::Wrong(format!("`{name}`: {error}, got {shown}")))
}

/// A result as JSON.
pub(super) fn answer(result: impl Serialize) -> Result<Value, Stop> {
    serde_json::to_value(result).map_err(|error| Stop::Wrong(format!("the result cannot be shown: {error}")))
}
