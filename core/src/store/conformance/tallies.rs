//! Numbers that many add to.

use super::{
    Article, Sample, Shop,
    subject::{Outcome, Subject, add, article, id, insert, sample, shop, stands},
};
use crate::store::{Row, Store};

/// Adding changes the number and not the version, so that it disturbs no decision.
pub fn adding_changes_the_number_and_not_the_version(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[shop(1), shop(2)]);
    for amount in [5, -7, 0, 1 << 40] {
        subject.done(vec![add::<Shop>(id(1), "visits", amount)]);
    }
    let Row { version, .. } = subject.stored::<Shop>(id(1));
    assert_eq!((version, subject.get(id(1))), (1, Some(Shop { visits: (1 << 40) - 2, ..shop(1) })));
    assert_eq!(subject.get(id(2)), Some(shop(2)));
    let rests = vec![stands::<Shop>(id(1), 1)];
    assert_eq!(subject.commit(rests, vec![add::<Shop>(id(1), "visits", 1)]), Outcome::Done);
}

/// Two additions to one number in one commit both count, and a row inserted by it can be added to.
pub fn adding_twice_in_one_commit_counts_twice(store: &dyn Store) {
    let subject = Subject::new(store);
    let five = || add::<Shop>(id(1), "visits", 5);
    subject.done(vec![insert(&shop(1)), five(), five()]);
    assert_eq!(subject.get(id(1)), Some(Shop { visits: 10, ..shop(1) }));
}

/// Adding to a row that is not there is a conflict, and undoes the rest.
pub fn adding_to_nothing_is_a_conflict(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[shop(1)]);
    let writes = vec![add::<Shop>(id(1), "visits", 1), insert(&shop(3)), add::<Shop>(id(2), "visits", 1)];
    assert_eq!(subject.commit(Vec::new(), writes), Outcome::Conflict);
    assert_eq!([1, 2, 3].map(|number| subject.get(id(number))), [Some(shop(1)), None, None]);
}

/// Where there is no number, adding to it makes none.
pub fn adding_to_null_leaves_null(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[sample(1), Sample { some_number: Some(1), ..sample(2) }]);
    subject.done([1, 2].map(|number| add::<Sample>(id(number), "some_number", 5)).into());
    let added = Sample { some_number: Some(6), ..sample(2) };
    assert_eq!([1, 2].map(|number| subject.get(id(number))), [Some(sample(1)), Some(added)]);
}

/// A tally that would leave the 64 bits stops at their end: it neither fails nor begins anew.
pub fn a_tally_stops_at_the_ends_of_its_range(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[shop(1)]);
    let steps = [
        (i64::MAX - 1, i64::MAX - 1),
        (5, i64::MAX),
        (i64::MIN, -1),
        (i64::MIN, i64::MIN),
        (-1, i64::MIN),
        (i64::MAX, -1),
    ];
    for (amount, visits) in steps {
        subject.done(vec![add::<Shop>(id(1), "visits", amount)]);
        assert_eq!(subject.get(id(1)), Some(Shop { visits, ..shop(1) }));
    }
}

/// An update that was decided on before does not take back what was added since, nor does it fail of it.
pub fn an_update_keeps_what_was_added_meanwhile(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let update = subject.update(&article(1, "desk"));
    subject.done(vec![add::<Article>(id(1), "stock", 5)]);
    subject.done(vec![update]);
    subject.done(vec![add::<Article>(id(1), "stock", 5)]);
    assert_eq!(subject.get(id(1)), Some(Article { stock: 10, ..article(1, "desk") }));
}
