//! Finding rows by the words in them.

use super::{
    Article,
    subject::{NONE, Subject, article, id},
};
use crate::store::{Query, Record, Store};

fn found(subject: &Subject<'_>, text: &str) -> Vec<i64> {
    subject.serials(&Article::find(id(1), text))
}

fn named(names: &[&str]) -> Vec<Article> {
    names.iter().zip(1..).map(|(name, number)| article(number, name)).collect()
}

/// A row is found by the beginning of any of its words, and by nothing within one.
pub fn a_word_is_found_by_its_beginning(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&named(&["Green Lamp", "lampshade", "clamp"]));
    assert_eq!(found(&subject, "lamp"), [1, 2]);
    assert_eq!(found(&subject, "lamps"), [2]);
    assert_eq!(found(&subject, "g"), [1]);
    assert_eq!(found(&subject, "mp"), NONE);
    assert_eq!(found(&subject, "lampshades"), NONE);
}

/// Every word asked for must begin a word of the row, in whichever column.
pub fn every_word_must_be_found(store: &dyn Store) {
    let subject = Subject::new(store);
    let made = |number, name, maker: &str| Article { maker: Some(maker.into()), ..article(number, name) };
    subject.insert(&[made(1, "green lamp", "Acme"), made(2, "lamp", "Green & Co"), made(3, "lamp", "Acme")]);
    subject.insert(&[article(4, "green door")]);
    assert_eq!(found(&subject, "lamp green"), [1, 2]);
    assert_eq!(found(&subject, "gr la ac"), [1]);
    assert_eq!(found(&subject, "acme"), [1, 3]);
    assert_eq!(found(&subject, "lamp door"), NONE);
}

/// A row is found once, however many of its words, or the words asked for, begin alike.
pub fn a_row_is_found_once(store: &dyn Store) {
    let subject = Subject::new(store);
    let lamps = Article { maker: Some("lamp lampo".into()), ..article(1, "lamp lamps lampshade") };
    subject.insert(&[lamps, article(2, "lampa")]);
    assert_eq!(found(&subject, "la"), [1, 2]);
    assert_eq!(found(&subject, "lamp lam la l"), [1, 2]);
    assert_eq!(subject.paged(&Article::find(id(1), "la"), 1).len(), 2);
}

/// What is found comes in the order of its first word that begins with the longest word asked for, then by id.
pub fn found_rows_come_by_their_first_word_then_by_id(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&named(&["reed aa", "red zz", "reed red", "raw", "aa ret", "reed", "réd", "re\u{10437}"]));
    assert_eq!(found(&subject, "re"), [2, 3, 7, 1, 6, 5, 8]);
    assert_eq!(found(&subject, "a re"), [1, 5]);
}

/// A page of a search begins after a position: a word and an id.
pub fn a_search_continues_after_a_position(store: &dyn Store) {
    let subject = Subject::new(store);
    let names = ["reed aa", "red zz", "reed red", "raw", "aa ret", "reed", "red", "rex red"];
    let articles = named(&names);
    subject.insert(&articles);
    let all = [2, 3, 7, 8, 1, 6, 5];
    for limit in 1..=8 {
        let paged = subject.paged(&Article::find(id(1), "re"), limit);
        assert_eq!(paged.iter().map(|article| article.serial).collect::<Vec<_>>(), all, "pages of {limit}");
    }
    let query = Article::find(id(1), "re").query;
    let after = Some(query.position(&articles[2].cells()));
    subject.done(vec![subject.delete(articles[2].id)]);
    let rest: Vec<_> = subject.page::<Article>(&Query { after, ..query }).iter().map(|one| one.serial).collect();
    assert_eq!(rest, all[2..]);
}

/// A page is the same whether the word that says its order is common or rare: few of many lanterns are of oak.
pub fn a_rare_word_beside_a_common_one_changes_no_order(store: &dyn Store) {
    let subject = Subject::new(store);
    let oaks =
        ["lanternsmith oak", "oak lanternsmith lanterns", "lanterns oakum oak", "oak", "lanterns of oak", "loft oaks"];
    subject.insert(&named(&oaks));
    subject.insert(&[Article { shop: id(2), ..article(9, "lanterns oak") }]);
    subject.insert(&(10..50).map(|number| article(number, "lanterns")).collect::<Vec<_>>());
    let listing = || Article::find(id(1), "oak lanterns");
    for limit in 1..=5 {
        let paged = subject.paged(&listing(), limit);
        assert_eq!(paged.iter().map(|article| article.serial).collect::<Vec<_>>(), [2, 3, 5, 1], "pages of {limit}");
    }
    assert_eq!(found(&subject, "lanterns oak of"), [5]);
    assert_eq!(found(&subject, "lanterns o"), [2, 3, 5, 1]);
    assert_eq!(found(&subject, "lanterns oakums"), NONE);
}

