//! All or nothing.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, add, article, id, insert, key, shop},
};
use crate::store::{Record, Row, Store, Write};

fn coded(number: i64, code: &str) -> Article {
    Article { code: Some(code.to_owned()), ..article(number, "lamp") }
}

/// All that can be seen of the articles and shops 1 to 9.
fn everything(subject: &Subject<'_>) -> (Vec<Option<Row>>, Vec<Vec<Article>>) {
    let keys = (1..=9).flat_map(|number| [key::<Article>(id(number)), key::<Shop>(id(number))]);
    let codes = ["a", "b", "c", "d", "e"].map(|code| Article::by_code(id(1), code).key);
    let listings = ["lamp", "desk", "door"].map(|word| Article::find(id(1), word));
    let lists = listings.into_iter().chain([Article::of_shop(id(1)), Article::ranked(id(1)), Article::filed(id(1))]);
    (subject.rows(&keys.chain(codes).collect::<Vec<_>>()), lists.map(|listing| subject.list(&listing)).collect())
}

/// Writes of every kind, and every kind of write that fails among them at every place: rows, keys, lists, words
/// and tallies are as before, and the store goes on.
pub fn a_commit_that_fails_anywhere_leaves_everything_as_it_was(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&["a", "b", "c", "d"].iter().zip(1..).map(|(code, number)| coded(number, code)).collect::<Vec<_>>());
    subject.insert(&[shop(9)]);
    let stale = subject.update(&Article { rank: 1, ..coded(4, "d") });
    subject.done(vec![stale.clone()]);
    let good = vec![
        insert(&Article { name: "desk".into(), ..coded(5, "e") }),
        subject.update(&Article { name: "door".into(), rank: 9, code: Some("f".into()), ..coded(1, "a") }),
        subject.delete::<Article>(id(2)),
        add::<Article>(id(3), "stock", 5),
        insert(&shop(8)),
        add::<Shop>(id(9), "visits", 5),
    ];
    let mut current = coded(4, "d");
    (current.rank, current.code) = (1, Some("c".into()));
    let stale_delete = Write::delete(Article::TABLE, &Row { version: 1, cells: coded(4, "d").cells() });
    let gone = Row { version: 1, cells: article(7, "lamp").cells() };
    let bad = [
        insert(&coded(4, "g")),
        insert(&coded(6, "c")),
        insert(&Article { serial: 4, ..article(6, "lamp") }),
        subject.update(&current),
        stale,
        stale_delete,
        Write::delete(Article::TABLE, &gone),
        add::<Article>(id(7), "stock", 1),
    ];
    let before = everything(&subject);
    for (number, bad) in bad.iter().enumerate() {
        for at in 0..=good.len() {
            let mut writes = good.clone();
            writes.insert(at, bad.clone());
            let outcome = subject.commit(Vec::new(), writes);
            assert!(
                matches!(outcome, Outcome::Conflict | Outcome::Duplicate { .. }),
                "{number} of the failing writes at {at}: {outcome:?}"
            );
            assert_eq!(everything(&subject), before, "{number} of the failing writes at {at}");
        }
    }
    subject.done(good);
    assert_ne!(everything(&subject), before);
}

/// Changes whose answer was lost (`InDoubt`), sent again with the same id, are applied exactly once. A store that never
/// answers `InDoubt` keeps this promise without remembering ids.
pub fn changes_sent_again_after_a_lost_answer_apply_once(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[shop(1)]);
    for round in 1..=10 {
        let visited = vec![add::<Shop>(id(1), "visits", 1), insert(&article(round, "lamp"))];
        subject.done(visited);
        assert_eq!(subject.get(id(1)), Some(Shop { visits: round, ..shop(1) }));
    }
}
