//! Lists and their pages.

use super::{
    Article,
    subject::{NONE, Subject, article, id, shop},
};
use crate::store::{Cell, Listing, Query, Record, Store, ToCell};

fn ranked(number: i64, rank: i64) -> Article {
    Article { rank, ..article(number, "lamp") }
}

/// Ten articles of shop 1, three of each rank: 1 1 1 2 2 2 3 3 3 4.
fn ten(subject: &Subject<'_>) -> Vec<Article> {
    let ten: Vec<_> = (0..10).map(|number| ranked(number + 1, number / 3 + 1)).collect();
    subject.insert(&ten);
    ten
}

fn serials(articles: &[Article]) -> Vec<i64> {
    articles.iter().map(|article| article.serial).collect()
}

/// A list holds the rows that have what it fixes, and no other.
pub fn a_list_holds_what_it_fixes_and_no_more(store: &dyn Store) {
    let subject = Subject::new(store);
    assert_eq!(subject.list(&Article::of_shop(id(1))), []);
    let in_shop = |number, of| Article { shop: id(of), maker: Some(of.to_string()), ..article(number, "lamp") };
    subject.insert(&[in_shop(1, 1), in_shop(2, 2), in_shop(3, 1), in_shop(4, 3)]);
    assert_eq!(subject.list(&Article::of_shop(id(1))), [in_shop(1, 1), in_shop(3, 1)]);
    assert_eq!(subject.serials(&Article::filed(id(2))), [2]);
    assert_eq!(subject.serials(&Article::of_maker(Some("1".into()))), [1, 3]);
    assert_eq!(subject.list(&Article::of_shop(id(4))), []);
}

/// What is empty can be listed too: a list fixed to NULL holds the rows that have NULL there, unlike a unique key.
pub fn a_list_fixed_to_null_holds_the_rows_that_have_it(store: &dyn Store) {
    let subject = Subject::new(store);
    let made = Article { maker: Some(String::new()), ..article(2, "lamp") };
    subject.insert(&[article(1, "lamp"), made.clone(), article(3, "lamp"), article(4, "lamp")]);
    assert_eq!(subject.serials(&Article::of_maker(None)), [1, 3, 4]);
    assert_eq!(subject.paged(&Article::of_maker(None).descending(), 2).len(), 3);
    subject.done(vec![subject.update(&Article { maker: None, ..made })]);
    assert_eq!(subject.serials(&Article::of_maker(None)), [1, 2, 3, 4]);
}

/// A page holds the first rows of the list, as many as asked for while there are as many; of none, none.
pub fn a_page_is_no_longer_than_asked(store: &dyn Store) {
    let subject = Subject::new(store);
    let ten = ten(&subject);
    for limit in [0, 1, 9, 10, 11, u32::MAX] {
        let query = Query { limit, ..Article::filed(id(1)).query };
        let long = ten.len().min(limit as usize);
        assert_eq!(subject.page::<Article>(&query), ten[..long]);
    }
}

/// Page after page, of any length and both ways, each row of the list comes once and in its place.
pub fn pages_follow_one_another_without_gap_or_overlap(store: &dyn Store) {
    let subject = Subject::new(store);
    ten(&subject);
    let listings = [Article::filed(id(1)), Article::ranked(id(1)), Article::of_shop(id(1))];
    for listing in listings.into_iter().flat_map(|listing| [listing.clone(), listing.descending()]) {
        let all = subject.serials(&listing);
        assert_eq!(all.len(), 10);
        for limit in 1..=11 {
            assert_eq!(serials(&subject.paged(&listing, limit)), all, "pages of {limit}");
        }
    }
}

/// A page begins after a position, whether or not its row is still there.
pub fn a_page_continues_after_a_row_that_is_gone(store: &dyn Store) {
    let subject = Subject::new(store);
    let ten = ten(&subject);
    let after = |mut query: Query, row: &Article| {
        query.after = Some(query.position(&row.cells()));
        serials(&subject.page(&query))
    };
    subject.done(vec![subject.delete(ten[4].id)]);
    assert_eq!(after(Article::ranked(id(1)).query, &ten[4]), [6, 7, 8, 9, 10]);
    assert_eq!(after(Article::ranked(id(1)).descending().query, &ten[4]), [4, 3, 2, 1]);
}

