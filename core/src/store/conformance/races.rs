//! Many at once.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, add, article, duplicate, id, insert, shop, stands, together},
};
use crate::store::{Record, Store, Write};

/// Callers of a race.
const CALLERS: i64 = 16;
/// Attempts after which a race that someone always wins must have ended for everyone.
const ATTEMPTS: usize = 10_000;

/// Of many that insert one unique key at once one succeeds; the others are told which key, and leave nothing.
pub fn of_many_that_claim_one_key_one_wins(store: &dyn Store) {
    let subject = Subject::new(store);
    for round in 1..=5 {
        let outcomes = together(CALLERS, |caller| {
            let claim = Shop { id: id(round * 100 + caller), name: format!("round {round}"), visits: 0 };
            let beside = Article { shop: id(round), ..article(round * 100 + caller, "lamp") };
            subject.commit(Vec::new(), vec![insert(&beside), insert(&claim)])
        });
        let won = outcomes.iter().filter(|outcome| **outcome == Outcome::Done).count();
        assert_eq!(won, 1, "one of {CALLERS} wins: {outcomes:?}");
        let lost = |outcome: &Outcome| *outcome == Outcome::Done || *outcome == duplicate::<Shop>("by_name");
        assert!(outcomes.iter().all(lost), "{outcomes:?}");
        assert_eq!(subject.list(&Article::of_shop(id(round))).len(), 1, "the losers leave nothing");
    }
}

/// Of many that read one row and change it, each again until it succeeds, every change counts.
pub fn of_many_that_change_one_row_none_is_lost(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let bump = || {
        let row = subject.stored::<Article>(id(1));
        let read = Article::load(&row.cells).expect("an article");
        let bumped = Article { rank: read.rank + 1, ..read };
        let write = Write::update(Article::TABLE, &row, bumped.cells()).expect("a change");
        let outcome = subject.commit(Vec::new(), vec![write]);
        assert!(matches!(outcome, Outcome::Done | Outcome::Conflict), "{outcome:?}");
        outcome == Outcome::Done
    };
    together(CALLERS, |_| {
        for _ in 0..5 {
            assert!((0..ATTEMPTS).any(|_| bump()), "someone must win, and in the end everyone");
        }
    });
    assert_eq!(subject.get(id(1)), Some(Article { rank: CALLERS * 5, ..article(1, "lamp") }));
    assert_eq!(subject.stored::<Article>(id(1)).version, CALLERS * 5 + 1);
}

/// Of many that add to one number none fails and none is lost.
pub fn of_many_that_add_none_is_lost(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[shop(1)]);
    together(CALLERS, |_| (0..5).for_each(|_| subject.done(vec![add::<Shop>(id(1), "visits", 3)])));
    assert_eq!(subject.get(id(1)), Some(Shop { visits: CALLERS * 15, ..shop(1) }));
}

/// When two each rest on a row that the other changes, they do not both succeed: no last Admin is lost by two who
/// each believe that the other stays.
pub fn of_two_that_rest_on_each_others_rows_one_loses(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp"), article(2, "lamp")]);
    for round in 1..=20 {
        let rows = [1, 2].map(|number| subject.stored::<Article>(id(number)));
        let outcomes = together(2, |caller| {
            let [mine, other] = if caller == 1 { [&rows[0], &rows[1]] } else { [&rows[1], &rows[0]] };
            let changed = Article { rank: round, ..article(caller, "lamp") };
            let rests = vec![stands::<Article>(id(3 - caller), other.version)];
            subject.commit(rests, Write::update(Article::TABLE, mine, changed.cells()).into_iter().collect())
        });
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Done | Outcome::Conflict)), "{outcomes:?}");
        assert_ne!(outcomes, [Outcome::Done, Outcome::Done]);
    }
}