/// A search finds nothing outside of what it fixes.
pub fn a_search_stays_in_its_scope(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp"), Article { shop: id(2), ..article(2, "lamp") }]);
    assert_eq!(found(&subject, "lamp"), [1]);
    assert_eq!(subject.serials(&Article::find(id(2), "lamp")), [2]);
    assert_eq!(subject.serials(&Article::find(id(3), "lamp")), NONE);
}

/// `%` and `_` stand for themselves.
pub fn percent_and_underscore_are_letters(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&named(&["100%", "1000", "a_b", "axb", "100%_off"]));
    assert_eq!(found(&subject, "100%"), [1, 5]);
    assert_eq!(found(&subject, "1%"), NONE);
    assert_eq!(found(&subject, "%"), NONE);
    assert_eq!(found(&subject, "_"), NONE);
    assert_eq!(found(&subject, "a_"), [3]);
    assert_eq!(found(&subject, "a_b"), [3]);
    assert_eq!(found(&subject, "100%_"), [5]);
}

/// Words of every script are found, also where the next letter lies beyond U+FFFF.
pub fn words_of_every_script_are_found(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&named(&["Ñandú", "Ωμέγα", "молоко", "日本語", "a\u{20000}b", "a\u{fb2e}", "हिन्दी", "zz"]));
    let asked = [("nand", [1]), ("ωμε", [2]), ("МОЛ", [3]), ("日", [4]), ("a\u{20000}", [5]), ("हि", [7]), ("z", [8])];
    for (text, expected) in asked {
        assert_eq!(found(&subject, text), expected, "{text}");
    }
    assert_eq!(found(&subject, "a"), [6, 5]);
}

fn made(number: i64, name: &str, maker: &str) -> Article {
    Article { maker: Some(maker.into()), ..article(number, name) }
}

fn marked(subject: &Subject<'_>, text: &str, maker: &str) -> Vec<i64> {
    subject.serials(&Article::find(id(1), text).marked("maker", maker))
}

/// A search that is narrowed by a mark finds only the rows whose column holds exactly that.
pub fn a_mark_narrows_a_search_by_the_whole_of_it(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[made(1, "lamp", "Acme"), made(2, "lamp", "Acme Co"), made(3, "lamp", "acme"), article(4, "lamp")]);
    subject.insert(&[made(5, "door", "Acme"), Article { shop: id(2), ..made(6, "lamp", "Acme") }]);
    assert_eq!(marked(&subject, "la", "Acme"), [1]);
    assert_eq!(marked(&subject, "lamp acme", "Acme Co"), [2]);
    assert_eq!(marked(&subject, "lamp", "Acm"), NONE);
    assert_eq!(marked(&subject, "window", "Acme"), NONE);
    // a mark cannot be typed
    assert_eq!(found(&subject, "=maker:Acme;"), NONE);
}

/// A mark without a word finds all that have it, in the order of their ids.
pub fn a_mark_alone_finds_its_rows_by_id(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[made(3, "a", "Acme"), made(1, "c", "Acme"), made(2, "b", "Acme"), made(4, "d", "Other")]);
    assert_eq!(marked(&subject, " ", "Acme"), [1, 2, 3]);
    let listing = Article::find(id(1), "").marked("maker", "Acme");
    for limit in 1..=4 {
        let paged = subject.paged(&listing, limit);
        assert_eq!(paged.iter().map(|article| article.serial).collect::<Vec<_>>(), [1, 2, 3], "pages of {limit}");
    }
}

/// A row has the marks of what its columns hold now, and those of a row that is gone find nothing.
pub fn a_mark_moves_with_its_column(store: &dyn Store) {
    let subject = Subject::new(store);
    let (old, new) = (made(1, "lamp", "Acme"), made(1, "lamp", "Other"));
    subject.insert(&[old]);
    subject.done(vec![subject.update(&new)]);
    assert_eq!(marked(&subject, "lamp", "Acme"), NONE);
    assert_eq!(marked(&subject, "lamp", "Other"), [1]);
    subject.done(vec![subject.delete(new.id)]);
    assert_eq!(marked(&subject, "", "Other"), NONE);
}
