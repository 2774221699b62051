//! What hosts did, against the table of operations.

use std::collections::BTreeSet;

use handfast_contract::{Kind, OPERATIONS, Operation};
use handfast_tests::VERBS;

/// Operations that change something and that no host does, with why.
const LEFT_OUT: &[(&str, &str)] = &[("mails.revive", "no mail is given up here; the races do this")];

/// What must be done: each operation of the table that changes something, and all verbs of a company's side.
pub(crate) fn due() -> BTreeSet<String> {
    let changing = OPERATIONS.iter().filter(|operation| !matches!(operation.kind, Kind::Read | Kind::List));
    let verbs = VERBS.iter().map(|verb| verb.name.to_owned());
    let due = changing.map(Operation::name).chain(verbs);
    due.filter(|name| LEFT_OUT.iter().all(|(left_out, _)| left_out != name)).collect()
}

/// Panics unless each refusal that a host met is one that the operation documents: `refused OPERATION CODE`.
pub(crate) fn must_be_documented(said: &[String]) {
    for line in said.iter().filter_map(|line| line.strip_prefix("refused ")) {
        let (name, code) = line.split_once(' ').expect("an operation and a code");
        let operation = OPERATIONS.iter().find(|operation| operation.name() == name).expect("an operation");
        let code = handfast::Code::ALL.iter().find(|each| each.as_str() == code).expect("a code");
        assert!(operation.can_refuse(*code), "{line}");
    }
}
