use handfast::store::{CommitError, Key, Record, Store, ToCell, conformance::Shop};
use handfast_tests::ledger::{self, Deed, Pen, SHARED};

use crate::{Host, pause, say};

/// What became of changes.
#[derive(PartialEq, Eq)]
enum Fate {
    Applied,
    /// The store says that nothing happened: it did not answer.
    Away,
    Conflict,
    Duplicate,
}

/// Writes deed after deed. Nobody else writes what they rest on, so none may be refused: that would be for what the pen has
/// done itself, unknown to it.
pub(crate) fn write(host: &Host, store: &impl Store, pen: Pen) {
    let (mut version, mut last) = (1, 0);
    for number in host.numbers() {
        if number % 16 == 0 {
            must_be_refused(store, pen, number);
            continue;
        }
        // what was not done is sometimes done again, as it was, and sometimes left
        let leaves = number % 2 == 0;
        let changes = ledger::changes(pen.writes(number, version, last));
        let fate = loop {
            match sent(store, pen, &changes) {
                Fate::Away if !leaves => pause(),
                fate => break fate,
            }
        };
        match fate {
            Fate::Applied if Deed::of(number).has(Deed::Update) => (version, last) = (version + 1, number),
            Fate::Applied => {}
            Fate::Away => {
                say(&format!("refused {} {number}", pen.0));
                pause();
                continue;
            }
            Fate::Conflict | Fate::Duplicate => panic!("pen {} was refused its own {number}", pen.0),
        }
        say(&format!("done {} {number}", pen.0));
    }
}

/// Of changes whose answer was lost the store sees to it that they are never done before it refuses them. Where the answer to
/// that is lost in turn, it only knows that they must not be: which tells as a conflict.
fn must_be_refused(store: &impl Store, pen: Pen, number: i64) {
    let changes = ledger::changes(pen.twin(number));
    while match sent(store, pen, &changes) {
        Fate::Duplicate | Fate::Conflict => false,
        Fate::Away => true,
        Fate::Applied => panic!("pen {} was granted its twin {number}", pen.0),
    } {
        pause();
    }
    say(&format!("refused {} {number}", pen.0));
}

/// Updates the row that all hosts update, each time as it has just read it. What is read is never older than what this
/// thread was told.
pub(crate) fn share(host: &Host, store: &impl Store, pen: Pen) {
    let mut told = 1;
    for number in host.numbers() {
        let (version, row) = loop {
            let read = store.read(&[Key::id(Shop::TABLE, ledger::id::<Shop>(SHARED).to_cell())]);
            match read {
                Ok(rows) => {
                    let row = rows.into_iter().next().flatten().expect("the row that all update");
                    break (row.version, Shop::load(&row.cells).unwrap());
                }
                Err(error) if error.retryable() => say(&format!("error {} {}", pen.0, error.code())),
                Err(error) => panic!("{error:?}"),
            }
            pause();
        };
        assert!(version >= told, "pen {} reads version {version} after {told}", pen.0);
        told = version;
        let changes = ledger::changes(vec![ledger::rename(&row, version, &ledger::shared_name(pen, number))]);
        match sent(store, pen, &changes) {
            Fate::Applied => {
                told = version + 1;
                say(&format!("shared {} {number} {told}", pen.0));
            }
            Fate::Conflict => {}
            Fate::Away => pause(),
            Fate::Duplicate => panic!("there is no key"),
        }
    }
}

/// Sends changes, and again while it is in doubt what became of them.
fn sent(store: &impl Store, pen: Pen, changes: &std::sync::Arc<handfast::store::Changes>) -> Fate {
    loop {
        match store.commit(changes.clone()) {
            Ok(()) => return Fate::Applied,
            Err(CommitError::Conflict) => return Fate::Conflict,
            Err(CommitError::Duplicate { .. }) => return Fate::Duplicate,
            Err(CommitError::InDoubt) => say(&format!("doubt {}", pen.0)),
            Err(CommitError::Store(error)) => {
                assert!(error.retryable(), "{error:?}");
                say(&format!("error {} {}", pen.0, error.code()));
                return Fate::Away;
            }
        }
        pause();
    }
}
