//! One answer is of one moment.

use super::{
    Article, Shop,
    subject::{Outcome, Subject, article, id, insert, key, shop, watched},
};
use crate::store::{Record, Store};

fn ranked(number: i64, rank: i64) -> Article {
    Article { rank, ..article(number, "lamp") }
}

/// The rows of one read, of one table or several, are all from before a commit or all from after it.
pub fn rows_read_together_are_of_one_moment(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.done(vec![insert(&ranked(1, 0)), insert(&shop(2)), insert(&ranked(3, 0))]);
    let change = |round| {
        let visited = Shop { visits: round, ..shop(2) };
        subject.done(vec![
            subject.update(&ranked(1, round)),
            subject.update(&visited),
            subject.update(&ranked(3, round)),
        ]);
    };
    let keys = [key::<Article>(id(1)), key::<Shop>(id(2)), Article::by_serial(3).key];
    watched(change, || {
        let rows: Vec<_> = subject.rows(&keys).into_iter().flatten().collect();
        assert_eq!(rows.len(), 3);
        let rank = |at: usize| Article::load(&rows[at].cells).expect("an article").rank;
        let visits = Shop::load(&rows[1].cells).expect("a shop").visits;
        assert_eq!([rank(0), visits], [visits, rank(2)], "rows of different moments");
        assert!(rows.iter().all(|row| row.version == visits + 1), "a version of another moment");
    });
}

/// A page misses no row, and shows none twice, because it moved while the page was made.
pub fn a_page_is_of_one_moment(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[ranked(1, 0), ranked(2, 0), ranked(3, 0)]);
    let change = |round: i64| {
        let to = |number: i64| subject.update(&ranked(number, (round + number) % 3 * 1_000 + round));
        subject.done(vec![to(1), to(2), to(3)]);
    };
    watched(change, || {
        let mut page = subject.list(&Article::ranked(id(1)));
        page.sort_by_key(|article| article.serial);
        assert_eq!(page.iter().map(|article| article.serial).collect::<Vec<_>>(), [1, 2, 3]);
        let rounds: Vec<_> = page.iter().map(|article| article.rank % 1_000).collect();
        assert!(rounds.iter().all(|round| *round == rounds[0]), "rows of different moments: {rounds:?}");
    });
}

/// What a commit wrote before it failed is seen by nobody, not even for a moment.
pub fn what_fails_is_never_seen(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[ranked(1, 0)]);
    let change = |_| {
        let twin = Article { id: id(9), ..ranked(1, 0) };
        let outcome = subject.commit(Vec::new(), vec![subject.update(&ranked(1, 5)), insert(&shop(2)), insert(&twin)]);
        assert!(matches!(outcome, Outcome::Duplicate { .. }), "{outcome:?}");
    };
    watched(change, || {
        assert_eq!(subject.get::<Shop>(id(2)), None);
        assert_eq!(subject.list(&Article::ranked(id(1))), [ranked(1, 0)]);
    });
}
