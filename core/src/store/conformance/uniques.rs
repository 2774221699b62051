//! Unique keys.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, article, duplicate, id, insert, shop},
};
use crate::store::{Store, Write};

fn coded(number: i64, code: &str) -> Article {
    Article { code: Some(code.to_owned()), ..article(number, "lamp") }
}

fn try_to(subject: &Subject<'_>, writes: Vec<Write>) -> Outcome {
    subject.commit(Vec::new(), writes)
}

/// A taken key refuses the commit, says which key of which table it was, and nothing else of the commit stays.
pub fn a_unique_key_refuses_by_name_and_undoes_the_rest(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a")]);
    let twin = vec![insert(&article(2, "desk")), insert(&shop(5)), insert(&coded(3, "a"))];
    assert_eq!(try_to(&subject, twin), duplicate::<Article>("by_code"));
    let twin = vec![insert(&shop(5)), insert(&Article { serial: 1, ..coded(3, "b") })];
    assert_eq!(try_to(&subject, twin), duplicate::<Article>("by_serial"));
    let twins = vec![insert(&shop(5)), insert(&Shop { id: id(6), ..shop(5) })];
    assert_eq!(try_to(&subject, twins), duplicate::<Shop>("by_name"));
    assert_eq!(subject.list(&Article::filed(id(1))), [coded(1, "a")]);
    assert_eq!(subject.get::<Shop>(id(5)), None);
}

/// Nothing is inserted under an id that is there: the key is named `id`.
pub fn an_id_is_given_once(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let other = Article { serial: 2, ..article(1, "desk") };
    assert_eq!(try_to(&subject, vec![insert(&other)]), duplicate::<Article>("id"));
    assert_eq!(try_to(&subject, vec![insert(&shop(1)), insert(&shop(1))]), duplicate::<Shop>("id"));
    assert_eq!(subject.get(id(1)), Some(article(1, "lamp")));
}

/// An update cannot take the key of another row.
pub fn an_update_onto_a_taken_key_is_refused(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a"), coded(2, "b")]);
    let update = subject.update(&coded(2, "a"));
    assert_eq!(try_to(&subject, vec![update]), duplicate::<Article>("by_code"));
    assert_eq!(subject.find(Article::by_code(id(1), "a")), Some(coded(1, "a")));
    assert_eq!(subject.find(Article::by_code(id(1), "b")), Some(coded(2, "b")));
}

/// A row that changes beside its key, or writes its key as it is, does not stand in its own way.
pub fn a_row_may_keep_its_own_key(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a")]);
    let mut update = subject.update(&Article { rank: 1, ..coded(1, "a") });
    if let Write::Update { changed, words, .. } = &mut update {
        (*changed, *words) = (u64::MAX >> 1, Vec::new());
    }
    assert_eq!(try_to(&subject, vec![update]), Outcome::Done);
    assert_eq!(subject.find(Article::by_code(id(1), "a")), Some(Article { rank: 1, ..coded(1, "a") }));
}

/// Any number of rows may have NULL in a unique key.
pub fn null_equals_nothing_in_a_unique_key(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp"), article(2, "desk")]);
    subject.insert(&[article(3, "door"), coded(4, "a")]);
    let emptied = Article { code: None, ..article(4, "lamp") };
    subject.done(vec![subject.update(&emptied)]);
    assert_eq!(subject.list(&Article::filed(id(1))).len(), 4);
}

/// A key that its row gave up, by a change or by its end, is free.
pub fn a_key_that_was_freed_can_be_taken(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a")]);
    subject.done(vec![subject.update(&coded(1, "b"))]);
    subject.insert(&[coded(2, "a")]);
    subject.done(vec![subject.delete::<Article>(id(2))]);
    subject.insert(&[coded(3, "a")]);
    assert_eq!(subject.find(Article::by_code(id(1), "a")), Some(coded(3, "a")));
}

/// A key of two columns is taken only where both are the same.
pub fn a_key_binds_only_its_own_scope(store: &dyn Store) {
    let subject = Subject::new(store);
    let elsewhere = Article { shop: id(2), ..coded(2, "a") };
    subject.insert(&[coded(1, "a"), elsewhere.clone()]);
    assert_eq!(subject.find(Article::by_code(id(1), "a")), Some(coded(1, "a")));
    assert_eq!(subject.find(Article::by_code(id(2), "a")), Some(elsewhere));
}

/// When a row meets several taken keys, the error names the one that is declared first; the id comes before all.
pub fn of_several_taken_keys_the_first_declared_is_named(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[coded(1, "a"), coded(2, "b")]);
    let both = Article { serial: 2, ..coded(3, "a") };
    assert_eq!(try_to(&subject, vec![insert(&both)]), duplicate::<Article>("by_code"));
    assert_eq!(try_to(&subject, vec![insert(&Article { id: id(2), ..both })]), duplicate::<Article>("id"));
    let update = subject.update(&Article { serial: 1, ..coded(2, "a") });
    assert_eq!(try_to(&subject, vec![update]), duplicate::<Article>("by_code"));
}

/// Keys are compared by their bytes: case, accents, spaces and normal forms make a difference.
pub fn unique_keys_differ_by_every_byte(store: &dyn Store) {
    let subject = Subject::new(store);
    let codes = ["a", "A", "á", "a\u{301}", "a ", " a", "", "ａ", "ss", "ß"];
    let articles: Vec<_> = codes.iter().zip(1..).map(|(code, number)| coded(number, code)).collect();
    subject.insert(&articles);
    for (code, article) in codes.iter().zip(articles) {
        assert_eq!(subject.find(Article::by_code(id(1), code)), Some(article));
    }
}
