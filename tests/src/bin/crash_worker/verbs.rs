use std::fs;

use handfast::{Error, Result};
use handfast_tests::{Firm, Ground, VERBS, Verb};

use crate::{Worker, insist, say};

/// Does one verb after the other, beginning with those that no host has done, then with one that depends on the number:
/// at a company of its own, and at another one when what came before stands in its way.
pub(crate) fn go_round(worker: &Worker, number: u64) {
    let mut place = lay_out(worker);
    for verb in due(worker, number).chain(in_turn(number)) {
        if let Err(error) = act(worker, verb, &place) {
            refused(verb.name, &error);
            place = lay_out(worker);
            act(worker, verb, &place).unwrap_or_else(|error| panic!("{}: {error}", verb.name));
        }
        say(&format!("did {}", verb.name));
    }
}

/// Verbs that no host had done when this one was started: the other half of them for every other number.
fn due(worker: &Worker, number: u64) -> impl Iterator<Item = &'static Verb> {
    let names = fs::read_to_string(worker.folder.join("due")).unwrap_or_default();
    let due: Vec<_> = VERBS.iter().filter(|verb| names.lines().any(|name| name == verb.name)).collect();
    due.into_iter().skip(number as usize % 2).step_by(2)
}

/// All verbs for ever, from one that depends on the number; every other number goes backwards, for what one verb does
/// stands in the way of some that follow it.
pub(crate) fn in_turn(number: u64) -> Box<dyn Iterator<Item = &'static Verb>> {
    let first = number as usize * SHARE % VERBS.len();
    match number.is_multiple_of(2) {
        true => Box::new(VERBS.iter().cycle().skip(first)),
        false => Box::new(VERBS.iter().rev().cycle().skip(first)),
    }
}

/// How many verbs a host does before the next one takes its turn, about.
const SHARE: usize = 7;

/// A company of its own, with something of everything.
pub(crate) fn lay_out(worker: &Worker) -> (Firm, Ground) {
    let firm = worker.world.firm(&worker.new_name());
    let ground = Ground::new(&worker.world, &firm);
    (firm, ground)
}

fn act(worker: &Worker, verb: &Verb, (firm, ground): &(Firm, Ground)) -> Result<()> {
    (verb.prepare)(&worker.world, firm);
    // new names for old things: another verb may have given the name, but a person is looked for by the number
    let ground = if verb.name.starts_with("privacy.") { *ground } else { ground.renamed() };
    insist(|| (verb.act)(&worker.world, firm.admin, &ground))
}

/// Says that a verb was refused: only what it documents may be, which whoever reads this looks up.
pub(crate) fn refused(name: &str, error: &Error) {
    say(&format!("refused {name} {}", error.code().as_str()));
}
