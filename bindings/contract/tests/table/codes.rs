use std::collections::BTreeSet;

use handfast::Code;
use handfast_contract::OPERATIONS;

use crate::library::verbs;

/// Named by the core, and kept from happening by what stands before: the table leaves them out.
const UNREACHED: &[(&str, Code)] = &[
    // who is not invited any more has a dead link, which says so first
    ("staff.accept", Code::WrongState),
    // an address that is a customer cannot file, and has one open request at most
    ("requests.approve", Code::AlreadyThere),
];

/// Only the contract can refuse so: the core's types hold no id that is none.
const OF_THE_CONTRACT: &[(&str, Code)] = &[
    ("events.list", Code::InvalidInput),
    ("tags.customers", Code::InvalidInput),
    ("tags.export_table", Code::InvalidInput),
    ("users.choose_password", Code::InvalidInput),
    ("sessions.enter", Code::InvalidInput),
];

#[test]
fn the_table_names_the_codes_that_the_core_documents() {
    let mut differences = Vec::new();
    for verb in verbs() {
        let Some(operation) = OPERATIONS.iter().find(|operation| operation.name() == verb.name) else { continue };
        let Some(errors) = verb.errors else { continue };
        let is = |list: &[(&str, Code)], code| list.contains(&(verb.name.as_str(), code));
        let core: BTreeSet<_> = errors.into_iter().filter(|code| !is(UNREACHED, *code)).map(Code::as_str).collect();
        let table = operation.refuses.iter().filter(|code| !is(OF_THE_CONTRACT, **code));
        let table: BTreeSet<_> = table.map(|code| code.as_str()).collect();
        if core != table {
            differences.push(format!("{}: the core names {core:?}, the table {table:?}", verb.name));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

/// Acts for the company that the session acts for: it needs the token for the password that is given again with it.
const ACTS_BY_TOKEN: &[&str] = &["partners.designate"];

#[test]
fn every_operation_of_a_company_can_be_refused_for_the_role() {
    for operation in OPERATIONS {
        let acts = operation.parameters.first().is_some_and(|parameter| parameter.name == "actor")
            || ACTS_BY_TOKEN.contains(&operation.name().as_str());
        assert_eq!(acts, operation.refuses.contains(&Code::RoleTooLow), "{}", operation.name());
    }
}

#[test]
fn no_code_is_named_twice() {
    for operation in OPERATIONS {
        let codes: BTreeSet<_> = operation.refuses.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), operation.refuses.len(), "{}", operation.name());
    }
}
