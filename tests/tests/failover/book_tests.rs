//! What is wrong is seen: the fail-overs themselves cannot show that.

use super::*;
use crate::times::Moment;

/// What two threads and a clerk were told.
fn book() -> Book {
    let deeds = (1..=20).flat_map(|number| [0, 5].map(|pen| format!("done {pen} {number}")));
    let others = ["shared 3 1 2", "shared 8 1 3", "ordered 4 1", "refused 0 32", "doubt 0", "error 4 in_doubt"];
    let lines = deeds.chain(others.map(str::to_owned));
    Book::of(lines.map(|line| Said { at: Moment(0), line }).collect())
}

/// A database in which all of it is so.
fn found(book: &Book) -> Found {
    let row = |(id, (_, told)): (String, (i64, [String; 3]))| [id].into_iter().chain(told).collect();
    Found { rows: book.due().into_iter().map(row).collect(), orders: book.orders.iter().cloned().collect() }
}

/// The place of the row of a number.
fn place(found: &Found, number: i64) -> usize {
    let id = id::<()>(number).to_string();
    found.rows.iter().position(|row| row[0] == id).expect("a row")
}

#[test]
fn nothing_is_wrong_with_what_is_as_it_was_told() {
    let book = book();
    assert_eq!(book.wrong(found(&book)), [""; 0]);
}

#[test]
fn what_is_lost_or_there_without_being_told_is_wrong() {
    let book = book();
    let wrong = |change: &dyn Fn(&mut Found)| {
        let mut found = found(&book);
        change(&mut found);
        book.wrong(found).len()
    };
    let lost = Pen(5).inserted(4);
    assert_eq!(wrong(&|found| drop(found.rows.remove(place(found, lost)))), 1, "an insert is lost");
    assert_eq!(wrong(&|found| drop(found.orders.pop())), 1, "an order is lost");
    assert_eq!(wrong(&|found| found.orders.push("4-1".into())), 1, "an order is there twice");
    assert_eq!(wrong(&|found| found.orders.push("4-2".into())), 1, "an order is there that was refused");
    let refused = vec![id::<()>(Pen(0).inserted(32)).to_string(), "1".into(), "0".into(), "row 1".into()];
    assert_eq!(wrong(&|found| found.rows.push(refused.clone())), 1, "a row is there that was refused");
}

#[test]
fn what_is_done_twice_or_not_at_all_is_wrong() {
    let book = book();
    let wrong = |number: i64, column: usize, value: &str| {
        let mut found = found(&book);
        let place = place(&found, number);
        assert_ne!(found.rows[place][column], value);
        found.rows[place][column] = value.to_owned();
        book.wrong(found).len()
    };
    let (version, tally, name) = (1, 2, 3);
    assert_eq!(wrong(FORBIDDEN, tally, "1"), 1, "half of what was refused");
    for count in book.added.clone() {
        assert_eq!(wrong(count.0, tally, &(count.1 + 1).to_string()), 1, "an addition is there twice");
        assert_eq!(wrong(count.0, tally, &(count.1 - 1).to_string()), 1, "an addition is lost");
    }
    assert_eq!(wrong(SHARED, version, "2"), 1, "an update of what all update is lost");
    assert_eq!(wrong(SHARED, name, "by 3 1"), 1, "it was overwritten by an older one");
    assert_eq!(wrong(Pen(0).own(), version, "10"), 1, "an update is lost");
}

#[test]
#[should_panic(expected = "two were told of `shared 8 2 3`")]
fn two_who_were_told_the_same_version_are_seen() {
    let line = |line: &str| Said { at: Moment(0), line: line.to_owned() };
    Book::of(vec![line("shared 3 1 3"), line("shared 8 2 3")]);
}
