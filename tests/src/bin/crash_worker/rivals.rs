use std::{fs, path::PathBuf};

use handfast::{Actor, Id, company::Company};
use handfast_tests::{Ground, VERBS};

use crate::{
    Worker, insist, say,
    verbs::{in_turn, lay_out, refused},
};

/// Does one verb after the other on what all hosts have in their hands at that time, so that they race for it: what comes
/// first is done, and whoever comes later is refused. Each host lays out anew when it has been through all verbs.
pub(crate) fn contend(worker: &Worker, number: u64) {
    let mut verbs = in_turn(number);
    loop {
        let (firm, ground) = lay_out(worker);
        let part = worker.folder.join(format!("ground-{}", worker.new_name()));
        fs::write(&part, format!("{} {}", firm.company, ground.to_words())).unwrap();
        fs::rename(part, place(worker)).unwrap();
        for verb in verbs.by_ref().take(VERBS.len()) {
            let (company, ground) = current(worker);
            match insist(|| (verb.act)(&worker.world, Actor::host(company), &ground)) {
                Ok(()) => say(&format!("did {}", verb.name)),
                Err(error) => refused(verb.name, &error),
            }
        }
    }
}

/// What all hosts act on now.
fn current(worker: &Worker) -> (Id<Company>, Ground) {
    let line = fs::read_to_string(place(worker)).unwrap();
    let (company, words) = line.split_once(' ').expect("a company and its ground");
    (company.parse().unwrap(), Ground::from_words(words))
}

fn place(worker: &Worker) -> PathBuf {
    worker.folder.join("ground")
}
