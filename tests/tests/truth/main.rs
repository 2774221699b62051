//! Who may do what, and what a foreign id is worth: every operation of the table, asked by its name with arguments made
//! from its shapes, so that no operation that is added escapes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod arguments;
mod foreign;
mod partners;
mod roles;
mod sessions;

use handfast_contract::{Asked, Handle, OPERATIONS, Operation, Who};
use handfast_tests::World;
use serde_json::{Map, Value, json};

/// The library by the names of its operations.
fn door(world: &World) -> Handle {
    Handle::from(world.handfast.clone())
}

/// The code of a refusal; nothing when it was done.
#[track_caller]
fn code(asked: &Asked, operation: &Operation) -> Option<handfast::Code> {
    match asked {
        Asked::Done(_) => None,
        Asked::Refused(failure) => Some(failure.code),
        Asked::Wrong(reason) => panic!("{}: {reason}", operation.name()),
    }
}

/// Asks, as an actor.
fn ask_as(door: &Handle, operation: &Operation, actor: handfast::Actor, mut given: Map<String, Value>) -> Asked {
    given.insert("actor".to_owned(), json!(actor));
    door.ask(&operation.name(), given)
}

/// The operations of who has a role.
fn of_roles() -> impl Iterator<Item = (&'static Operation, handfast::company::Permission)> {
    OPERATIONS.iter().filter_map(|operation| match operation.who {
        Who::Role(permission) => Some((operation, permission)),
        Who::Anyone | Who::SignedIn | Who::HostOnly => None,
    })
}

/// The operations of who is signed in.
fn of_persons() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().filter(|operation| operation.who == Who::SignedIn)
}

#[test]
fn who_may_and_what_says_so_go_together() {
    for operation in OPERATIONS {
        let takes = |name| operation.parameters.iter().any(|parameter| parameter.name == name);
        let proofs = (takes("actor"), takes("session_token"));
        let expected = match operation.who {
            Who::Role(_) => (true, false),
            Who::SignedIn => (false, true),
            Who::Anyone | Who::HostOnly => (false, false),
        };
        assert_eq!(proofs, expected, "{}", operation.name());
    }
}
