//! Reading by key.

use super::{
    Article, Shop,
    subject::{Subject, article, id, insert, key, shop},
};
use crate::store::{Cell, Key, Record, Store};

fn coded(number: i64, code: &str) -> Article {
    Article { code: Some(code.to_owned()), ..article(number, "lamp") }
}

/// Each key is answered at its place, whatever its table, also when it is asked twice or names nothing.
pub fn rows_come_in_the_order_of_their_keys(store: &dyn Store) {
    let subject = Subject::new(store);
    let (one, two) = (coded(1, "a"), coded(2, "b"));
    subject.done(vec![insert(&one), insert(&two), insert(&shop(3))]);
    let by_code = |code| Article::by_code(id(1), code).key;
    let keys = [key(two.id), Shop::by_name("shop 3").key, by_code("none"), by_code("a"), key(two.id), by_code("b")];
    let ids: Vec<_> = subject.rows(&keys).into_iter().map(|row| Some(row?.id().clone())).collect();
    let known = |number: i64| Some(Cell::Id(id::<Article>(number).uuid()));
    assert_eq!(ids, [known(2), known(3), None, known(1), known(2), known(2)]);
    assert_eq!(subject.rows(&[]), []);
}

/// No row answers a key whose values nobody holds, nor the key of another scope, table or row.
pub fn a_key_that_names_nothing_reads_as_absent(store: &dyn Store) {
    let subject = Subject::new(store);
    assert_eq!(subject.get::<Article>(id(1)), None);
    subject.insert(&[coded(1, "a")]);
    assert_eq!(subject.get::<Article>(id(2)), None);
    assert_eq!(subject.get::<Shop>(id(1)), None);
    assert_eq!(subject.find(Article::by_code(id(2), "a")), None);
    assert_eq!(subject.find(Article::by_code(id(1), "A")), None);
    assert_eq!(subject.find(Article::by_serial(2)), None);
    assert_eq!(subject.find(Article::by_serial(1)), Some(coded(1, "a")));
}

/// NULL equals nothing: a key that holds it names no row, even when a row has NULL there.
pub fn a_key_with_null_names_no_row(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let of_shop = Article::by_code(id(1), "").key;
    let null = Key { cells: vec![of_shop.cells[0].clone(), Cell::Null], ..of_shop };
    assert_eq!(subject.rows(&[null, Key::id(Article::TABLE, Cell::Null)]), [None, None]);
}

/// A thousand keys are one question.
pub fn a_thousand_keys_are_read_at_once(store: &dyn Store) {
    let subject = Subject::new(store);
    let some: Vec<_> = (1..=1_000).step_by(100).map(|number| article(number, "lamp")).collect();
    subject.insert(&some);
    let keys: Vec<_> = (1..=1_000).map(|number| key::<Article>(id(number))).collect();
    let found: Vec<_> = subject.rows(&keys).into_iter().map(|row| row.is_some()).collect();
    assert_eq!(found, (1..=1_000).map(|number| number % 100 == 1).collect::<Vec<_>>());
}