/// A list can begin at a value of its first order column and end before another, both ways, page by page.
pub fn from_is_included_and_until_is_not(store: &dyn Store) {
    let subject = Subject::new(store);
    let ten = ten(&subject);
    let cell = |rank: Option<i64>| rank.map(|rank| rank.to_cell());
    for from in [None, Some(0), Some(1), Some(2), Some(4), Some(5), Some(i64::MAX)] {
        for until in [None, Some(i64::MIN), Some(1), Some(3), Some(4), Some(5)] {
            let listing = Article::ranked(id(1)).between(cell(from), cell(until));
            let holds = |rank| from.is_none_or(|from| from <= rank) && until.is_none_or(|until| rank < until);
            let mut expected = ten.clone();
            expected.retain(|article| holds(article.rank));
            assert_eq!(subject.list(&listing), expected, "{from:?} until {until:?}");
            assert_eq!(subject.paged(&listing, 2), expected, "{from:?} until {until:?}, by two");
            expected.reverse();
            assert_eq!(subject.list(&listing.clone().descending()), expected, "{from:?} until {until:?}, back");
            assert_eq!(subject.paged(&listing.descending(), 2), expected, "{from:?} until {until:?}, back by two");
        }
    }
    let (third, fifth) = (ten[2].id.to_cell(), ten[4].id.to_cell());
    assert_eq!(subject.serials(&Article::filed(id(1)).between(Some(third), Some(fifth))), [3, 4]);
    let text = |text: &str| Some(Cell::Text(text.into()));
    assert_eq!(subject.serials(&Article::of_shop(id(1)).between(text("lamp"), text("lamp\u{1}"))).len(), 10);
    assert_eq!(subject.serials(&Article::of_shop(id(1)).between(text("lam"), text("lamp"))), NONE);
}

/// A table can be listed whole: every row of it and no other, by id, page by page and both ways, with or without bounds.
pub fn a_whole_table_is_listed_by_id(store: &dyn Store) {
    let subject = Subject::new(store);
    let all = Listing::<Article>::all;
    assert_eq!(subject.list(&all()), []);
    subject.insert(&[shop(1), shop(2)]);
    let number = |at: i64| at * 7 % 10 + 1;
    let of =
        |number: i64| Article { shop: id(number % 3 + 1), maker: Some(number.to_string()), ..article(number, "lamp") };
    subject.insert(&(0..10).map(|at| of(number(at))).collect::<Vec<_>>());
    subject.done(vec![subject.delete::<Article>(id(4))]);
    let upward = [1, 2, 3, 5, 6, 7, 8, 9, 10];
    let downward: Vec<_> = upward.into_iter().rev().collect();
    for limit in [1, 2, 4, 9, 10] {
        assert_eq!(serials(&subject.paged(&all(), limit)), upward, "pages of {limit}");
        assert_eq!(serials(&subject.paged(&all().descending(), limit)), downward, "pages of {limit}, back");
    }
    let (third, sixth) = (Some(id::<Article>(3).to_cell()), Some(id::<Article>(6).to_cell()));
    assert_eq!(subject.serials(&all().between(third.clone(), sixth.clone())), [3, 5]);
    assert_eq!(subject.serials(&all().between(third, sixth).descending()), [5, 3]);
}

/// A row whose order changes is found at its new place and not at its old one.
pub fn a_row_moves_when_its_order_changes(store: &dyn Store) {
    let subject = Subject::new(store);
    ten(&subject);
    subject.done(vec![subject.update(&ranked(1, 3)), subject.update(&ranked(10, 0))]);
    assert_eq!(subject.serials(&Article::ranked(id(1))), [10, 2, 3, 4, 5, 6, 1, 7, 8, 9]);
}

/// A row that no longer has what a list fixes leaves it, for the list that does.
pub fn a_row_leaves_the_list_that_no_longer_holds_it(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp"), article(2, "lamp")]);
    let moved = Article { shop: id(2), maker: Some("acme".into()), ..article(1, "lamp") };
    subject.done(vec![subject.update(&moved)]);
    assert_eq!(subject.serials(&Article::of_shop(id(1))), [2]);
    assert_eq!(subject.serials(&Article::of_shop(id(2))), [1]);
    assert_eq!(subject.serials(&Article::of_maker(Some("acme".into()))), [1]);
    subject.done(vec![subject.update(&Article { maker: None, ..moved })]);
    assert_eq!(subject.list(&Article::of_maker(Some("acme".into()))), []);
}
