//! Inserting and deleting.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, add, article, id, insert, shop, together},
};
use crate::store::{Record, Row, Store, ToCell, Write};

fn coded(number: i64, code: &str) -> Article {
    Article { code: Some(code.to_owned()), ..article(number, "lamp") }
}

/// A new row has version 1.
pub fn an_insert_begins_at_version_one(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    assert_eq!(subject.stored::<Article>(id(1)), Row { version: 1, cells: article(1, "lamp").cells() });
}

/// A deleted row is gone under its id, its keys and its lists; another row may be all of that except the id's bearer.
pub fn a_deleted_row_is_gone_under_every_key(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a"), coded(2, "b")]);
    subject.done(vec![subject.delete::<Article>(id(1))]);
    assert_eq!(subject.get::<Article>(id(1)), None);
    assert_eq!(subject.find(Article::by_code(id(1), "a")), None);
    assert_eq!(subject.find(Article::by_serial(1)), None);
    assert_eq!(subject.list(&Article::of_shop(id(1))), [coded(2, "b")]);
}

/// A row of another version than the one that was read is not deleted.
pub fn a_delete_of_another_version_is_a_conflict(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let stale = subject.delete::<Article>(id(1));
    subject.done(vec![subject.update(&article(1, "desk"))]);
    assert_eq!(subject.commit(Vec::new(), vec![stale]), Outcome::Conflict);
    assert_eq!(subject.get(id(1)), Some(article(1, "desk")));
}

/// What is not there cannot be deleted.
pub fn a_delete_of_nothing_is_a_conflict(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let delete = subject.delete::<Article>(id(1));
    subject.done(vec![delete.clone()]);
    assert_eq!(subject.commit(Vec::new(), vec![delete]), Outcome::Conflict);
}

/// Each write of a commit sees those before it: a key freed by one can be taken by the next.
pub fn writes_happen_in_their_order(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a"), coded(2, "b")]);
    let swapped = |number, code: &str| {
        let row = Row { version: 2, cells: article(number, "lamp").cells() };
        Write::update(Article::TABLE, &row, coded(number, code).cells()).expect("a change")
    };
    subject.done(vec![
        subject.update(&article(1, "lamp")),
        subject.update(&article(2, "lamp")),
        swapped(1, "b"),
        swapped(2, "a"),
        insert(&shop(3)),
        add::<Shop>(id(3), "visits", 5),
    ]);
    assert_eq!(subject.find(Article::by_code(id(1), "a")), Some(coded(2, "a")));
    assert_eq!(subject.find(Article::by_code(id(1), "b")), Some(coded(1, "b")));
    assert_eq!(subject.stored::<Article>(id(1)).version, 3);
    assert_eq!(subject.get(id(3)), Some(Shop { visits: 5, ..shop(3) }));
    let gone = Article { serial: 1, ..coded(4, "b") };
    subject.done(vec![subject.delete::<Article>(id(1)), insert(&gone)]);
    assert_eq!(subject.find(Article::by_serial(1)), Some(gone));
}

/// A thousand rows are one commit.
pub fn a_thousand_rows_are_written_at_once(store: &dyn Store) {
    let subject = Subject::new(store);
    let all: Vec<_> = (1..=1_000).map(|number| coded(number, &number.to_string())).collect();
    subject.insert(&all);
    assert!(subject.list(&Article::filed(id(1))) == all);
    let changed: Vec<_> = all.iter().map(|one| Article { rank: one.serial, ..one.clone() }).collect();
    subject.done(changed.iter().map(|one| subject.update(one)).collect());
    assert!(subject.list(&Article::filed(id(1))) == changed);
    subject.done(all.iter().map(|one| subject.delete(one.id)).collect());
    assert_eq!(subject.list(&Article::filed(id(1))), []);
}

/// As soon as a commit has returned, whoever asks sees it, from any thread.
pub fn what_is_committed_is_seen_by_everyone_at_once(store: &dyn Store) {
    let subject = Subject::new(store);
    for number in 1..=20 {
        subject.insert(&[article(number, "lamp")]);
        let seen = together(4, |_| (subject.get(id(number)), subject.list(&Article::filed(id(1))).len()));
        let all = usize::try_from(number).expect("a few");
        assert!(seen.into_iter().all(|seen| seen == (Some(article(number, "lamp")), all)), "{:?}", number.to_cell());
    }
}
