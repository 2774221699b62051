//! What a commit rests on.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, absent, article, id, insert, shop, stands},
};
use crate::store::Store;

fn coded(number: i64, code: &str) -> Article {
    Article { code: Some(code.to_owned()), ..article(number, "lamp") }
}

/// A row that was read and has changed since stops the commit.
pub fn a_row_that_changed_stops_the_commit(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    subject.done(vec![subject.update(&article(1, "desk"))]);
    for version in [0, 1, 3] {
        let rests = vec![stands::<Article>(id(1), version)];
        assert_eq!(subject.commit(rests, vec![insert(&shop(2))]), Outcome::Conflict);
    }
    assert_eq!(subject.get::<Shop>(id(2)), None);
}

/// A row that was read and is gone stops the commit.
pub fn a_row_that_is_gone_stops_the_commit(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    subject.done(vec![subject.delete::<Article>(id(1))]);
    let rests = vec![stands::<Article>(id(1), 1)];
    assert_eq!(subject.commit(rests, vec![insert(&shop(2))]), Outcome::Conflict);
    assert_eq!(subject.get::<Shop>(id(2)), None);
}

/// Rows that are as they were read let the commit pass, and stay as they are.
pub fn a_row_that_still_stands_lets_the_commit_pass(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp"), article(2, "lamp")]);
    subject.done(vec![subject.update(&article(2, "desk"))]);
    let rests = vec![stands::<Article>(id(1), 1), stands::<Article>(id(2), 2), stands::<Article>(id(1), 1)];
    assert_eq!(subject.commit(rests, vec![insert(&shop(3))]), Outcome::Done);
    assert_eq!(subject.get(id(3)), Some(shop(3)));
    assert_eq!([1, 2].map(|number| subject.stored::<Article>(id(number)).version), [1, 2]);
}

/// A key that was found absent and is taken since stops the commit.
pub fn a_key_expected_absent_stops_the_commit_when_taken(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a")]);
    let by_serial = absent(Article::by_serial(1));
    for taken in [absent(Article::by_code(id(1), "a")), by_serial] {
        let rests = vec![absent(Article::by_code(id(2), "a")), taken];
        assert_eq!(subject.commit(rests, vec![insert(&shop(2))]), Outcome::Conflict);
    }
    assert_eq!(subject.get::<Shop>(id(2)), None);
    assert_eq!(subject.commit(vec![absent(Shop::by_name("none"))], vec![insert(&shop(2))]), Outcome::Done);
}

/// A commit may itself insert what it expects to be absent.
pub fn a_key_expected_absent_may_be_taken_by_the_commit_itself(store: &dyn Store) {
    let subject = Subject::new(store);
    let rests = || vec![absent(Article::by_code(id(1), "a"))];
    assert_eq!(subject.commit(rests(), vec![insert(&coded(1, "a"))]), Outcome::Done);
    assert_eq!(subject.commit(rests(), vec![insert(&coded(2, "a"))]), Outcome::Conflict);
}

/// Expectations speak of what was there before the commit's own writes.
pub fn expectations_are_checked_before_anything_is_written(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a"), coded(2, "b")]);
    let writes = || vec![subject.update(&coded(1, "c")), subject.delete::<Article>(id(2))];
    let taken = vec![absent(Article::by_code(id(1), "a"))];
    assert_eq!(subject.commit(taken, writes()), Outcome::Conflict, "the writes would free it");
    let ahead = vec![stands::<Article>(id(1), 2)];
    assert_eq!(subject.commit(ahead, writes()), Outcome::Conflict, "the writes would make it true");
    let rests = vec![stands::<Article>(id(1), 1), stands::<Article>(id(2), 1), absent(Article::by_code(id(1), "c"))];
    assert_eq!(subject.commit(rests, writes()), Outcome::Done);
}

/// A decision on stale rows is a conflict, to be made again, even where its writes also meet a taken key.
pub fn a_failed_expectation_is_told_before_a_taken_key(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a")]);
    let twin = || vec![insert(&coded(2, "a"))];
    assert_eq!(subject.commit(vec![stands::<Article>(id(1), 7)], twin()), Outcome::Conflict);
    let named = Outcome::Duplicate { table: "conformance_article", key: "by_code" };
    assert_eq!(subject.commit(vec![stands::<Article>(id(1), 1)], twin()), named);
}
