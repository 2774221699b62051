use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    id::Id,
    record,
    store::{Direction, Listing, Record, ToCell},
};

record! {
    /// A page of everything that can order a list.
    struct Leaf in "leaf" {
        /// The id.
        id: Id<Leaf>,
        /// Whose it is.
        book: Id<Leaf>,
        /// Text.
        name: String,
        /// A number.
        number: i64,
        /// A time.
        at: Timestamp,
        /// A truth.
        torn: bool,
        /// An id.
        next: Id<Leaf>,
    }
    index named(book: Id<Leaf>) by (name, number);
    index dated(book: Id<Leaf>) by (at, torn, next);
    index filed(book: Id<Leaf>) by ();
    index numbered(book: Id<Leaf>) by (number);
    search find(book: Id<Leaf>) over (name);
}

fn id(bits: u128) -> Id<Leaf> {
    Id::of(Uuid::from_u128(bits))
}

fn listings(book: Id<Leaf>) -> Vec<Listing<Leaf>> {
    let forwards = [Leaf::named(book), Leaf::dated(book), Leaf::filed(book), Leaf::numbered(book)];
    let backwards = forwards.clone().map(Listing::descending);
    let from = Leaf::numbered(book).between(Some(1.to_cell()), None);
    let until = Leaf::numbered(book).between(None, Some(1.to_cell()));
    let searches = ["wo", "wor", "ho wo"].map(|text| Leaf::find(book, text));
    forwards.into_iter().chain(backwards).chain([from, until]).chain(searches).collect()
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let bits = (any::<u128>(), any::<u128>());
    ("\\PC{0,40} word house", any::<i64>(), any::<i64>(), any::<bool>(), bits).prop_map(
        |(name, number, at, torn, (bits, next))| {
            let at = Timestamp::from_millis(at);
            Leaf { id: id(bits), book: id(1), name, number, at, torn, next: id(next) }
        },
    )
}

fn refused(query: &mut Query, cursor: &str) -> bool {
    let answer = query.continue_after(&Cursor::from(cursor.to_owned()));
    answer.is_err_and(|error| error.code() == Code::NotACursor) && query.after.is_none()
}

proptest! {
    #[test]
    fn the_cursor_of_any_row_leads_back_to_its_position(leaf in leaf()) {
        for Listing { mut query, .. } in listings(leaf.book) {
            let cursor = query.cursor(&leaf.cells());
            query.continue_after(&cursor)?;
            prop_assert_eq!(query.after.clone(), Some(query.position(&leaf.cells())));
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_refused(leaf in leaf()) {
        let all: Vec<_> = listings(id(1)).into_iter().chain(listings(id(2))).map(|listing| listing.query).collect();
        for (at, query) in all.iter().enumerate() {
            let cursor = query.cursor(&leaf.cells());
            for (_, other) in all.iter().enumerate().filter(|(other, _)| *other != at) {
                prop_assert!(refused(&mut other.clone(), cursor.as_str()));
            }
        }
    }

    #[test]
    fn any_text_is_refused_and_nothing_panics(text in "\\PC{0,60}|[0-9a-f]{1,16}(\\.[niut]?\\PC{0,9}){0,4}") {
        for mut listing in listings(id(1)) {
            prop_assert!(refused(&mut listing.query, &text));
        }
    }

    #[test]
    fn a_forged_position_is_refused_or_of_the_lists_own_types(parts in "(\\.([niut][0-9a-fé+-]{0,34}|i-?[0-9]{1,20})){0,4}") {
        for Listing { mut query, .. } in listings(id(1)) {
            let forged = format!("{:x}{parts}", query.fingerprint());
            if !refused(&mut query, &forged) {
                let kinds: Vec<_> = query.after.iter().flatten().map(std::mem::discriminant).collect();
                let own: Vec<_> = query.position(&sample().cells()).iter().map(std::mem::discriminant).collect();
                prop_assert_eq!(kinds, own);
            }
        }
    }
}

fn sample() -> Leaf {
    let at = Timestamp::MIN;
    Leaf { id: id(1), book: id(1), name: "word house".into(), number: 0, at, torn: false, next: id(2) }
}

#[test]
fn what_a_column_cannot_hold_is_refused() {
    let Listing { query, .. } = Leaf::dated(id(1));
    let end = format!("u{}.u{}", Uuid::nil().simple(), Uuid::nil().simple());
    let cursor = |parts: &str| format!("{:x}.{parts}.{end}", query.fingerprint());
    assert!(!refused(&mut query.clone(), &cursor("i5.i1")));
    for parts in ["i5.i2", "i5.i-1", "i-1.i1", "i9223372036854775807.i1", "n.i1", "i5", "i5.i1.i1", "t35.i1", ""] {
        assert!(refused(&mut query.clone(), &cursor(parts)), "{parts}");
    }
    let Listing { query, .. } = Leaf::find(id(1), "w");
    let word = |word: &str| format!("{:x}.t{word}.u{}", query.fingerprint(), Uuid::nil().simple());
    assert!(!refused(&mut query.clone(), &word("77")));
    assert!(refused(&mut query.clone(), &word("00")), "U+0000, which not every database takes");
}

#[test]
fn a_cursor_longer_than_any_is_refused_before_it_is_read() {
    let Listing { mut query, .. } = Leaf::filed(id(1));
    let long = format!("{:x}.u{}{}", query.fingerprint(), "0".repeat(LONGEST), Uuid::nil().simple());
    assert!(refused(&mut query, &long));
    assert_eq!(query.direction, Direction::Ascending);
}
