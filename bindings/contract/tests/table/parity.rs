use std::collections::BTreeMap;

use handfast_contract::{CHOICES, IDS, Kind, OPERATIONS, PolicyInput, RECORDS, shape::Shape};

use crate::library::verbs;

/// Methods that no table can hold: what takes a listener for the bulk operations that follow, and what takes an iterator,
/// a reader or a writer of Rust (other languages hand the rows over, or ask for them, in several calls).
const OF_RUST: &[&str] = &[
    "courses.telling",
    "customers.telling",
    "requests.telling",
    "tags.telling",
    "users.telling",
    "users.add_stream",
    "customers.import_stream",
    "customers.export_to",
    "tags.export_to",
];

#[test]
fn every_verb_of_the_core_is_an_operation_and_every_operation_is_a_verb() {
    let core: BTreeMap<_, _> = verbs().into_iter().map(|verb| (verb.name, verb.parameters)).collect();
    // the mailer of `deliver` is no argument of the table
    let callbacks = |name: &str| usize::from(name == "mails.deliver");
    let table: BTreeMap<_, _> = OPERATIONS
        .iter()
        .map(|operation| (operation.name(), operation.parameters.len() + callbacks(&operation.name())))
        .collect();
    let core: BTreeMap<_, _> = core.into_iter().filter(|(name, _)| !OF_RUST.contains(&name.as_str())).collect();
    assert_eq!(core, table);
}

#[test]
fn optional_parameters_stand_last_and_paging_last_of_all() {
    for operation in OPERATIONS {
        let optional: Vec<_> = operation.parameters.iter().map(|parameter| parameter.may_be_left_out).collect();
        assert!(optional.is_sorted(), "{}", operation.name());
        let last = operation.parameters.last().map(|parameter| parameter.name);
        // a page of text is no page of a list
        let paged = operation.kind == Kind::List || operation.result == Shape::Record("ExportPage");
        assert_eq!(paged, last == Some("paging"), "{}", operation.name());
    }
}

#[test]
fn every_type_that_is_used_is_listed_and_every_type_that_is_listed_is_used() {
    let mut used = Vec::new();
    for operation in OPERATIONS {
        operation.parameters.iter().for_each(|parameter| collect(&parameter.shape, &mut used));
        collect(&operation.result, &mut used);
    }
    // what a mailer takes, what a copy gives, and what a policy says
    collect(&Shape::Record("Copied"), &mut used);
    collect(&Shape::Record("Message"), &mut used);
    PolicyInput::TYPE.fields.iter().for_each(|field| collect(&field.shape, &mut used));
    used.sort_unstable();
    let ids = IDS.iter().map(|id| id.name);
    let listed = RECORDS.iter().map(|record| record.name).chain(CHOICES.iter().map(|choice| choice.name)).chain(ids);
    let mut listed: Vec<_> = listed.collect();
    listed.sort_unstable();
    assert_eq!(used, listed);
}

/// The names of all types that a value of this shape is made of.
fn collect(shape: &Shape, used: &mut Vec<&'static str>) {
    match shape {
        Shape::Optional(inner) | Shape::List(inner) | Shape::Map(inner) => collect(inner, used),
        Shape::Id(name) | Shape::Choice(name) | Shape::Record(name) if !used.contains(name) => {
            used.push(name);
            let record = RECORDS.iter().find(|record| record.name == *name);
            record.into_iter().flat_map(|record| record.fields).for_each(|field| collect(&field.shape, used));
        }
        _ => {}
    }
}
