use handfast_contract::{Asked, Failure, Handle, MailKind, OPERATIONS, Permanence, Rejection, operation_names};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::{
    failure::Stop,
    outbox::{Outbox, Refusal},
};

type Arguments = Map<String, Value>;

/// Does an operation with the arguments of a step, all values filled in.
pub(super) fn call(
    handle: &Handle,
    outbox: &Outbox,
    operation: &str,
    actor: Option<Value>,
    mut arguments: Arguments,
) -> Result<Value, Stop> {
    let Some(known) = OPERATIONS.iter().find(|known| known.name() == operation) else {
        return Err(Stop::Wrong(unknown(operation)));
    };
    match (actor, known.parameters.iter().any(|parameter| parameter.name == "actor")) {
        (Some(actor), true) => {
            if arguments.insert("actor".to_owned(), acting(actor)?).is_some() {
                return Err(Stop::wrong("who acts stands in `as`, not in `with`"));
            }
        }
        (None, true) => return Err(Stop::wrong("needs `as`: who acts?")),
        (Some(_), false) => return Err(Stop::wrong("takes no `as`: nobody acts for a company here")),
        (None, false) => {}
    }
    match operation {
        "mails.deliver" => deliver(handle, outbox, read(arguments)?),
        _ => match handle.ask(operation, arguments) {
            Asked::Done(result) => Ok(result),
            Asked::Refused(failure) => Err(Stop::Refused(failure)),
            Asked::Wrong(reason) => Err(Stop::Wrong(reason)),
        },
    }
}

/// Who acts: `{"host": company}`; an actor of a session, a partner's in a client's account too, as `sessions.resolve` gave
/// it; or anything with a `login` and a `company`, as a captured member of the staff.
fn acting(actor: Value) -> Result<Value, Stop> {
    if actor.get("session").is_some() {
        return Ok(actor);
    }
    match (actor.get("host"), actor.get("login"), actor.get("company")) {
        (Some(company), None, None) => Ok(json!({ "as": "host", "company": company })),
        (None, Some(login), Some(company)) => Ok(json!({ "as": "staff", "login": login, "company": company })),
        _ => Err(Stop::wrong("`as` is neither `{\"host\": company}` nor something with a `login` and a `company`")),
    }
}

fn unknown(operation: &str) -> String {
    let group = operation.split('.').next().unwrap_or_default();
    let near: Vec<_> = operation_names().filter(|known| known.split('.').next() == Some(group)).collect();
    match near.is_empty() {
        true => "there is no such operation".to_owned(),
        false => format!("there is no such operation; there are `{}`", near.join("`, `")),
    }
}

/// The arguments of an operation with a callback, which the contract does not take as JSON.
fn read<T: DeserializeOwned>(arguments: Arguments) -> Result<T, Stop> {
    serde_json::from_value(Value::Object(arguments)).map_err(|error| Stop::Wrong(format!("`with`: {error}")))
}

fn answer(result: Result<impl Serialize, Failure>) -> Result<Value, Stop> {
    serde_json::to_value(result.map_err(Stop::Refused)?)
        .map_err(|error| Stop::Wrong(format!("the result cannot be shown: {error}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deliver {
    limit: Option<u32>,
    refuse: Option<Refuse>,
    kind: Option<MailKind>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Refuse {
    Temporary,
    Permanent,
}

/// Mails of one delivery, unless told.
const ALL: u32 = 1_000;

/// Delivers into memory, and tells what arrived.
fn deliver(handle: &Handle, outbox: &Outbox, Deliver { limit, refuse, kind }: Deliver) -> Result<Value, Stop> {
    let refusal = refuse.map(|refuse| {
        let permanence = match refuse {
            Refuse::Temporary => Permanence::Temporary,
            Refuse::Permanent => Permanence::Permanent,
        };
        Refusal { rejection: Rejection { reason: "the scenario's mailer refuses".to_owned(), permanence }, kind }
    });
    let before = outbox.count();
    let mailer = |message| outbox.take(message, refusal.as_ref());
    let mut shown = answer(handle.mails().deliver(&mailer, limit.unwrap_or(ALL)))?;
    if let Value::Object(fields) = &mut shown {
        fields.insert("mails".to_owned(), Value::Array(outbox.since(before)));
    }
    Ok(shown)
}
