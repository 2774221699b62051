//! Changing rows.

use std::slice::from_ref;

use super::{
    Article,
    subject::{Outcome, Subject, article, id},
};
use crate::store::{Record, Row, Store, Write};

/// Each update makes the version one more.
pub fn an_update_makes_the_version_one_more(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    for version in 2..=4 {
        let changed = Article { rank: version, ..article(1, "lamp") };
        subject.done(vec![subject.update(&changed)]);
        assert_eq!(subject.stored::<Article>(id(1)), Row { version, cells: changed.cells() });
    }
}

/// Columns whose bit is not set keep what is stored, whatever the update carries for them.
pub fn an_update_writes_only_the_changed_columns(store: &dyn Store) {
    let subject = Subject::new(store);
    let stored = Article { note: Some("kept".into()), stock: 7, ..article(1, "lamp") };
    subject.insert(from_ref(&stored));
    let carried = Article { note: Some("not written".into()), stock: 0, rank: 5, ..stored.clone() };
    let changed = Article::TABLE.columns.iter().position(|column| column.name == "rank").map_or(0, |at| 1 << at);
    let (cells, words) = (carried.cells(), Vec::new());
    subject.done(vec![Write::Update { table: Article::TABLE, version: 1, cells, changed, words }]);
    assert_eq!(subject.get(id(1)), Some(Article { rank: 5, ..stored }));
}

/// An update can make a column NULL, and something again.
pub fn an_update_can_empty_a_column_and_fill_it(store: &dyn Store) {
    let subject = Subject::new(store);
    let full = Article { note: Some("note".into()), code: Some("a".into()), ..article(1, "lamp") };
    subject.insert(from_ref(&full));
    for now in [article(1, "lamp"), full] {
        subject.done(vec![subject.update(&now)]);
        assert_eq!(subject.get(id(1)), Some(now.clone()));
        assert_eq!(subject.find(Article::by_code(id(1), "a")).is_some(), now.code.is_some());
    }
}

/// Of two updates of one version only the first is done.
pub fn an_update_of_another_version_is_a_conflict(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let stale = subject.update(&article(1, "door"));
    subject.done(vec![subject.update(&article(1, "desk"))]);
    assert_eq!(subject.commit(Vec::new(), vec![stale]), Outcome::Conflict);
    let row = Row { version: 7, cells: article(1, "desk").cells() };
    let ahead = Write::update(Article::TABLE, &row, article(1, "door").cells()).expect("a change");
    assert_eq!(subject.commit(Vec::new(), vec![ahead]), Outcome::Conflict);
    assert_eq!(subject.get(id(1)), Some(article(1, "desk")));
}

/// What is not there cannot be changed, nor does an update create it.
pub fn an_update_of_nothing_is_a_conflict(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let update = subject.update(&article(1, "desk"));
    subject.done(vec![subject.delete::<Article>(id(1))]);
    assert_eq!(subject.commit(Vec::new(), vec![update]), Outcome::Conflict);
    assert_eq!(subject.get::<Article>(id(1)), None);
}
