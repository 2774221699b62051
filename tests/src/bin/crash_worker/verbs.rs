use handfast::Code;
use handfast_tests::{Ground, VERBS};

use crate::{Worker, say};

/// Does one verb after the other, each at a company of its own, beginning with one that depends on the number.
pub(crate) fn go_round(worker: &Worker, number: u64) {
    let world = &worker.world;
    // 37 shares no factor with how many there are, so that hosts that begin anew come to all
    let first = (number as usize * 37) % VERBS.len();
    for verb in VERBS.iter().cycle().skip(first) {
        let firm = world.firm(&worker.new_name());
        let ground = Ground::new(world, &firm);
        (verb.prepare)(world, &firm);
        while let Err(error) = (verb.act)(world, firm.admin, &ground) {
            assert!(matches!(error.code(), Code::Contention | Code::StoreBusy), "{}: {error}", verb.name);
        }
        say(&format!("did {}", verb.name));
    }
}
