//! The words that a row is found by, as the row changes.

use std::slice::from_ref;

use super::{
    Article,
    subject::{NONE, Subject, article, id},
};
use crate::store::Store;

fn found(subject: &Subject<'_>, text: &str) -> Vec<i64> {
    subject.serials(&Article::find(id(1), text))
}

/// From the commit that changes them on, a row is found by its new words and not by its old ones.
pub fn new_words_find_a_row_and_old_ones_no_longer(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "green lamp"), article(2, "green lamp")]);
    subject.done(vec![subject.update(&article(1, "green desk"))]);
    assert_eq!(found(&subject, "lamp"), [2]);
    assert_eq!(found(&subject, "desk"), [1]);
    assert_eq!(found(&subject, "green"), [1, 2]);
    let made = Article { maker: Some("Acme".into()), ..article(1, "green desk") };
    subject.done(vec![subject.update(&made)]);
    assert_eq!(found(&subject, "acme"), [1]);
    subject.done(vec![subject.update(&Article { rank: 1, ..made })]);
    assert_eq!(found(&subject, "acme desk"), [1]);
    subject.done(vec![subject.update(&Article { rank: 1, ..article(1, "") })]);
    assert_eq!(found(&subject, "acme"), NONE);
    assert_eq!(found(&subject, "green"), [2]);
}

/// A word that stands in two columns finds the row until both have lost it.
pub fn a_word_that_stands_twice_is_lost_with_the_last(store: &dyn Store) {
    let subject = Subject::new(store);
    let both = Article { maker: Some("Lamp & Co".into()), ..article(1, "lamp") };
    subject.insert(from_ref(&both));
    subject.done(vec![subject.update(&Article { name: "desk".into(), ..both })]);
    assert_eq!(found(&subject, "lamp"), [1]);
    subject.done(vec![subject.update(&article(1, "desk"))]);
    assert_eq!(found(&subject, "lamp"), NONE);
}

/// A row that moves to another scope is found there, by all its words, and no longer here.
pub fn words_move_with_their_row_to_another_scope(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "green lamp"), article(2, "green lamp")]);
    subject.done(vec![subject.update(&Article { shop: id(2), ..article(1, "red lamp") })]);
    assert_eq!(found(&subject, "lamp"), [2]);
    for word in ["red", "lamp"] {
        assert_eq!(subject.serials(&Article::find(id(2), word)), [1]);
    }
    assert_eq!(subject.serials(&Article::find(id(2), "green")), NONE);
}

/// A deleted row is found by none of its words, and one that takes its place only by its own.
pub fn a_deleted_row_is_found_no_more(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "green lamp"), article(2, "lamp")]);
    subject.done(vec![subject.delete::<Article>(id(1))]);
    assert_eq!(found(&subject, "lamp"), [2]);
    assert_eq!(found(&subject, "green"), NONE);
    subject.insert(&[article(1, "desk")]);
    assert_eq!(found(&subject, "green"), NONE);
    assert_eq!(found(&subject, "lamp"), [2]);
}
