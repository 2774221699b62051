use handfast::Result;
use handfast_tests::{Firm, Ground, VERBS, Verb};

use crate::{Worker, insist, say};

/// Does one verb after the other, beginning with one that depends on the number: at a company of its own, and at another
/// one when what came before stands in its way.
pub(crate) fn go_round(worker: &Worker, number: u64) {
    let mut place = lay_out(worker);
    let first = number as usize * SHARE % VERBS.len();
    for verb in VERBS.iter().cycle().skip(first) {
        if act(worker, verb, &place).is_err() {
            place = lay_out(worker);
            act(worker, verb, &place).unwrap_or_else(|error| panic!("{}: {error}", verb.name));
        }
        say(&format!("did {}", verb.name));
    }
}

/// How many verbs a host does before the next one takes its turn, about.
const SHARE: usize = 9;

fn lay_out(worker: &Worker) -> (Firm, Ground) {
    let firm = worker.world.firm(&worker.new_name());
    let ground = Ground::new(&worker.world, &firm);
    (firm, ground)
}

fn act(worker: &Worker, verb: &Verb, (firm, ground): &(Firm, Ground)) -> Result<()> {
    (verb.prepare)(&worker.world, firm);
    insist(|| (verb.act)(&worker.world, firm.admin, ground))
}
