//! Arguments of any operation, made from the shapes that the table tells.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use handfast_contract::{CHOICES, Operation, Parameter, RECORDS, shape::Shape};
use handfast_tests::{Firm, Ground, World};
use serde_json::{Map, Value, json};

/// What ids name: one thing for each type of id.
#[derive(Clone, Debug)]
pub(crate) struct Things {
    ids: BTreeMap<&'static str, String>,
    number: u64,
}

impl Things {
    /// Those of a company, fresh.
    pub(crate) fn of(world: &World, firm: &Firm) -> Self {
        // some operation before may have closed the way that requests come
        world.invites().enable(firm.host()).unwrap();
        let ground = Ground::new(world, firm);
        let login = firm.admin.login().unwrap().to_string();
        Things { ids: ids(&ground, firm.company.to_string(), login), number: ground.number }
    }

    /// Ids that name nothing.
    pub(crate) fn missing(number: u64) -> Self {
        let ground = Ground::missing(number);
        let nothing = ground.request.to_string();
        Things { ids: ids(&ground, nothing.clone(), nothing), number }
    }

    /// The same, but for the things of one type.
    pub(crate) fn but(&self, ty: &'static str, others: &Things) -> Self {
        let mut ids = self.ids.clone();
        ids.insert(ty, others.id(ty).to_owned());
        Things { ids, number: self.number }
    }

    /// The same with an id of one type.
    pub(crate) fn with(&self, ty: &'static str, id: String) -> Self {
        let mut things = self.clone();
        things.ids.insert(ty, id);
        things
    }

    fn id(&self, ty: &str) -> &str {
        self.ids.get(ty).unwrap_or_else(|| panic!("nothing is known for a {ty}"))
    }

    /// The text without the ids, for two answers are to be compared.
    pub(crate) fn hidden(&self, text: &str) -> String {
        self.ids.values().fold(text.to_owned(), |text, id| text.replace(id.as_str(), "(id)"))
    }
}

fn ids(ground: &Ground, company: String, login: String) -> BTreeMap<&'static str, String> {
    let nothing = Ground::missing(9_000_000 + ground.number).request.to_string();
    BTreeMap::from([
        ("CompanyId", company),
        ("LoginId", login),
        ("StaffId", ground.staff.to_string()),
        ("PriceTypeId", ground.price_type.to_string()),
        ("CarrierId", ground.carrier.to_string()),
        ("DepartmentId", ground.department.to_string()),
        ("TagId", ground.tag.to_string()),
        ("OrderId", ground.guest.to_string()),
        ("RequestId", ground.request.to_string()),
        ("CustomerId", ground.active.to_string()),
        ("AssociationId", ground.pending.to_string()),
        ("SessionId", nothing.clone()),
        ("IdentityId", nothing.clone()),
        ("PartnerId", nothing.clone()),
        ("DelegationId", nothing),
    ])
}

/// What an operation is told beyond what it needs: where it is done.
fn is_told(parameter: &Parameter) -> bool {
    !parameter.may_be_left_out || matches!(parameter.shape, Shape::Optional(Shape::Id("DepartmentId")))
}

/// What an operation needs, and where it is done, but for who asks.
pub(crate) fn arguments(operation: &Operation, things: &Things) -> Map<String, Value> {
    let needed = operation.parameters.iter().filter(|parameter| is_told(parameter));
    let needed = needed.filter(|parameter| !matches!(parameter.name, "actor" | "session_token"));
    needed.map(|parameter| (parameter.name.to_owned(), value(parameter.shape, parameter.name, things))).collect()
}

/// The types of ids that an operation's arguments are made of.
pub(crate) fn id_types(operation: &Operation) -> Vec<&'static str> {
    let mut types = Vec::new();
    let needed = operation.parameters.iter().filter(|parameter| is_told(parameter));
    needed.for_each(|parameter| collect(parameter.shape, &mut types));
    types
}

fn collect(shape: Shape, types: &mut Vec<&'static str>) {
    match shape {
        Shape::Id(name) if !types.contains(&name) => types.push(name),
        Shape::Optional(inner) | Shape::List(inner) => collect(*inner, types),
        Shape::Record(name) => used_fields(name).for_each(|(_, shape)| collect(shape, types)),
        _ => {}
    }
}

/// What of a record is filled in: what it needs, and what makes it say something.
fn used_fields(record: &'static str) -> impl Iterator<Item = (&'static str, Shape)> {
    let filled = move |name: &str| {
        matches!(
            (record, name),
            ("Context", _)
                | ("BulkUsers", "users")
                | ("TagFilter", "all_of")
                | ("BulkTag", "customers")
                | ("OrderInput", "department" | "customer")
        )
    };
    let found = RECORDS.iter().find(|known| known.name == record).unwrap_or_else(|| panic!("no record {record}"));
    let used = found.fields.iter().filter(move |field| !field.may_be_left_out || filled(field.name));
    used.map(|field| (field.name, field.shape))
}

fn value(shape: Shape, name: &str, things: &Things) -> Value {
    match shape {
        Shape::Text | Shape::Secret => text(name, things.number).into(),
        Shape::Timestamp => "2026-11-22T10:00:00Z".into(),
        Shape::Flag => false.into(),
        Shape::Number => 1.into(),
        Shape::Decimal => "1.5".into(),
        Shape::Id(ty) => things.id(ty).into(),
        Shape::Choice("ContextKind") => "user".into(),
        Shape::Choice(ty) => {
            let choice = CHOICES.iter().find(|choice| choice.name == ty).and_then(|choice| choice.choices.first());
            (choice.unwrap_or_else(|| panic!("no choice {ty}")).text)().into()
        }
        Shape::Record(ty) => {
            let fields = used_fields(ty).map(|(name, shape)| (name.to_owned(), value(shape, name, things)));
            Value::Object(fields.collect())
        }
        Shape::Optional(inner) => value(*inner, name, things),
        Shape::List(inner) => json!([value(*inner, name, things)]),
        Shape::Map(_) => json!({}),
        Shape::Nothing | Shape::Bytes | Shape::Duration | Shape::Json | Shape::Answer | Shape::Actor => {
            panic!("nothing is known for `{name}`, {shape:?}")
        }
    }
}

/// No two calls are to be taken for one.
static KEYS: AtomicU64 = AtomicU64::new(1);

/// A text that passes for what it is called.
fn text(name: &str, number: u64) -> String {
    match name {
        "country" => "EC".to_owned(),
        "currency" => "EUR".to_owned(),
        "locale" => "en".to_owned(),
        "time_zone" => "America/Guayaquil".to_owned(),
        "email" | "new_email" => format!("somebody{number}@people.example"),
        "password" | "new_password" => handfast_tests::PASSWORD.to_owned(),
        // its check digit fits, and nobody has it
        "number" => "5724 0000 1234 5678 9018".to_owned(),
        // a table of customers
        "text" => format!("email,name\nsomebody{number}@people.example,Somebody\n"),
        "key" => format!("key{}", KEYS.fetch_add(1, Ordering::Relaxed)),
        _ => format!("A {name} {number}"),
    }
}
